import { pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { z } from "zod";

const status = z.enum(["open", "closed"]);
enum Level { Low = "low", High = "high" }
const level = z.nativeEnum(Level);
const ticket = z.object({ label: z.string().default("none"), kind: z.literal("bug") });

export const statusEnum = pgEnum("status", status.options);
export const levelEnum = pgEnum("level", Object.values(level.enum) as [string, ...string[]]);
export const statusSchema = status.nullable();
export const tickets = pgTable("tickets", {
  status: statusEnum("status").default(status.enum.open),
  level: levelEnum("level").default(Level.High),
  label: text("label").default(ticket.parse({ kind: "bug" }).label),
  kind: text("kind", { enum: [ticket.shape.kind.value] }).default(ticket.shape.kind.value),
  columns: text(Object.keys(ticket.shape).join("_")),
});
