import { describe, expect, it } from "vitest";

import { logSentence, type Facts, type SentenceWords } from "./log-sentence";

const ANA = { kind: "member", name: "Ana Ruiz" } as const;
const BO = { kind: "member", name: "Bo Lind" } as const;
const DESIGN = { kind: "group", name: "Design" } as const;

function say(action: string, facts: Facts = {}, change: Partial<SentenceWords> = {}): string {
  const subjects =
    change.subjects ?? (action.startsWith("user.") ? [ANA] : action.startsWith("group.") ? [DESIGN, BO] : []);
  const { who, what } = logSentence(
    { action, facts, outcome: "done", tokenKind: "pasted", ...change, subjects },
    "Entra",
  );
  return `${who} ${what}`;
}

const attributes = (...paths: string[]): Facts => ({ attributes: paths });
const NAME_AND_MAIL = attributes("name.familyName", 'emails[type eq "work"].value');

describe("the sentence of a request", () => {
  it.each<[string, Facts, string]>([
    ["connection.tested", {}, "Entra tested the connection"],
    ["discovery", {}, "Entra asked what this server can do"],
    ["discovery", { document: "Schemas" }, "Entra asked what this server can do (Schemas)"],
    ["users.listed", { found: 2140 }, "Entra listed people (2,140 in all)"],
    ["groups.listed", {}, "Entra listed groups"],
    ["user.read", {}, "Entra looked at Ana Ruiz"],
    ["user.created", {}, "Entra added Ana Ruiz"],
    ["user.created", { role: "editor" }, "Entra added Ana Ruiz as an editor"],
    ["user.restored", { role: "viewer" }, "Entra brought back Ana Ruiz as a viewer"],
    ["user.updated", NAME_AND_MAIL, "Entra changed Ana Ruiz's surname and e-mail"],
    ["user.updated", {}, "Entra changed Ana Ruiz"],
    [
      "user.updated",
      { ...attributes("roles"), role: "viewer" },
      "Entra changed Ana Ruiz's role (now viewer)",
    ],
    ["user.deactivated", attributes("active"), "Entra deactivated Ana Ruiz"],
    ["user.deactivated", attributes("active", "title"), "Entra deactivated Ana Ruiz and changed job title"],
    ["user.reactivated", {}, "Entra reactivated Ana Ruiz"],
    ["user.deleted", {}, "Entra deleted Ana Ruiz"],
    ["group.read", {}, "Entra looked at the group Design"],
    ["group.created", {}, "Entra created the group Design"],
    ["group.created", { added: 2 }, "Entra created the group Design with 2 people"],
    ["group.updated", { name: "Design", renamedTo: "Studio" }, "Entra renamed the group Design to Studio"],
    ["group.updated", attributes("externalId"), "Entra changed the group Design's external id"],
    ["group.members.added", { added: 1 }, "Entra added 1 person to Design"],
    ["group.members.removed", { removed: 2 }, "Entra removed 2 people from Design"],
    ["group.members.replaced", { added: 3, removed: 1 }, "Entra set who is in Design (3 joined, 1 left)"],
    ["group.members.changed", { removed: 1200 }, "Entra changed who is in Design (1,200 left)"],
    ["group.deleted", {}, "Entra deleted the group Design"],
    ["bulk", { operations: 12 }, "Entra sent 12 operations in one request"],
    ["bulk", { operations: 1, failures: 1 }, "Entra sent 1 operation in one request; 1 failed"],
    ["bulk", {}, "Entra sent several operations in one request"],
    ["user.something_new", {}, "Entra did “user something new”"],
    ["group.something.new", {}, "Entra did “group something new”"],
  ])("%s with %j", (action, facts, sentence) => {
    expect(say(action, facts)).toBe(sentence);
  });

  it("counts more than three details instead of naming them", () => {
    const five = attributes("name.familyName", "name.givenName", "displayName", "title", "userName");
    expect(say("user.updated", five)).toBe(
      "Entra changed Ana Ruiz's surname, first name and 3 other details",
    );
  });

  it("names a detail once, however many of its parts changed", () => {
    const twice = attributes(
      'emails[type eq "work"].value',
      "emails",
      'phoneNumbers[type eq "mobile"].value',
    );
    expect(say("user.updated", twice)).toBe("Entra changed Ana Ruiz's e-mail and phone number");
  });

  it("knows the enterprise attributes by their URN, and keeps the names of unknown ones", () => {
    const urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    const own = "urn:ietf:params:scim:schemas:extension:acme:2.0:User:badgeColour";
    expect(say("user.updated", attributes(`${urn}:department`, `${urn}:manager.value`, own))).toBe(
      "Entra changed Ana Ruiz's department, manager and badgeColour",
    );
  });
});

