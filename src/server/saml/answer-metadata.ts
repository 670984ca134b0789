import { findWorkspaceById } from "#server/workspaces/index";

import { METADATA_CONTENT_TYPE, writeServiceProviderMetadata } from "./metadata/service-provider-metadata";

/** Our metadata for a workspace; public, like any service provider's. Unknown workspaces are 404 as JSON. */
export async function answerMetadata(workspaceId: string): Promise<Response> {
  const workspace = await findWorkspaceById(workspaceId);
  if (!workspace) return Response.json({ error: "There is no such workspace." }, { status: 404 });
  return new Response(writeServiceProviderMetadata(workspace.id), {
    headers: { "content-type": METADATA_CONTENT_TYPE, "cache-control": "no-store" },
  });
}
