/** What happened, with {target} where the name of what it happened to belongs. Actions not listed are spelt out. */
const SENTENCES: Readonly<Record<string, string>> = {
  "workspace.created": "set up the workspace",
  "workspace.updated": "changed the workspace's settings",
  "member.created": "added {target}",
  "member.updated": "changed the details of {target}",
  "member.deactivated": "deactivated {target}",
  "member.reactivated": "reactivated {target}",
  "member.deleted": "deleted {target}",
  "member.saml.linked": "linked {target} to their account",
  "group.created": "created the group {target}",
  "group.updated": "changed the group {target}",
  "group.deleted": "deleted the group {target}",
  "group.members.changed": "changed who is in the group {target}",
  "board.created": "created the board {target}",
  "board.renamed": "renamed the board {target}",
  "board.deleted": "deleted the board {target}",
  "board.restored": "brought back the board {target}",
  "saml.saved": "saved single sign-on",
  "saml.updated": "changed how people sign in",
  "saml.removed": "removed single sign-on",
  "scim.enabled": "turned SCIM provisioning on",
  "scim.disabled": "turned SCIM provisioning off",
  "scim.token.revealed": "revealed the secret token",
  "scim.token.rotated": "rotated the secret token",
  "scim.token.revoked": "revoked a secret token",
  "scim.client.created": "created the provisioning client {target}",
  "scim.client.revoked": "revoked the provisioning client {target}",
  "scim.client.secret.added": "made a new secret for the provisioning client {target}",
  "scim.client.secret.revoked": "revoked a secret of the provisioning client {target}",
  "scim.log.exported": "exported the provisioning log",
  "scim.self_test.run": "ran the provisioning self-test",
  "signin.succeeded": "let {target} sign in",
  "signin.refused": "refused a sign-in",
};

const ACTORS: Readonly<Record<string, string>> = {
  scim: "Entra",
  saml: "Single sign-on",
  cli: "The command line",
  system: "Chalkroom",
};

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export interface AuditWords {
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly details: unknown;
}

/** An audit event as a sentence: who, then what. */
export function auditSentence(event: AuditWords): { readonly who: string; readonly what: string } {
  const pattern = SENTENCES[event.action];
  const target = targetName(event);
  const what =
    pattern === undefined
      ? spellOut(event.action, target)
      : pattern.replace("{target}", target ?? "somebody");
  return { who: ACTORS[event.actor] ?? event.actor, what };
}

/** A name from the details is better than an id; of an id the end is enough to tell two apart. */
function targetName({ target, details }: AuditWords): string | null {
  if (typeof details === "object" && details !== null) {
    for (const key of ["title", "displayName", "name"]) {
      const value = (details as Readonly<Record<string, unknown>>)[key];
      if (typeof value === "string" && value !== "") return value;
    }
  }
  return target === null ? null : target.replace(UUID, (id) => `…${id.slice(-6)}`);
}

function spellOut(action: string, target: string | null): string {
  const words = action.replace(/[._-]+/g, " ");
  return target === null ? words : `${words}: ${target}`;
}
