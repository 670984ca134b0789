import { answerAcs } from "#server/saml/index";
import { clientAddress } from "#server/trpc/request-context";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ readonly workspaceId: string }>;
}

// No origin check here: the POST comes from the identity provider's page, that is what this address is for.
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return answerAcs(request, (await params).workspaceId, clientAddress(request.headers));
}
