import { basename, dirname } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { pgTable, text } from "drizzle-orm/pg-core";

const __filename = fileURLToPath(import.meta.url);
const __dirname = dirname(__filename);
export const users = pgTable("users", {
  from: text("from").default(basename(__filename)),
  folder: text("folder").default(basename(__dirname)),
  beside: text("beside").default(basename(new URL("./other.ts", import.meta.url).pathname)),
});
