// SPDX-License-Identifier: GPL-3.0-or-later
// Row-level security policies: those of a table, and those that were linked to one.
import { isA, orm, pg } from "../orm.js";
import { Problem, attempt, notice } from "../problems.js";
import { originFor, placeFor } from "../trace.js";
import { genuine, isSql, sqlText, text } from "./text.js";

const roleName = (role) => (isA(role, pg.PgRole) ? role.name : role);

/** \a owner is the table that the policy is written in, or undefined. */
export function describePolicy(policy, name, what, dialect, owner) {
  const place = placeFor(policy) ?? owner?.place;
  const expression = (value) =>
    isSql(genuine(value, what, place)) ? sqlText(dialect, value, what, place) : undefined;
  const roles = [genuine(policy.to, what, place) || "public"].flat();
  return {
    name: text(policy.name, what, place),
    as: text(policy.as, what, place).toUpperCase() || "PERMISSIVE",
    command: text(policy.for, what, place).toUpperCase() || "ALL",
    roles: roles.map((role) => text(roleName(genuine(role, what, place)), what, place)).sort(),
    using: expression(policy.using),
    withCheck: expression(policy.withCheck),
    origin: originFor(name, policy, owner?.object),
  };
}

export function describePolicies(policies, owner, dialect) {
  const found = Object.create(null);
  for (const policy of policies) {
    const place = placeFor(policy) ?? owner.place;
    const read = () => {
      const described = describePolicy(policy, "", owner.name, dialect, owner);
      if (Object.hasOwn(found, described.name)) throw new Problem("duplicatePolicy", [described.name, owner.name], place);
      found[described.name] = described;
    };
    attempt(read, "partThrows", [owner.name], place);
  }
  return Object.values(found);
}

/**
 * A policy that was linked to a table is that table's; to one that is not in the schema, it stands alone.
 * \a tableNamed finds the description of a table by schema and name. Returns those that stand alone.
 */
export function placePolicies(policies, tableNamed, dialect) {
  const alone = [];
  for (const [policy, exportName] of policies) {
    const place = placeFor(policy);
    const read = () => {
      if (!policy._linkedTable) return notice("policyWithoutTable", [text(policy.name, exportName, place)], place);
      genuine(policy._linkedTable, exportName, place);
      const name = text(orm.getTableName(policy._linkedTable), exportName, place);
      const schema = text(policy._linkedTable[pg.PgTable.Symbol.Schema], exportName, place);
      const table = tableNamed(schema, name);
      const described = describePolicy(policy, exportName, exportName, dialect);
      const on = { onSchema: schema || "public", on: `"${schema || "public"}"."${name}"` };
      const others = table ? table.policies : alone;
      if (others.some((other) => other.name === described.name))
        throw new Problem("duplicatePolicy", [described.name, name], place);
      others.push(table ? described : { ...described, ...on });
    };
    attempt(read, "partThrows", [exportName], place);
  }
  return alone;
}
