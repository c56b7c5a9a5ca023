// SPDX-License-Identifier: GPL-3.0-or-later
// record.mjs <folder to work in>: folders that the betas of drizzle-kit 1.0 write (version 8) and its release candidate
// (version 9), from the recorded cases' schema files and those beside this script. Fetches both tools with npm.
// Ids and times are replaced by fixed ones, so that recording anew changes nothing.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const cases = path.join(here, "..", "cases");
const work = path.resolve(process.argv[2]);
const recorded = (name) => ["before", "after"].map((step) => [step, path.join(cases, name, `${step}.ts`)]);
const schema = (name) => path.join(here, "schemas", `${name}.ts`);

/** Steps of a case: [name, schema file, steps that are there; all earlier ones unless said]. */
const both = Object.fromEntries(
  ["create_everything", "objects_kept", "fk_added", "new_table_with_policy", "unique_added", "alter_type"].map((name) => [name, recorded(name)]),
);
const tools = {
  beta21: both,
  rc5: {
    ...both,
    renames: [["before", schema("renames_before")], ["after", schema("renames_after")]],
    merge: [
      ["base", schema("merge_base")],
      ["a", schema("merge_a"), ["base"]],
      ["b", schema("merge_b"), ["base"]],
      ["both", schema("merge_both")],
    ],
    custom: [["base", schema("merge_base")], ["hand", "custom"], ["a", schema("merge_a")]],
  },
};

/** The answers to the questions of the case of renames. */
const hints = [
  { type: "rename", kind: "schema", from: ["shop"], to: ["store"] },
  { type: "rename", kind: "enum", from: ["public", "mood"], to: ["public", "feeling"] },
  { type: "rename", kind: "table", from: ["public", "orgs"], to: ["public", "companies"] },
  { type: "rename", kind: "column", from: ["public", "companies", "id"], to: ["public", "companies", "key"] },
  { type: "rename", kind: "column", from: ["store", "items", "note"], to: ["store", "items", "remark"] },
];

function generate(kit, project, name, step, file) {
  const more = file === "custom" ? ["--custom"] : [];
  if (name === "renames" && step === "after") more.push("--output", "json", "--hints", JSON.stringify(hints));
  const run = spawnSync(process.execPath, [kit.tool, "generate", "--name", step, ...more], { cwd: project, encoding: "utf8", timeout: 60_000 });
  return run.stdout + run.stderr;
}

for (const [tool, list] of Object.entries(tools)) {
  const folder = path.join(work, tool);
  fs.mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) fs.copyFileSync(path.join(here, tool, file), path.join(folder, file));
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: "inherit" });
  const kit = { tool: path.join(folder, "node_modules", "drizzle-kit", "bin.cjs") };
  for (const [name, steps] of Object.entries(list)) record(kit, folder, path.join(here, tool, name), name, steps);
}

function record(kit, folder, target, name, steps) {
  const project = path.join(folder, "projects", name);
  fs.rmSync(project, { recursive: true, force: true });
  fs.mkdirSync(path.join(project, "drizzle"), { recursive: true });
  fs.symlinkSync(path.join(folder, "node_modules"), path.join(project, "node_modules"));
  fs.writeFileSync(path.join(project, "drizzle.config.ts"), 'export default { dialect: "postgresql", schema: "./schema.ts", out: "./drizzle" };\n');
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  const ids = {};
  const done = [];
  for (const [step, file, visible] of steps) {
    if (file !== "custom" && !fs.existsSync(file)) continue;
    fs.rmSync(path.join(project, "drizzle"), { recursive: true });
    fs.mkdirSync(path.join(project, "drizzle"));
    for (const earlier of visible ?? done)
      fs.cpSync(path.join(target, folderName(done, earlier)), path.join(project, "drizzle", folderName(done, earlier)), { recursive: true });
    if (file !== "custom") fs.copyFileSync(file, path.join(project, "schema.ts"));
    const output = generate(kit, project, name, step, file);
    const made = fs.readdirSync(path.join(project, "drizzle")).find((entry) => entry.endsWith(`_${step}`));
    if (!made) throw new Error(`${name}/${step}: ${output}`);
    done.push(step);
    const id = JSON.parse(fs.readFileSync(path.join(project, "drizzle", made, "snapshot.json"), "utf8")).id;
    ids[id] = `00000000-0000-4000-8000-00000000000${done.length}`;
    const to = path.join(target, folderName(done, step));
    fs.mkdirSync(to);
    for (const file of ["migration.sql", "snapshot.json"]) {
      let text = fs.readFileSync(path.join(project, "drizzle", made, file), "utf8");
      for (const [from, fixed] of Object.entries(ids)) text = text.replaceAll(from, fixed);
      fs.writeFileSync(path.join(to, file), text);
    }
    console.log(`${path.basename(path.dirname(target))}/${name}/${step}`);
  }
}

function folderName(done, step) {
  return `2026010100000${done.indexOf(step)}_${step}`;
}
