// SPDX-License-Identifier: GPL-3.0-or-later
// record.mjs <folder with drizzle-kit's node_modules> [--all | case…]: what the drizzle-kit command makes of the two
// states of the cases under cases/: those that are named, all, or those whose code has changed since they were recorded.
// Writes cases/<file>.recorded; exits 1 when a state gives no snapshot.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = fileURLToPath(new URL("cases", import.meta.url));
const [oracle, ...words] = process.argv.slice(2);
const modules = path.resolve(oracle, "node_modules");
const all = words.includes("--all");
const wanted = words.filter((word) => word !== "--all");
const zero = "00000000-0000-0000-0000-000000000000";
const parallel = 2;
const header = fs.readFileSync(path.join(folder, "header.ts"), "utf8");

/** {title, lines} of every block that a line of `marker` and a title begins. */
function blocks(lines, marker) {
  const found = [];
  for (const line of lines) {
    if (line.startsWith(marker)) found.push({ title: line.slice(marker.length).trim(), lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found;
}

const textOf = (lines) => lines.join("\n").trim();

/** One case for each row of a table of values, or the case itself. */
function expanded({ title, lines }) {
  const table = lines.filter((line) => line.startsWith("@ ")).map((line) => line.slice(2).split("¦").map((cell) => cell.trim()));
  if (table.length === 0) return [{ title, lines }];
  const [keys, ...rows] = table;
  const rest = lines.filter((line) => !line.startsWith("@ "));
  return rows.map((row) => ({
    title: `${title}_${row[0]}`,
    lines: rest.map((line) => keys.reduce((text, key, i) => text.replaceAll(`@${key}@`, () => row[i] ?? ""), line)),
  }));
}

function read({ title, lines }) {
  const [, ...sections] = blocks(["--- ", ...lines], "--- ");
  const section = (name) => textOf(sections.find((entry) => entry.title === name)?.lines ?? []);
  const casing = lines.find((line) => line.startsWith("> casing "))?.slice(9).trim() ?? "";
  const shared = section("shared");
  const states = { before: section("before"), after: section("after") };
  const hash = createHash("sha256").update([casing, shared, states.before, states.after].join("\0")).digest("hex").slice(0, 16);
  const code = (state) => (shared || states[state] ? `${header}${shared}\n${states[state]}\n` : "");
  return { name: title, casing, hash, before: code("before"), after: code("after") };
}

/** Where the command fails at its own statements (a name with a `;`), its API still gives the snapshot. */
async function snapshotOnly(project, casing, failure) {
  const program = `
    const { transformSync } = require("esbuild");
    const fs = require("node:fs");
    fs.writeFileSync("schema.cjs", transformSync(fs.readFileSync("schema.ts", "utf8"), { loader: "ts", format: "cjs" }).code);
    const { generateDrizzleJson } = require("drizzle-kit/api");
    const { id, prevId, ...rest } = generateDrizzleJson(require("./schema.cjs"), "${zero}", undefined, ${JSON.stringify(casing || undefined)});
    const { columns, schemas, tables } = rest._meta; // in the command's order
    process.stdout.write(JSON.stringify({ id: "${zero}", prevId: "${zero}", ...rest, _meta: { columns, schemas, tables } }, null, 2));`;
  const run = promisify(execFile)(process.execPath, ["-e", program], { cwd: project, timeout: 60_000 });
  const { stdout, stderr } = await run.catch((error) => error);
  if (!stdout?.startsWith("{")) return { complaint: `no snapshot\n${failure}\n${stderr}` };
  console.log(`${project.split(path.sep).slice(-2).join(" ")}: drizzle-kit fails, a snapshot only`);
  return { snapshot: stdout };
}

/** What `drizzle-kit generate` writes into an empty folder: snapshot with zero ids, statements. */
async function generate(project, code, casing) {
  fs.mkdirSync(project, { recursive: true });
  fs.writeFileSync(path.join(project, "schema.ts"), code);
  const config = { dialect: "postgresql", schema: "./schema.ts", out: "./out", ...(casing && { casing }) };
  fs.writeFileSync(path.join(project, "drizzle.config.json"), JSON.stringify(config));
  const tool = path.join(modules, "drizzle-kit", "bin.cjs");
  const env = { ...process.env, NO_COLOR: "1", TZ: "UTC" };
  const run = promisify(execFile)(process.execPath, [tool, "generate", "--name", "x"], { cwd: project, env, timeout: 60_000 });
  run.child.stdin.end();
  const { stdout, stderr } = await run.catch((error) => error);
  const file = path.join(project, "out", "meta", "0000_snapshot.json");
  if (!fs.existsSync(file)) return snapshotOnly(project, casing, `${stdout}${stderr}`);
  const snapshot = fs.readFileSync(file, "utf8");
  const { id, prevId } = JSON.parse(snapshot);
  return {
    snapshot: snapshot.replace(`"id": "${id}"`, `"id": "${zero}"`).replace(`"prevId": "${prevId}"`, `"prevId": "${zero}"`),
    statements: fs.readFileSync(path.join(project, "out", "0000_x.sql"), "utf8"),
  };
}

/** The block of the recorded file for one case, or a complaint. */
async function record(item, project) {
  const parts = [`=== ${item.name} ${item.hash}\n`];
  for (const state of ["before", "after"]) {
    if (!item[state]) continue;
    const made = await generate(path.join(project, item.name, state), item[state], item.casing);
    if (made.complaint) return { complaint: `${item.name}: ${state}: ${made.complaint}` };
    parts.push(`--- ${state}.json\n${made.snapshot}\n`);
    if (made.statements) parts.push(`--- ${state}.sql\n${made.statements}\n`);
  }
  return { text: parts.join("") };
}

const complaints = [];
let recorded = 0;
const project = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-record-"));
try {
  fs.symlinkSync(modules, path.join(project, "node_modules"));
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".cases"))) {
    const items = blocks(fs.readFileSync(path.join(folder, file), "utf8").split("\n"), "=== ").flatMap(expanded).map(read);
    const answer = path.join(folder, file.replace(/cases$/, "recorded"));
    const known = new Map();
    if (fs.existsSync(answer))
      for (const { title, lines } of blocks(fs.readFileSync(answer, "utf8").replace(/\n$/, "").split("\n"), "=== "))
        known.set(title.split(" ")[0], { hash: title.split(" ")[1], text: `=== ${title}\n${lines.join("\n")}\n` });
    const isDue = ({ name, hash }) => (wanted.length ? wanted.includes(name) : all || known.get(name)?.hash !== hash);
    const left = items.filter(isDue);
    const work = async () => {
      for (let item = left.shift(); item; item = left.shift()) {
        const { text, complaint } = await record(item, project);
        ++recorded;
        if (complaint) complaints.push(complaint);
        else known.set(item.name, { hash: item.hash, text });
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    const names = new Set(items.map(({ name }) => name));
    if (names.size !== items.length) complaints.push(`${file}: a name is used twice`);
    fs.writeFileSync(answer, items.map(({ name }) => known.get(name)?.text ?? "").join(""));
  }
} finally {
  fs.rmSync(project, { recursive: true, force: true });
}
for (const complaint of complaints) console.error(complaint);
console.log(`${recorded} cases recorded, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
