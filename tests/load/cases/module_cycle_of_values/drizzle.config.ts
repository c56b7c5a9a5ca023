import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: ["./users.ts", "./groups.ts"], out: "./out" });
