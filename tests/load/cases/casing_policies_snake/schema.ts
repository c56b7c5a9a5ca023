import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgRole, pgSequence, pgTable, text } from "drizzle-orm/pg-core";

export const adminRole = pgRole("adminRole");
export const orderNumber = pgSequence("orderNumber");
export const notes = pgTable("userNotes", { noteId: integer(), ownerName: text(), doubled: integer().generatedAlwaysAs((): any => sql`${notes.noteId} * 2`) }, (t) => [
  pgPolicy("ownNotes", { to: adminRole, using: sql`${t.ownerName} = current_user`, withCheck: sql`${t.noteId} > 0` }),
]);