describe("the sentence of a search", () => {
  const match = (filter: string, found: number, subjects: SentenceWords["subjects"] = []) =>
    say("users.matched", { filter, found }, { subjects });

  it("says whom it looked for, and that nobody is found", () => {
    expect(match('userName eq "ana@contoso.example"', 0)).toBe(
      "Entra looked for ana@contoso.example and found nobody",
    );
  });

  it("names who was found", () => {
    expect(match('emails[type eq "work"].value eq "ana@contoso.example"', 1, [ANA])).toBe(
      "Entra looked for ana@contoso.example and found Ana Ruiz",
    );
  });

  it("counts when several were found, which Entra takes for an error", () => {
    expect(match('externalId eq "aruiz"', 2, [ANA, BO])).toBe("Entra looked for aruiz and found 2 people");
  });

  it("does not say a name twice", () => {
    const filter = 'displayName eq "Design"';
    expect(say("groups.matched", { filter, found: 1 }, { subjects: [DESIGN] })).toBe(
      "Entra looked for Design and found it",
    );
    expect(match('displayName eq "Ana Ruiz"', 1, [ANA])).toBe("Entra looked for Ana Ruiz and found them");
    expect(say("groups.matched", { filter, found: 0 })).toBe(
      "Entra looked for Design and found no such group",
    );
  });

  it("reads values with escaped quotes, and without quotes", () => {
    expect(match(String.raw`userName eq "a\"b\\c"`, 0)).toBe(
      String.raw`Entra looked for a"b\c and found nobody`,
    );
    expect(match("externalId eq aruiz", 0)).toBe("Entra looked for aruiz and found nobody");
  });

  it("shows a filter of several terms as it is", () => {
    const filter = 'id eq "0199" and manager eq "0200"';
    expect(match(filter, 0)).toBe(`Entra looked for people by ${filter} and found nobody`);
  });

  it("does not claim to know what was found when it does not", () => {
    expect(say("users.matched", { filter: 'userName eq "x"' })).toBe("Entra looked for x");
    expect(say("users.matched")).toBe("Entra looked for somebody");
  });
});

describe("the sentence of a request that changed nothing", () => {
  it.each<[string, Facts, string]>([
    ["user.created", { name: "Zoë" }, "Entra tried to add Ana Ruiz"],
    ["user.updated", NAME_AND_MAIL, "Entra tried to change Ana Ruiz's surname and e-mail"],
    ["group.members.added", {}, "Entra tried to add people to Design"],
    ["token.refused", {}, "Entra tried to come in with a token that is not valid"],
    [
      "request.refused",
      { resource: "member" },
      "Entra sent a request about a person that cannot be answered",
    ],
    ["request.refused", {}, "Entra sent a request that cannot be answered"],
  ])("says of a refused %s with %j what was tried", (action, facts, sentence) => {
    expect(say(action, facts, { outcome: "refused" })).toBe(sentence);
  });

  it("says of a failed one the same", () => {
    expect(say("user.deleted", {}, { outcome: "failed" })).toBe("Entra tried to delete Ana Ruiz");
  });

  it.each<[string, string]>([
    ["user.updated", "Entra wanted to change Ana Ruiz; nothing had to change"],
    ["user.deactivated", "Entra wanted to deactivate Ana Ruiz; nothing had to change"],
    ["group.members.added", "Entra wanted to add people to Design; nothing had to change"],
  ])("says of an idle %s that nothing had to change", (action, sentence) => {
    expect(say(action, { added: 0 }, { outcome: "unchanged" })).toBe(sentence);
  });
});

describe("names in a sentence", () => {
  it("are those of today; once nobody has the name any more, the one that was written down", () => {
    expect(say("user.updated", { name: "Ana Gil" })).toBe("Entra changed Ana Ruiz");
    expect(say("group.deleted", { name: "Aurora" }, { subjects: [] })).toBe("Entra deleted the group Aurora");
    expect(say("user.read", {}, { subjects: [] })).toBe("Entra looked at a person");
  });

  it("are those of the group when members are listed, too", () => {
    expect(say("group.members.added", { added: 2 }, { subjects: [BO, DESIGN] })).toBe(
      "Entra added 2 people to Design",
    );
  });

  it("of the one who asked are the provider's, or the self-test's", () => {
    expect(say("connection.tested", {}, { tokenKind: "self_test" })).toBe(
      "The self-test tested the connection",
    );
    expect(say("connection.tested", {}, { tokenKind: "issued" })).toBe("Entra tested the connection");
  });
});
