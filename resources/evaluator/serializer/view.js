// SPDX-License-Identifier: GPL-3.0-or-later
// One view, plain or materialized.
import { orm, pg } from "../orm.js";
import { placeFor } from "../trace.js";
import { describeColumn } from "./column.js";
import { origin, parameters, sqlText, text } from "./text.js";

export function describeView(view, exportName, materialized, context) {
  const place = placeFor(view);
  const config = materialized ? pg.getMaterializedViewConfig(view) : pg.getViewConfig(view);
  const owner = { name: text(config.name, exportName, place), schema: text(config.schema, exportName, place), view: true };
  const columns = {};
  for (const [key, column] of Object.entries(config.selectedFields)) {
    if (orm.is(column, pg.PgColumn)) columns[column.name] = describeColumn(column, key, owner, context);
  }
  return {
    schema: owner.schema,
    name: owner.name,
    materialized,
    existing: Boolean(config.isExisting),
    definition: config.isExisting ? "" : sqlText(context.dialect, config.query, owner.name, place),
    columns: Object.values(columns),
    with: parameters(config.with),
    withNoData: config.withNoData,
    accessMethod: config.using,
    tablespace: config.tablespace,
    origin: origin(exportName, place),
  };
}
