import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: ["./a.mjs", "./b.js", "./c.mts", "./d.cts"], out: "./out" });
