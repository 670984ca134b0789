import { describe, expect, it } from "vitest";

import { compileFilter } from "./compile";
import { groupOperand } from "./group-operands";
import { parseFilter } from "./parser";
import { joinSql, sql, sqlText } from "./sql";
import { userOperand } from "./user-operands";

const users = (filter: string) =>
  compileFilter(parseFilter(filter), (path) => userOperand(path, "https://h/scim"));
const groups = (filter: string) =>
  compileFilter(parseFilter(filter), (path) => groupOperand(path, "https://h/scim"));

describe("compileFilter", () => {
  it.each(["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:00-23:59"])(
    "refuses %s, which PostgreSQL cannot read",
    (instant) => {
      expect(() => users(`meta.created gt "${instant}"`)).toThrow(
        expect.objectContaining({ status: 400, scimType: "invalidFilter" }),
      );
    },
  );

  it("compares userName by its indexed folded column", () => {
    const condition = users('userName eq "Ana"');
    expect(sqlText(condition)).toBe('(m."userNameLower" = $1::text)');
    expect(condition.values).toEqual(["ana"]);
  });

  it("compares externalId exactly, and a group's name by its folded column", () => {
    expect(sqlText(users('externalId eq "A"'))).toBe('(m."externalId" = $1::text)');
    expect(users('externalId eq "A"').values).toEqual(["A"]);
    expect(sqlText(groups('displayName eq "A"'))).toBe('(g."displayNameLower" = $1::text)');
  });

  it("compares ids as uuids, and knows without asking that other words are nobody's", () => {
    expect(sqlText(users('id eq "0190a1b2-0000-7000-8000-000000000000"'))).toBe('(m."id" = $1::uuid)');
    expect(sqlText(users('id eq "x"'))).toBe("FALSE");
    expect(sqlText(groups('members eq "x"'))).toContain("AND FALSE");
  });

  it("puts no value of a request into the text of the statement", () => {
    const hostile = `x"') OR 1=1; --`;
    for (const filter of [
      `userName co ${JSON.stringify(hostile)}`,
      `emails[type eq ${JSON.stringify(hostile)}].value sw ${JSON.stringify(hostile)}`,
      `urn:x:2.0:User:a eq ${JSON.stringify(hostile)}`,
      `meta.location ew ${JSON.stringify(hostile)}`,
    ]) {
      const condition = users(filter);
      expect(sqlText(condition)).not.toContain("OR 1=1");
      expect(condition.strings).toHaveLength(condition.values.length + 1);
    }
  });

  it("uses no LIKE for a client's text", () => {
    for (const op of ["eq", "co", "sw", "ew"])
      expect(sqlText(users(`displayName ${op} "a_b%"`))).not.toMatch(/like/i);
  });
});

describe("sql fragments", () => {
  it("number their parameters across nesting", () => {
    const inner = sql`a = ${1}`;
    const joined = joinSql([inner, sql`b = ${2}`, sql`c`], " AND ");
    const whole = sql`SELECT ${0} WHERE ${joined} LIMIT ${3}`;
    expect(sqlText(whole)).toBe("SELECT $1 WHERE a = $2 AND b = $3 AND c LIMIT $4");
    expect(whole.values).toEqual([0, 1, 2, 3]);
  });
});
