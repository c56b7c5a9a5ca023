import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: "./index.ts", out: "./out" });
