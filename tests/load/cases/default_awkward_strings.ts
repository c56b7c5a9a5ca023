import { pgTable, text } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  quote: text("quote").default("it's"),
  quotes: text("quotes").default("''"),
  double: text("double").default('say "hi"'),
  backslash: text("backslash").default("C:\\temp\\new"),
  newline: text("newline").default("line one\nline two\ttabbed"),
  carriage: text("carriage").default("a\r\nb"),
  dollar: text("dollar").default("$1 $$ ${x}"),
  separators: text("separators").default("a;b,c--d"),
  breakpoint: text("breakpoint").default("--> statement-breakpoint"),
  umlaut: text("umlaut").default("Größe"),
  cjk: text("cjk").default("漢字かな"),
  emoji: text("emoji").default("😀👩‍👩‍👧"),
  combining: text("combining").default("e\u0301"),
  controls: text("controls").default("\u0001\u001f\u007f"),
  separatorsUnicode: text("line_separators").default("\u2028\u2029"),
  bom: text("bom").default("\ufeffx"),
  html: text("html").default("<a href=\"x\">&amp;</a>"),
  slash: text("slash").default("a/b</script>"),
});
