import type { IncomingMessage, ServerResponse } from "node:http";

import { answerScim } from "../handle-scim";
import { badRequest } from "../scim-error";
import { SCIM_BASE_PATH } from "../url";
import type { ScimMessage, ScimReply } from "./message";

/** The way into the SCIM core from node's own HTTP server, without Next and without Web streams. */
export interface ScimDoor {
  /** @returns whether the request, its URL normalised, is SCIM's; it will then be answered here. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Resolves as soon as no request is under way. Those that come later are not waited for. */
  idle(): Promise<void>;
}

export function createScimDoor(): ScimDoor {
  const underWay = new Set<Promise<void>>();
  return {
    handle(request, response) {
      if (!isScimTarget(request.url ?? "")) return false;
      const answer = answerOnNode(request, response).finally(() => underWay.delete(answer));
      underWay.add(answer);
      return true;
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}

function isScimTarget(target: string): boolean {
  if (!target.startsWith(SCIM_BASE_PATH)) return false;
  const next = target[SCIM_BASE_PATH.length];
  return next === undefined || next === "/" || next === "?";
}

async function answerOnNode(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await answerScim(nodeMessage(request));
  // Who has gone away is not waited for; what they asked for is done all the same.
  if (!response.destroyed) await write(response, reply, request.method === "HEAD");
}

function nodeMessage(request: IncomingMessage): ScimMessage {
  return {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    header(name) {
      const value = request.headers[name];
      return typeof value === "string" ? value : null;
    },
    readBody: (maxBytes) => readBody(request, maxBytes),
  };
}

/**
 * Counts while reading, like `readLimitedBody`. What comes behind the limit is read and forgotten: a client that
 * is still sending when the connection closes would never see its 413.
 * @throws ScimError 400 when the client goes away before the end
 */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const gone = () => reject(badRequest("invalidSyntax", "The request ended before its body."));
    // Who went away while their token was looked up gives no further sign.
    if (request.destroyed) return gone();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve(null);
    });
    request.once("end", () => {
      // A close follows every end, and an error with its stack is dear.
      request.off("close", gone);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    request.once("error", gone);
    request.once("close", gone);
  });
}

function write(
  response: ServerResponse,
  { status, headers, text }: ScimReply,
  isHead: boolean,
): Promise<void> {
  const length = text === null ? {} : { "Content-Length": Buffer.byteLength(text) };
  response.writeHead(status, { ...headers, ...length });
  return new Promise((resolve) => {
    // A client that reads no more closes, and then nothing finishes.
    response.once("close", resolve);
    response.end(isHead || text === null ? undefined : text, () => resolve());
  });
}
