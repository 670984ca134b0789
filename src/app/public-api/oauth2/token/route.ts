import { answerTokenRequest } from "#server/scim/index";
import { clientAddress } from "#server/trpc/request-context";

export const dynamic = "force-dynamic";

/** OAuth 2.0 access tokens for SCIM; the client proves itself in the request. */
export function POST(request: Request): Promise<Response> {
  return answerTokenRequest(request, clientAddress(request.headers));
}
