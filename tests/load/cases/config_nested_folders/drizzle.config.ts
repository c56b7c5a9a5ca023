import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: ["./b", "./a/*", "./{c,d}/**/*.ts", "./b/one.ts"], out: "./out" });
