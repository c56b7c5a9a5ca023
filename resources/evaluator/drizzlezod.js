// SPDX-License-Identifier: GPL-3.0-or-later
// drizzle-zod as far as loading a schema needs it. What it makes is no part of a schema, but stands beside it in most
// schema files, and is put into what the real zod makes, which throws at a stand-in: the tables of that file would be
// lost. Kinds of values are right here, their limits are not.
import { isA, orm } from "./orm.js";
import { partlyKnown, standIn, standInName } from "./standins.js";

function columnsOf(source) {
  if (isA(source, orm.Table)) return (orm.getTableColumns ?? orm.getColumns)(source);
  if (isA(source, orm.View)) return (orm.getViewSelectedFields ?? orm.getColumns)(source);
  return undefined;
}

function valueSchema(z, column) {
  if (column.enumValues?.length > 0) return z.enum(column.enumValues);
  const kind = String(column.dataType).split(" ")[0];
  if (kind === "array") return z.array(z.any());
  return ["string", "number", "boolean", "date", "bigint"].includes(kind) ? z[kind]() : z.any();
}

/** \a schema as the project refines it: by another one, or by what a function makes of it. */
function refined(z, schema, refinement) {
  if (refinement === undefined) return schema;
  if (standInName(refinement) !== undefined) return z.any();
  if (typeof refinement !== "function") return refinement;
  try {
    return refinement(schema) ?? schema;
  } catch {
    return schema;
  }
}

const isAlwaysGenerated = (column) => [column.generated?.type, column.generatedIdentity?.type].includes("always");

function fieldSchema(z, column, kind, refinement) {
  if (refinement !== undefined && typeof refinement !== "function") return refined(z, undefined, refinement);
  const schema = refined(z, valueSchema(z, column), refinement);
  const nullable = column.notNull ? schema : z.nullable(schema);
  const isOptional = kind === "update" || (kind === "insert" && (!column.notNull || column.hasDefault));
  return isOptional ? z.optional(nullable) : nullable;
}

function objectSchema(z, columns, kind, refinements) {
  const shape = {};
  for (const [key, column] of Object.entries(columns)) {
    if (kind !== "select" && isAlwaysGenerated(column)) continue;
    shape[key] = isA(column, orm.Column) ? fieldSchema(z, column, kind, refinements?.[key]) : z.any();
  }
  return z.object(shape);
}

/** The module \a name. \a zodInUse answers with the zod that the project has loaded, if it has. */
export function drizzleZod(name, zodInUse) {
  const unknown = standIn(name);
  const functions = (own) => {
    const make = (kind, member) => (source, refinements) => {
      const z = own ?? zodInUse();
      try {
        const columns = z && columnsOf(source);
        if (columns) return objectSchema(z, columns, kind, refinements);
        if (z && kind === "select" && Array.isArray(source?.enumValues)) return z.enum(source.enumValues);
      } catch {
        // A zod of another make: what is made stays unknown.
      }
      return unknown[member](source, refinements);
    };
    return {
      createSelectSchema: make("select", "createSelectSchema"),
      createInsertSchema: make("insert", "createInsertSchema"),
      createUpdateSchema: make("update", "createUpdateSchema"),
    };
  };
  const factory = (options) => functions(standInName(options?.zodInstance) === undefined ? options?.zodInstance : undefined);
  return partlyKnown({ ...functions(), createSchemaFactory: factory }, unknown);
}
