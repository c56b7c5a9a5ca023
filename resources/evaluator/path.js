// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Node's `path` (POSIX) that configs compute their folders with.

export const sep = "/";
export const delimiter = ":";
export const isAbsolute = (path) => path.startsWith("/");

export function normalize(path) {
  const parts = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !isAbsolute(path)) parts.push(part);
  }
  const joined = parts.join("/") + (parts.length > 0 && path.endsWith("/") ? "/" : "");
  if (isAbsolute(path)) return "/" + joined;
  return joined === "" ? "." : joined;
}

export const join = (...paths) => normalize(paths.filter((path) => path !== "").join("/") || ".");

export function resolve(...paths) {
  let result = "";
  for (const path of [globalThis.process.cwd(), ...paths]) result = isAbsolute(path) ? path : `${result}/${path}`;
  return normalize(result).replace(/(.)\/$/, "$1");
}

export function dirname(path) {
  const at = path.replace(/\/+$/, "").lastIndexOf("/");
  if (at < 0) return ".";
  return at === 0 ? "/" : path.slice(0, at);
}

export function basename(path, suffix = "") {
  const base = path.replace(/\/+$/, "").split("/").at(-1);
  return suffix && base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base;
}

export function extname(path) {
  const base = basename(path);
  const at = base.lastIndexOf(".");
  return at <= 0 ? "" : base.slice(at);
}

export function relative(from, to) {
  const source = resolve(from).split("/").filter(Boolean);
  const target = resolve(to).split("/").filter(Boolean);
  let shared = 0;
  while (shared < source.length && shared < target.length && source[shared] === target[shared]) shared += 1;
  return [...source.slice(shared).map(() => ".."), ...target.slice(shared)].join("/");
}

export function parse(path) {
  const base = basename(path);
  const ext = extname(path);
  const root = isAbsolute(path) ? "/" : "";
  const dir = path.includes("/") ? dirname(path) : "";
  return { root, dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
}
