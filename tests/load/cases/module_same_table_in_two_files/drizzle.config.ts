import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: ["./first.ts", "./second.ts"], out: "./out" });
