// SPDX-License-Identifier: GPL-3.0-or-later
// What schemas and configs expect to find in the world: what the engine lacks of the language, and the
// small part of Node and the Web that is pure computation. There is no file, network or process behind any of it.
import "./language.js";
import { withOwnChanges } from "./builtins.js";
import * as path from "./path.js";
import { markOf, standIn } from "./standins.js";

const lazy = (name, make) =>
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      delete globalThis[name]; // so that a polyfill finds nothing in its place
      const value = withOwnChanges(make);
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    },
  });

class TextEncoder {
  encoding = "utf-8";
  encode(text = "") {
    const bytes = unescape(encodeURIComponent(String(text)));
    return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  }
}

class TextDecoder {
  encoding = "utf-8";
  decode(bytes = new Uint8Array()) {
    const view = ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
    return decodeURIComponent(escape(Array.from(view, (byte) => String.fromCharCode(byte)).join("")));
  }
}

/** process.env of a project: its own values only. Names that are read and not set are remembered. */
function environment(request, namesRead) {
  const values = { ...request.environment };
  return new Proxy(values, {
    get(_, name) {
      if (typeof name === "symbol" || Object.hasOwn(values, name)) return values[name];
      namesRead.add(name);
      return request.inventEnvironment ? markOf(`process.env.${name}`) : undefined;
    },
  });
}

/** Nothing is collected in so short a life. */
class WeakRef {
  #target;
  constructor(target) {
    this.#target = target;
  }
  deref() {
    return this.#target;
  }
}

/** Timers are answered and never run: a schema is what is there when loading ends. */
const never = () => 0;

function bufferClass() {
  const encoder = new TextEncoder();
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value !== "string") return super.from(value);
      if (encoding === "hex") return super.from(value.match(/../g) ?? [], (pair) => parseInt(pair, 16));
      if (encoding === "base64") return super.from(atob(value), (character) => character.charCodeAt(0));
      return super.from(encoder.encode(value));
    }
    static alloc = (size) => new this(size);
    static isBuffer = (value) => value instanceof this;
    toString(encoding) {
      if (encoding === "hex") return hex(this);
      if (encoding === "base64") return btoa(String.fromCharCode(...this));
      return new TextDecoder().decode(this);
    }
  };
}

/**
 * What was asked for that the request does not answer: files of variables, by absolute path, and the time or chance,
 * after which another evaluation may give another schema.
 */
export const asked = { files: new Set(), chance: false };

/** Lets \a asked know of the time and of chance. */
function noteChance() {
  const RealDate = Date;
  const now = () => ((asked.chance = true), RealDate.now());
  globalThis.Date = new Proxy(RealDate, {
    get: (target, key) => (key === "now" ? now : target[key]),
    apply: (target) => ((asked.chance = true), target()),
    construct(target, args, created) {
      if (args.length === 0) asked.chance = true;
      return Reflect.construct(target, args, created);
    },
  });
  RealDate.prototype.constructor = globalThis.Date;
  const random = Math.random;
  Math.random = () => ((asked.chance = true), random());
  const format = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format");
  Object.defineProperty(Intl.DateTimeFormat.prototype, "format", {
    ...format,
    get() {
      const formatted = format.get.call(this);
      return (date) => ((asked.chance ||= date === undefined), formatted(date));
    },
  });
}

/** \a part loads one of the parts that came with the request. */
export function installGlobals(request, part) {
  noteChance();
  const namesRead = new Set();
  const env = environment(request, namesRead);
  const quiet = () => {};
  globalThis.global = globalThis;
  globalThis.console = new Proxy({}, { get: () => quiet });
  globalThis.process = {
    env,
    argv: ["node", "drizzle-kit"],
    platform: "linux",
    version: "v20.0.0",
    versions: { node: "20.0.0" },
    /** What Deno.env means, which esbuild was told. */
    variables: { get: (name) => env[name], has: (name) => Object.hasOwn(env, name), toObject: () => ({ ...env }) },
    cwd: () => request.folder,
    on: quiet,
    exit(code) {
      throw new Error(`process.exit(${code ?? ""}) was called`);
    },
    /** Takes the values of an environment file that Sluice read, as dotenv would. */
    environmentFile(file, override) {
      if (request.environmentFiles?.[file] === undefined) asked.files.add(file);
      const values = request.environmentFiles?.[file] ?? {};
      for (const [name, value] of Object.entries(values)) {
        if (override || env[name] === undefined || !Object.hasOwn(env, name)) env[name] = value;
      }
      return values;
    },
    loadEnvFile(file = ".env") {
      globalThis.process.environmentFile(path.resolve(String(file)));
    },
  };
  Object.assign(globalThis, {
    TextEncoder,
    TextDecoder,
    WeakRef,
    setTimeout: never,
    setInterval: never,
    setImmediate: never,
    clearTimeout: never,
    clearInterval: never,
    clearImmediate: never,
    queueMicrotask: (callback) => void Promise.resolve().then(callback),
  });
  for (const name of ["URL", "URLSearchParams", "atob", "btoa", "structuredClone"])
    lazy(name, () => part("web")[name]());
  lazy("Buffer", bufferClass);
  for (const name of ["crypto", "Headers", "Request", "Response", "fetch", "AbortController", "performance"])
    lazy(name, () => standIn(name));
  return { namesRead };
}
