/**
 * The one entrance: SCIM URLs are normalised before Next could redirect them, /realtime is upgraded here,
 * everything else is Next's. Starts the database and stops it, in this order, whatever ends the process.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";

import next from "next";

import { announceServer, withdrawServer } from "#server/boot/running-server";
import { isForgedByOtherSite, stampSecurity } from "#server/boot/browser-security";
import { findRequestProblem, listen, makeHttpServer, stampAddress } from "#server/boot/http-server";
import { prepareRuntime } from "#server/boot/prepare-runtime";
import { createShutdown, type Shutdown } from "#server/boot/shutdown";
import { issueSetupCode } from "#server/auth/index";
import { env, EnvError, provideEnv } from "#server/kernel/env";
import { log } from "#server/kernel/logger";
import { attachRealtime } from "#server/realtime/index";
import {
  closeProvisioningLog,
  createScimDoor,
  normalizeScimUrl,
  sweepProvisioningLog,
  sweepScimTokens,
  type ScimDoor,
} from "#server/scim/index";
import { sweepSessions } from "#server/sessions/index";

const SWEEP_MS = 3_600_000;
/** How long requests under way may take once the process is to end. */
const DRAIN_MS = 2_000;
/** How much longer SCIM requests may take: a batch of thousands, or one that waits for a lock. */
const SCIM_DRAIN_MS = 5_000;
/** The folder with .next and prisma: this file's own in development, its parent when it runs as dist/server.mjs. */
const root = fileURLToPath(new URL(import.meta.url.endsWith(".mjs") ? ".." : ".", import.meta.url));

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

// Whoever read our output may go away (a log collector, `| head`): Next answers a failed write by another write, for
// ever, and the server would hang at full load.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof EnvError ? error.message : explain(error)}\n`);
  process.exit(1);
}

/** One readable line, and the cause below it; the stack only for those who debug. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (env().logLevel === "debug") return error.stack ?? error.message;
  const cause = error.cause instanceof Error ? `\n  ${error.cause.message}` : "";
  return `Chalkroom could not start: ${error.message}${cause}`;
}

async function main(): Promise<void> {
  env();
  process.on("unhandledRejection", (error) => log().error({ err: error }, "a promise was left to itself"));
  const shutdown = createShutdown();
  const runtime = await prepareRuntime(root);
  await shutdown.add(() => runtime.release());
  try {
    await serve(shutdown);
  } catch (error) {
    await runtime.release();
    throw error;
  }
}

async function serve(shutdown: Shutdown): Promise<void> {
  const { port: wanted, host, production, dataDir } = env();
  let handle: Handler | null = null;
  const scim = createScimDoor();
  const server = makeHttpServer((request, response) => answer(request, response, scim, handle));
  const port = await listen(server, wanted, host);
  if (wanted === 0) provideEnv({ port, publicUrl: `http://localhost:${port}` });
  process.env["NEXTAUTH_URL"] = env().publicUrl;

  // Next adds an upgrade listener to the server it is given and closes our sockets with it; this one never listens.
  const sink = createServer();
  const app = next({ dev: !production, dir: root, port, hostname: host, httpServer: sink });
  await app.prepare();
  handle = app.getRequestHandler();
  const realtime = attachRealtime();
  server.on("upgrade", (request, socket, head) => {
    if (isRealtime(request.url)) realtime.handleUpgrade(request, socket, head);
    else if (!sink.emit("upgrade", request, socket, head)) socket.destroy();
  });
  await shutdown.add(() => closeProvisioningLog());
  await shutdown.add(async () => {
    withdrawServer(dataDir);
    const closed = new Promise((resolve) => server.close(resolve));
    await realtime.shutdown();
    await drain(server, scim, closed);
    await app.close();
  });
  sweepRegularly();
  announceServer(dataDir, env().publicUrl);
  await greet();
}

/** What can be answered without Next, and then Next. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  scim: ScimDoor,
  handle: Handler | null,
): void {
  stampSecurity(request, response);
  if (handle === null) {
    response.writeHead(503, { "retry-after": "1" }).end();
    return;
  }
  if (isRealtime(request.url)) {
    const body = { error: "This address speaks WebSocket only.", code: "UPGRADE_REQUIRED" };
    response.writeHead(426, { "content-type": "application/json", upgrade: "websocket" });
    response.end(JSON.stringify(body));
    return;
  }
  request.url = normalizeScimUrl(request.url ?? "/");
  const problem = findRequestProblem(request.method, request.url);
  if (problem) {
    response.writeHead(problem.status, { "content-type": problem.contentType }).end(problem.body);
    return;
  }
  if (isForgedByOtherSite(request)) {
    const body = { error: "Another site may not do this.", code: "FORBIDDEN" };
    response.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify(body));
    return;
  }
  stampAddress(request);
  if (!scim.handle(request, response)) void handle(request, response);
}

/** By its text alone: a hostile target such as "//" must not reach a parser that throws. */
function isRealtime(target = "/"): boolean {
  return target.split("?", 1)[0] === "/realtime";
}

async function drain(server: Server, scim: ScimDoor, closed: Promise<unknown>): Promise<void> {
  server.closeIdleConnections();
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await Promise.race([closed, pause(DRAIN_MS)]);
  // An identity provider counts a broken connection against us, and a write that it does not hear of twice.
  await Promise.race([scim.idle(), pause(SCIM_DRAIN_MS)]);
  server.closeAllConnections();
}

function sweepRegularly(): void {
  const sweep = () =>
    Promise.all([sweepSessions(), sweepScimTokens(), sweepProvisioningLog()]).catch((error: unknown) =>
      log().warn({ err: error }, "sweeping what has ended failed"),
    );
  setInterval(() => void sweep(), SWEEP_MS).unref();
}

async function greet(): Promise<void> {
  const { publicUrl, production } = env();
  const code = await issueSetupCode();
  if (code !== null) process.stdout.write(`Set-up code for ${publicUrl}/setup: ${code}\n`);
  if (!production) process.stdout.write("Development mode\n");
  process.stdout.write(`Chalkroom ready on ${publicUrl}\n`);
}
