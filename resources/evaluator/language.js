// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine lacks of the language that schemas are written in. Without a library for it: one that looks at all that
// an engine may have wrong takes as long as the rest of the prelude.

/** Puts those of \a members in \a object that are not there. */
function complete(object, members) {
  for (const name of Object.keys(members)) {
    if (!Object.hasOwn(object, name))
      Object.defineProperty(object, name, { value: members[name], writable: true, configurable: true });
  }
}

function toObject(value) {
  if (value === undefined || value === null) throw new TypeError(`${value} has no properties`);
  return Object(value);
}

function needFunction(value) {
  if (typeof value !== "function") throw new TypeError(`${typeof value} is not a function`);
}

const lengthOf = (list) => Math.min(Math.max(Math.trunc(list.length) || 0, 0), Number.MAX_SAFE_INTEGER);

/** The items of a list as an array; of what is missing in between, undefined. */
function copyOf(list) {
  const items = toObject(list), length = lengthOf(items), copy = [];
  for (let i = 0; i < length; i += 1) copy.push(items[i]);
  return copy;
}

/** {index, item} of the last one of which \a isWanted says so. */
function last(list, isWanted, receiver) {
  const items = toObject(list);
  let index = lengthOf(items) - 1;
  needFunction(isWanted);
  for (; index >= 0; index -= 1) {
    const item = items[index];
    if (isWanted.call(receiver, item, index, items)) return { index, item };
  }
  return { index, item: undefined };
}

complete(Array.prototype, {
  findLast(isWanted, receiver = undefined) {
    return last(this, isWanted, receiver).item;
  },
  findLastIndex(isWanted, receiver = undefined) {
    return last(this, isWanted, receiver).index;
  },
  toReversed() {
    return copyOf(this).reverse();
  },
  toSorted(compare) {
    if (compare !== undefined) needFunction(compare);
    return copyOf(this).sort(compare);
  },
  toSpliced(start, skipped, ...items) {
    const copy = copyOf(this);
    if (arguments.length < 2) copy.splice(...arguments);
    else copy.splice(start, skipped, ...items);
    return copy;
  },
  with(index, value) {
    const copy = copyOf(this), from = Math.trunc(index) || 0;
    const at = from < 0 ? copy.length + from : from;
    if (at < 0 || at >= copy.length) throw new RangeError("invalid index");
    copy[at] = value;
    return copy;
  },
});

/** Calls \a add with the key and each of \a items. */
function group(items, keyOf, add) {
  toObject(items);
  needFunction(keyOf);
  let index = 0;
  for (const item of items) {
    add(keyOf(item, index), item);
    index += 1;
  }
}

complete(Object, {
  groupBy(items, keyOf) {
    const groups = Object.create(null);
    group(items, keyOf, (key, item) => {
      const name = typeof key === "symbol" ? key : `${key}`;
      (groups[name] ??= []).push(item);
    });
    return groups;
  },
});

complete(Map, {
  groupBy(items, keyOf) {
    const groups = new Map();
    group(items, keyOf, (key, item) => {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    });
    return groups;
  },
});

complete(Promise, {
  withResolvers() {
    const made = {};
    made.promise = new this((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
  },
});
