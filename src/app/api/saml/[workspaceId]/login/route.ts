import { answerLogin } from "#server/saml/index";
import { clientAddress } from "#server/trpc/request-context";

export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ readonly workspaceId: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerLogin(request, (await params).workspaceId, clientAddress(request.headers));
}
