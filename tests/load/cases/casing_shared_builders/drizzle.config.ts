import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: ["./b.ts", "./a.ts"], out: "./out", casing: "snake_case" });
