// SPDX-License-Identifier: GPL-3.0-or-later
// record.mjs <folder with drizzle-kit's node_modules> [case…]: what the drizzle-kit command makes of the cases beside
// this file, all or those that are named. Writes <case>.json or <case>/expected.json; exits 1 when a case gives no
// snapshot, or one gives a snapshot that should be refused.
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const cases = fileURLToPath(new URL("cases", import.meta.url));
const [oracle, ...wanted] = process.argv.slice(2);
const modules = path.resolve(oracle, "node_modules");
const zero = "00000000-0000-0000-0000-000000000000";
const parallel = 2;

/** {name, source, answer, refused}: a case is a schema file, or a folder with a config. */
function found(folder, refused) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const source = path.join(folder, entry.name);
    const name = path.parse(entry.name).name;
    if (entry.isDirectory() && fs.readdirSync(source).some((file) => file.startsWith("drizzle.config.")))
      return [{ name: entry.name, source, answer: path.join(source, "expected.json"), refused }];
    if (entry.name.endsWith(".ts")) return [{ name, source, answer: path.join(folder, `${name}.json`), refused }];
    return [];
  });
}

function copyProject({ name, source }, project) {
  if (fs.statSync(source).isDirectory()) {
    fs.cpSync(source, project, { recursive: true, filter: (file) => file !== path.join(source, "expected.json") });
    return;
  }
  fs.mkdirSync(project);
  fs.copyFileSync(source, path.join(project, `${name}.ts`));
  const config = { dialect: "postgresql", schema: `./${name}.ts`, out: "./out" };
  fs.writeFileSync(path.join(project, "drizzle.config.json"), JSON.stringify(config));
}

/** The snapshot that `drizzle-kit generate` writes into an empty folder, or undefined, and what it printed. */
async function generate(project) {
  const tool = path.join(modules, "drizzle-kit", "bin.cjs");
  const env = { ...process.env, NO_COLOR: "1", TZ: "UTC" };
  const run = promisify(execFile)(process.execPath, [tool, "generate"], { cwd: project, env, timeout: 60_000 });
  run.child.stdin.end();
  const { stdout, stderr } = await run.catch((error) => error);
  const file = path.join(project, "out", "meta", "0000_snapshot.json");
  return { snapshot: fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined, output: `${stdout}${stderr}` };
}

/** Records one case; the complaint, if there is one. */
async function record(item, folder) {
  const project = path.join(folder, item.name);
  copyProject(item, project);
  const { snapshot, output } = await generate(project);
  if (item.refused) return snapshot === undefined ? undefined : `${item.name}: drizzle-kit does not refuse it`;
  if (snapshot === undefined) return `${item.name}: no snapshot\n${output}`;
  const { id, prevId } = JSON.parse(snapshot);
  fs.writeFileSync(item.answer, snapshot.replace(`"id": "${id}"`, `"id": "${zero}"`).replace(`"prevId": "${prevId}"`, `"prevId": "${zero}"`));
  return undefined;
}

const items = [...found(cases, false), ...found(path.join(cases, "refused"), true)];
const chosen = items.filter((item) => wanted.length === 0 || wanted.includes(item.name));
const unknown = wanted.filter((name) => !items.some((item) => item.name === name));
const complaints = unknown.map((name) => `${name}: no such case`);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-record-"));
try {
  fs.symlinkSync(modules, path.join(folder, "node_modules"));
  const left = [...chosen];
  const work = async () => {
    for (let item = left.shift(); item; item = left.shift()) {
      const complaint = await record(item, folder);
      if (complaint) complaints.push(complaint);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
for (const complaint of complaints) console.error(complaint);
console.log(`${chosen.length} cases, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
