export * as orm from "drizzle-orm";
export * as core from "drizzle-orm/pg-core";
export { pgTable as table } from "drizzle-orm/pg-core";
import * as all from "drizzle-orm/pg-core";
export const col = { ...all };
