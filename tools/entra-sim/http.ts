import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** Sends a request somewhere: over HTTP, or straight into a SCIM core. */
export type Send = (request: Request) => Promise<Response>;

const agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: 64 }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: 64 }),
};
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Sends a request over HTTP with the headers it has and no others: `fetch` would add a User-Agent and an Accept,
 * which Entra does not send, and a proxy that insists on them would stay undiscovered.
 */
export async function sendByHttp(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  if (body) headers["content-length"] = String(body.length);
  const options = { method: request.method, headers, signal: request.signal };
  const answer = await new Promise<IncomingMessage>((done, fail) => {
    const sent =
      url.protocol === "https:"
        ? httpsRequest(url, { ...options, agent: agents.https }, done)
        : httpRequest(url, { ...options, agent: agents.http }, done);
    sent.once("error", fail);
    sent.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const status = answer.statusCode ?? 0;
  const received = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) received.append(name, one);
  }
  const text = WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks);
  return new Response(text, { status, headers: received });
}
