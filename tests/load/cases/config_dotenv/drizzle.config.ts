import "dotenv/config";
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: process.env.SCHEMA_FILES!.split(","),
  out: "./out",
  casing: process.env.NAMES as "snake_case",
  dbCredentials: { url: process.env.DATABASE_URL! },
});
