import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "drizzle-kit";

const here = dirname(fileURLToPath(import.meta.url));
export default defineConfig({ dialect: "postgresql", schema: relative(process.cwd(), resolve(here, "./src", "schema.ts")), out: "./out" });
