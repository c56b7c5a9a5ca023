import { type Config, defineConfig } from "drizzle-kit";
import { folders } from "./config/folders";
import { version } from "./package.json";

const schema = folders.map((folder) => `./src/${folder}/*.ts`);
export default defineConfig({ dialect: "postgresql", schema, out: "./out", casing: version.startsWith("2") ? "snake_case" : undefined }) satisfies Config;
