import { pgTable, text } from "drizzle-orm/pg-core";

const timer = setTimeout(() => {}, 1);
clearTimeout(timer);
queueMicrotask(() => {});
const url = new URL("postgres://user@host:5432/name?x=1");
const bytes = new TextEncoder().encode("ü");

export const t = pgTable("t", {
  host: text("host").default(url.hostname + url.port + url.searchParams.get("x")),
  bytes: text("bytes").default([...bytes].map((byte) => byte.toString(16)).join("")),
  base64: text("base64").default(Buffer.from("hällo").toString("base64")),
  decoded: text("decoded").default(new TextDecoder().decode(bytes)),
  type: text("type").default([typeof process, typeof globalThis, typeof console, typeof setTimeout, typeof window, typeof fetch].join(" ")),
  encoded: text("encoded").default(encodeURIComponent("a b/ü")),
  b64: text("b64").default(btoa("abc") + atob("YWJj")),
  version: text("version").default(String(Number(process.versions.node.split(".")[0]) > 5)),
  cwd: text("cwd").default(typeof process.cwd()),
  date: text("date").default(new Date(Date.UTC(2024, 0, 2)).toISOString()),
});
