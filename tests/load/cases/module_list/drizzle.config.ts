import type { Config } from "drizzle-kit";

const config: Config = { dialect: "postgresql", schema: ["./z.ts", "./a.ts", "./z.ts", "./more/*.ts"], out: "./out" };
export default config;
