import { fetchRequestHandler } from "@trpc/server/adapters/fetch";

import { createContext } from "#server/trpc/request-context";
import { appRouter } from "#server/trpc/root";

export const dynamic = "force-dynamic";

function handler(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: ({ resHeaders }) =>
      createContext(request.headers, (cookie) => resHeaders.append("set-cookie", cookie)),
  });
}

export { handler as GET, handler as POST };
