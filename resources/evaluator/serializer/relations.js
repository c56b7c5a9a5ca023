// SPDX-License-Identifier: GPL-3.0-or-later
// Drizzle's relations() and defineRelations(): which tables a query can follow to which, and by which columns. What a
// query could not follow is reported, in the words of the code and not when a query fails.
import { isA, legacyRelations, orm, pg } from "../orm.js";
import { calling, originIn } from "../places.js";
import { Problem, attempt, problem, withoutSql } from "../problems.js";
import { callbackOfRelations, made, placeFor, placesFor, placesOfRelation } from "../trace.js";
import { columnName, genuine, text } from "./text.js";

/** {schema, name} of a table or view. */
function nameOf(source, what, place) {
  genuine(source, what, place);
  if (isA(source, pg.PgTable)) {
    const { Schema, Name } = pg.PgTable.Symbol;
    return { schema: text(source[Schema], what, place), name: text(source[Name], what, place) };
  }
  const config = isA(source, pg.PgMaterializedView) ? pg.getMaterializedViewConfig(source) : pg.getViewConfig(source);
  return { schema: text(config.schema, what, place), name: text(config.name, what, place) };
}

const key = (table) => `${table.schema}.${table.name}`;

/** The names of \a columns, each of which has to be one of \a source's. */
function namesOf(columns, source, what, place, casing) {
  return columns.map((column) => {
    genuine(column, what, place);
    if (!isA(column, pg.PgColumn)) throw new Problem("relationWithoutColumn", [what], place);
    const isOwn = (own) => own === column || (own.name === column.name && own.table === column.table);
    if (isA(source, pg.PgTable) && !Object.values(orm.getTableColumns(source)).some(isOwn))
      throw new Problem("relationToOtherTable", [what, column.name, nameOf(source, what, place).name], place);
    return columnName(column, casing);
  });
}

/** One relation of relations(). */
function describeRelation(relation, name, table, places, casing) {
  const place = places?.definition;
  const source = nameOf(table, name, place), what = `${source.name}.${name}`;
  if (relation.failed !== undefined) throw relation.failed;
  const isOne = isA(relation, legacyRelations.One);
  const config = isOne ? relation.config : undefined;
  const fields = config?.fields ?? [], references = config?.references ?? [];
  const target = nameOf(relation.referencedTable, what, place);
  if (fields.length !== references.length) throw new Problem("relationLengths", [what, String(fields.length), String(references.length)], place);
  return {
    table: source,
    name,
    kind: isOne ? "one" : "many",
    target,
    columns: namesOf(fields, table, what, place, casing),
    targetColumns: namesOf(references, relation.referencedTable, what, place, casing),
    relationName: text(relation.relationName, what, place),
    origin: originIn(name, places),
  };
}

function describeLegacy(relations, exportName, casing) {
  const place = placeFor(relations);
  genuine(relations.table, exportName, place);
  const config = () => relations.config(legacyRelations.createTableRelationsHelpers(relations.table));
  const read = () => calling(callbackOfRelations(relations), config);
  const described = attempt(read, "relationsThrow", [], place) ?? {};
  return Object.entries(described).flatMap(([name, relation]) => {
    const places = placesOfRelation(relations, name);
    const one = () => describeRelation(relation, name, relations.table, places, casing);
    return attempt(one, "relationThrows", [`${orm.getTableName(relations.table)}.${name}`], places?.definition) ?? [];
  });
}

/** One relation of defineRelations(), which has made sure that its columns belong to its tables. */
function describeDefined(relation, name, table, casing) {
  const places = placesFor(relation), place = places?.definition;
  const source = nameOf(table, name, place), what = `${source.name}.${name}`;
  const names = (columns) => (columns ?? []).map((column) => columnName(genuine(column._.column, what, place), casing));
  const { through, throughTable } = relation;
  return {
    table: source,
    name,
    kind: relation.relationType,
    target: nameOf(relation.targetTable, what, place),
    columns: names(relation.sourceColumns),
    targetColumns: names(relation.targetColumns),
    relationName: text(relation.alias, what, place),
    through: throughTable && {
      table: nameOf(throughTable, what, place),
      columns: names(through.source),
      targetColumns: names(through.target),
    },
    origin: originIn(name, places),
  };
}

const describeDefinition = (definition, casing) =>
  Object.values(definition).flatMap(({ table, relations }) =>
    Object.entries(relations ?? {})
      .filter(([, relation]) => isA(relation, orm.Relation))
      .flatMap(([name, relation]) => {
        const read = () => describeDefined(relation, name, table, casing);
        return attempt(read, "relationThrows", [name], placeFor(relation)) ?? [];
      }),
  );

/** What the other side of a relation without columns says, as drizzle-orm looks for it when a query asks. */
function reportMissingInverse(relation, all) {
  const inverse = all.filter(
    (other) =>
      other !== relation &&
      key(other.table) === key(relation.target) &&
      (relation.relationName ? other.relationName === relation.relationName : key(other.target) === key(relation.table)),
  );
  const { name, table, target, origin } = relation;
  const place = origin.definition ?? origin;
  if (inverse.length > 1) problem("relationsAmbiguous", [`${table.name}.${name}`, target.name], place);
  else if (!inverse.length || !inverse[0].columns.length) problem("relationWithoutInverse", [`${table.name}.${name}`, target.name], place);
}

/** All relations whose target \a isKnown, a function of {schema, name}. What is wrong with them is no matter of tables. */
export const describeRelations = (found, casing, isKnown) => withoutSql(() => describeAll(found, casing, isKnown));

function describeAll(found, casing, isKnown) {
  const isPresent = (relation) => {
    const { name, table, target, origin } = relation;
    const missing = [table, target].find((one) => !isKnown(one));
    if (missing) problem("relationToUnknownTable", [`${table.name}.${name}`, missing.name], origin.definition ?? origin);
    return !missing;
  };
  const read = (relations, exportName) => () => describeLegacy(relations, exportName, casing);
  const legacy = found
    .flatMap(([relations, exportName]) => attempt(read(relations, exportName), "relationsThrow", [], placeFor(relations)) ?? [])
    .filter(isPresent);
  // defineRelations() looks for the other side itself.
  for (const relation of legacy) if (!relation.columns.length) reportMissingInverse(relation, legacy);
  return [...legacy, ...[...made.definedRelations].flatMap((definition) => describeDefinition(definition, casing)).filter(isPresent)];
}
