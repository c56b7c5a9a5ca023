// SPDX-License-Identifier: GPL-3.0-or-later
// One view, plain or materialized.
import { isA, pg } from "../orm.js";
import { attempt } from "../problems.js";
import { originFor, placeFor } from "../trace.js";
import { describeColumn } from "./column.js";
import { genuine, parameters, sqlText, text } from "./text.js";

export function describeView(view, exportName, materialized, context) {
  const place = placeFor(view);
  const config = materialized ? pg.getMaterializedViewConfig(view) : pg.getViewConfig(view);
  const owner = {
    object: view,
    name: text(config.name, exportName, place),
    schema: text(config.schema, exportName, place),
    view: true,
    place,
  };
  const columns = Object.create(null);
  for (const [key, column] of Object.entries(config.selectedFields)) {
    genuine(key, owner.name, place);
    genuine(column, `${owner.name}.${key}`, place);
    if (!isA(column, pg.PgColumn)) continue;
    const described = attempt(() => describeColumn(column, key, owner, context), "partThrows", [`${owner.name}.${key}`], place);
    if (described) columns[column.name] = described;
  }
  return {
    schema: owner.schema,
    name: owner.name,
    materialized,
    existing: Boolean(config.isExisting),
    definition: config.isExisting ? "" : sqlText(context.dialect, config.query, owner.name, place),
    columns: Object.values(columns),
    with: parameters(config.with, owner.name, place),
    withNoData: config.withNoData,
    accessMethod: config.using && text(config.using, owner.name, place),
    tablespace: config.tablespace && text(config.tablespace, owner.name, place),
    origin: originFor(exportName, view),
  };
}
