import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

import { makeSigningKey } from "./idp/self-signed";

/** A request as it reached the proxy, with the target exactly as it stood in the request line. */
export interface Seen {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What goes wrong: look at a request, pass it on (changed or not), answer. Null cuts the connection. */
export type Defect = (seen: Seen, pass: (seen: Seen) => Promise<Reply>) => Promise<Reply | null>;

export interface HostileProxy {
  readonly origin: string;
  /** What goes wrong from now on. */
  set(defect: Defect): void;
  close(): Promise<void>;
}

export const harmless: Defect = (seen, pass) => pass(seen);

/** A proxy in front of `upstream`, as badly set up as the defect says. */
export async function startHostileProxy(
  upstream: (seen: Seen) => Promise<Reply>,
  options: { readonly tls?: boolean } = {},
): Promise<HostileProxy> {
  let defect = harmless;
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const reply = await defect(await readRequest(request), upstream);
    if (reply === null) response.destroy();
    else response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
  };
  const handle = (request: IncomingMessage, response: ServerResponse) => void listener(request, response);
  const server = options.tls ? createTlsServer(selfSigned(), handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    set: (next) => {
      defect = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function selfSigned(): { key: string; cert: string } {
  const { privateKeyPem, certificatePem } = makeSigningKey();
  return { key: privateKeyPem, cert: certificatePem };
}

async function readRequest(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
