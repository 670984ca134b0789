import type { Role } from "#generated/prisma/enums";
import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope, type WorkspaceTx } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { AppError } from "#server/kernel/errors";
import { hasInvisible } from "#server/kernel/storable";

import {
  findWorkspaceById,
  findWorkspaceBySlug,
  insertWorkspace,
  updateWorkspaceRow,
  type Workspace,
} from "./workspaces.repo";

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** A slug made of a name: "Acme & Söhne" → "acme-sohne". Falls back to "workspace". */
export function slugFromName(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return slug === "" ? "workspace" : slug;
}

/**
 * Makes the workspace of the transaction's scope, without members: the caller adds its owner.
 * @throws AppError BAD_INPUT for a slug or name that cannot be used, CONFLICT when the slug is taken.
 */
export async function createWorkspace(
  tx: WorkspaceTx,
  input: { readonly slug: string; readonly name: string },
): Promise<Workspace> {
  if (!SLUG.test(input.slug)) {
    throw new AppError("BAD_INPUT", "A slug has 1 to 40 lower-case letters, digits and inner hyphens.");
  }
  return insertWorkspace(tx, { slug: input.slug, name: workspaceName(input.name) });
}

function workspaceName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === "" || trimmed.length > 80) {
    throw new AppError("BAD_INPUT", "A workspace's name has 1 to 80 characters.");
  }
  if (hasInvisible(trimmed)) {
    throw new AppError("BAD_INPUT", "The workspace's name has characters that cannot be shown.");
  }
  return trimmed;
}

/** Renames a workspace or changes the role that newcomers get. */
export async function updateWorkspace(
  scope: WorkspaceScope,
  actor: Actor,
  input: { readonly name?: string | undefined; readonly defaultRole?: Role | undefined },
): Promise<Workspace> {
  return inWorkspaceTx(scope, async (tx) => {
    const changes = {
      ...(input.name === undefined ? {} : { name: workspaceName(input.name) }),
      ...(input.defaultRole === undefined ? {} : { defaultRole: newcomerRole(input.defaultRole) }),
    };
    await recordAudit(tx, { actor, action: "workspace.updated", details: changes });
    return updateWorkspaceRow(tx, changes);
  });
}

/** Newcomers never become administrators by themselves. */
function newcomerRole(role: Role): Role {
  if (role === "editor" || role === "viewer") return role;
  throw new AppError("BAD_INPUT", "Newcomers can be editors or viewers.");
}

/** @throws AppError NOT_FOUND */
export async function getWorkspaceBySlug(slug: string): Promise<Workspace> {
  const workspace = await findWorkspaceBySlug(slug);
  if (!workspace) throw new AppError("NOT_FOUND", "There is no such workspace.");
  return workspace;
}

/** @throws AppError NOT_FOUND */
export async function getWorkspaceById(id: string): Promise<Workspace> {
  const workspace = await findWorkspaceById(id);
  if (!workspace) throw new AppError("NOT_FOUND", "There is no such workspace.");
  return workspace;
}
