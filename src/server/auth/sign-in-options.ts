import { findConnection, serviceProviderUrls } from "#server/saml/index";
import { findFirstWorkspace, findWorkspaceBySlug } from "#server/workspaces/index";

/** What the sign-in page may offer. */
export interface SignInOptions {
  readonly workspace: { readonly slug: string; readonly name: string } | null;
  readonly saml: boolean;
  /** Where "Sign in with your company account" leads, on this site. */
  readonly samlLoginUrl: string | null;
  readonly password: boolean;
}

/**
 * The ways into the named workspace, or into the only one this server began with. An unknown name offers a
 * password like any other, so that the answer does not list workspaces.
 */
export async function findSignInOptions(workspaceSlug?: string): Promise<SignInOptions> {
  const workspace = workspaceSlug ? await findWorkspaceBySlug(workspaceSlug) : await findFirstWorkspace();
  const connection = workspace && (await findConnection(workspace.id));
  return {
    workspace: workspace && { slug: workspace.slug, name: workspace.name },
    saml: connection !== null,
    samlLoginUrl: connection && serviceProviderUrls(connection.workspaceId).loginUrl,
    // Owners keep theirs even where SAML is enforced.
    password: true,
  };
}
