import { fetchRequestHandler } from "@trpc/server/adapters/fetch";

import { withLimitedBody } from "#server/kernel/limited-body";
import { createContext } from "#server/trpc/request-context";
import { appRouter } from "#server/trpc/root";

export const dynamic = "force-dynamic";

/** Metadata of 1 MiB, escaped for JSON, is the largest input there is. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Our pages ask for a handful at once; each costs queries, also for a stranger. */
const MAX_BATCH = 50;

async function handler(request: Request): Promise<Response> {
  const limited = await withLimitedBody(request, MAX_BODY_BYTES);
  if (!limited) return tooLarge();
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: limited,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: ({ resHeaders }) =>
      createContext(request.headers, (cookie) => resHeaders.append("set-cookie", cookie)),
  });
}

/** In tRPC's own form, so that the client shows the message. */
function tooLarge(): Response {
  const message = "The request is too large. Nothing was changed.";
  const data = {
    code: "PAYLOAD_TOO_LARGE",
    httpStatus: 413,
    path: null,
    appCode: "TOO_LARGE",
    invalid: null,
  };
  return Response.json({ error: { json: { message, code: -32013, data } } }, { status: 413 });
}

export { handler as GET, handler as POST };
