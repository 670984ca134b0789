import { randomBytes } from "node:crypto";

import { createMember, type Member, type NewMember } from "../../src/server/directory/index";
import { db, inWorkspaceTx, workspaceScope, type WorkspaceScope } from "../../src/server/db/index";
import type { MemberActor } from "../../src/server/kernel/actor";
import { newId } from "../../src/server/kernel/ids";
import { createSession } from "../../src/server/sessions/index";
import { createWorkspace, type Workspace } from "../../src/server/workspaces/index";

const suffix = () => randomBytes(4).toString("hex");

/** A workspace with nobody in it. */
export async function makeWorkspace(
  input: { readonly slug?: string; readonly name?: string } = {},
): Promise<{ workspace: Workspace; scope: WorkspaceScope }> {
  const scope = workspaceScope(newId());
  const workspace = await inWorkspaceTx(scope, (tx) =>
    createWorkspace(tx, { slug: `acme-${suffix()}`, name: "Acme", ...input }),
  );
  return { workspace, scope };
}

/** A member, an active editor unless told otherwise. */
export async function makeMember(scope: WorkspaceScope, input: Partial<NewMember> = {}): Promise<Member> {
  const userName = input.userName ?? `person-${suffix()}@example.test`;
  return inWorkspaceTx(scope, (tx) =>
    createMember(
      tx,
      { kind: "system", workspaceId: scope.workspaceId },
      { role: "editor", source: "invitation", email: userName, name: userName, ...input, userName },
    ),
  );
}

/** A signed-in session of a member: the actor that requests would have, and the cookie's token. */
export async function makeSession(
  scope: WorkspaceScope,
  member: Member,
): Promise<{ token: string; actor: MemberActor }> {
  const { token, sessionId } = await inWorkspaceTx(scope, (tx) =>
    createSession(tx, { memberId: member.id, method: "test" }),
  );
  return {
    token,
    actor: {
      kind: "member",
      workspaceId: scope.workspaceId,
      memberId: member.id,
      sessionId,
      role: member.role,
      name: member.name,
      email: member.email,
    },
  };
}

/** A minimal SAML connection row, for tests that need SAML configured but never sign in. */
export async function makeSamlConnection(scope: WorkspaceScope): Promise<void> {
  await db().samlConnection.create({
    data: {
      id: newId(),
      workspaceId: scope.workspaceId,
      idpEntityId: "https://idp.example.test/",
      ssoUrl: "https://idp.example.test/sso",
      certificates: [],
      metadataXml: "<EntityDescriptor/>",
    },
  });
}
