import { geometry, line, pgTable, point } from "drizzle-orm/pg-core";

export const shapes = pgTable("shapes", {
  pointTuple: point("point_tuple"),
  pointTupleMode: point("point_tuple_mode", { mode: "tuple" }),
  pointXy: point("point_xy", { mode: "xy" }),
  lineTuple: line("line_tuple"),
  lineAbc: line("line_abc", { mode: "abc" }),
  geo: geometry("geo"),
  geoXy: geometry("geo_xy", { type: "point", mode: "xy", srid: 4326 }),
  geoTuple: geometry("geo_tuple", { type: "point", mode: "tuple" }),
  geoOther: geometry("geo_other", { type: "polygon" }),
  unnamedPoint: point(),
  unnamedLine: line(),
  unnamedGeometry: geometry(),
});
