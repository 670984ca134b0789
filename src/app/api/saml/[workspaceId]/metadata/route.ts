import { answerMetadata } from "#server/saml/index";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ readonly workspaceId: string }>;
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return answerMetadata((await params).workspaceId);
}
