import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const things = pgTable("things", {
  user_ID: integer(),
  HTML_Body: text(),
  parseURLNow: text(),
  address_2: text(),
  line_2_text: text(),
  v2: integer(),
  X: text(),
  a_b: text(),
  already_snake: text(),
  ALLCAPS: text(),
  SCREAMING_SNAKE: text(),
  $dollar: text(),
  _lead: text(),
  trail_: text(),
  double__score: text(),
  "with space": text(),
  "dash-ed": text(),
  größe_zwei: text(),
  "2024": text(),
  "3rd_place": text(),
});
