import { describe, expect, it } from "vitest";

import { auditSentence } from "./audit-sentence";

describe("auditSentence", () => {
  it("names who and whom", () => {
    const event = { actor: "Ada", action: "member.deactivated", target: "Grace", details: {} };
    expect(auditSentence(event)).toEqual({ who: "Ada", what: "deactivated Grace" });
  });

  it("calls the provisioning service by the name people know", () => {
    expect(auditSentence({ actor: "scim", action: "member.created", target: "Grace", details: {} }).who).toBe(
      "Entra",
    );
  });

  it("prefers a title in the details to an id", () => {
    const event = { actor: "Ada", action: "board.deleted", target: "0198c", details: { title: "Roadmap" } };
    expect(auditSentence(event).what).toBe("deleted the board Roadmap");
  });

  it("shortens an id that no name is known for", () => {
    const target = "e9b11f04-1b7f-4970-9420-2447ca879810";
    expect(auditSentence({ actor: "Ada", action: "board.deleted", target, details: {} }).what).toBe(
      "deleted the board …879810",
    );
  });

  it("spells out an action it has no sentence for", () => {
    const event = { actor: "Ada", action: "folder.moved", target: "Plans", details: null };
    expect(auditSentence(event).what).toBe("folder moved: Plans");
  });

  it.each([
    "scim.enabled",
    "scim.disabled",
    "scim.token.revealed",
    "scim.token.rotated",
    "scim.token.revoked",
    "scim.client.created",
    "scim.client.revoked",
    "scim.client.secret.added",
    "scim.client.secret.revoked",
    "scim.log.exported",
    "scim.self_test.run",
  ])("has a sentence for %s", (action) => {
    const { what } = auditSentence({ actor: "Ada", action, target: "0198c", details: {} });
    expect(what).not.toContain(action.replaceAll(".", " "));
    expect(what).toMatch(/^(?:turned|revealed|rotated|revoked|created|made|exported|ran) /);
  });
});
