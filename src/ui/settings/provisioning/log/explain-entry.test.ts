import { describe, expect, it } from "vitest";

import { explainEntry, type EntryState } from "./explain-entry";

const DONE: EntryState = { action: "user.updated", outcome: "done", status: 200, scimType: null, facts: {} };
const explain = (change: Partial<EntryState>) => explainEntry({ ...DONE, ...change }, "Entra");
const refused = (status: number, scimType: string | null = null) =>
  explain({ outcome: "refused", status, scimType });

describe("the explanation of a request", () => {
  it("is not given for what went well", () => {
    expect(explain({})).toBeNull();
    expect(explain({ outcome: "unchanged" })).toBeNull();
    expect(explain({ action: "users.matched", facts: { found: 1 } })).toBeNull();
  });

  it.each([
    [401, null, "token", "Reveal the current token"],
    [403, null, "SCIM was off", "nothing to do"],
    [404, null, "does not exist here", "restart provisioning in Entra"],
    [409, "uniqueness", "this name already", "two accounts or groups in Entra"],
    [409, null, "at odds", "answer below"],
    [400, "invalidFilter", "search", "matching"],
    [400, "invalidPath", "attribute", "attribute mapping of Entra"],
    [400, "invalidValue", "value", "names the attribute"],
    [400, "mutability", "may not change", "answer below"],
    [400, "tooMany", "more at once", "smaller"],
    [412, null, "in between", "reads it again"],
    [413, null, "larger", "smaller"],
    [429, null, "Too many", "by itself"],
    [418, "somethingNew", "cannot be answered", "answer below"],
  ])("of status %i with %s says what it means and what to do", (status, scimType, meaning, todo) => {
    expect(refused(status, scimType)).toEqual({
      meaning: expect.stringContaining(meaning),
      todo: expect.stringContaining(todo),
    });
  });

  it("takes a failure of ours upon us, whatever the answer's details", () => {
    expect(explain({ outcome: "failed", status: 500, scimType: "invalidValue" })?.meaning).toContain(
      "Chalkroom itself failed",
    );
  });

  it("warns of a match that found several, which the provider takes for an error", () => {
    expect(explain({ action: "users.matched", facts: { found: 2 } })?.meaning).toContain("More than one");
    expect(explain({ action: "users.listed", facts: { found: 2 } })).toBeNull();
  });

  it("reads on in the middle of a sentence when the provider's name is not known", () => {
    const { todo } = explainEntry({ ...DONE, outcome: "refused", status: 404 }, "The identity provider")!;
    expect(todo).toContain("in the identity provider,");
  });
});
