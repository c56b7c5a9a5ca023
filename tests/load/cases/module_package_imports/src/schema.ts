import { pgTable } from "drizzle-orm/pg-core";
import { id } from "#columns";
import { label } from "#lib/label";
import { note } from "package-imports/shared";

export const t = pgTable("t", { id: id(), label: label(), note });
