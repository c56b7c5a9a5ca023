import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: ["./schema.cjs", "./other.js"], out: "./out" });
