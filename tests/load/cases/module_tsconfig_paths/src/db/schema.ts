import { pgTable } from "drizzle-orm/pg-core";
import { id } from "@/db/columns";
import { prefix } from "~db";
import { label } from "#lib/label";
import { note } from "src/db/note";

export const users = pgTable(`${prefix}users`, { id: id(), label: label(), note });
