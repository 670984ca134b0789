/**
 * The one entrance: SCIM URLs are normalised before Next could redirect them, /realtime is upgraded here,
 * everything else is Next's. Starts the database and stops it, in this order, whatever ends the process.
 */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import next from "next";

import { announceServer, withdrawServer } from "#server/boot/running-server";
import { findRequestProblem, listen, makeHttpServer, stampAddress } from "#server/boot/http-server";
import { prepareRuntime, type Runtime } from "#server/boot/prepare-runtime";
import { issueSetupCode } from "#server/auth/index";
import { env, EnvError, provideEnv } from "#server/kernel/env";
import { log } from "#server/kernel/logger";
import { attachRealtime } from "#server/realtime/index";
import { normalizeScimUrl } from "#server/scim/index";
import { sweepSessions } from "#server/sessions/index";
import { findFirstWorkspace } from "#server/workspaces/index";

const SWEEP_MS = 3_600_000;
const STOP_MS = 10_000;
/** The folder with .next and prisma: this file's own in development, its parent when it runs as dist/server.mjs. */
const root = fileURLToPath(new URL(import.meta.url.endsWith(".mjs") ? ".." : ".", import.meta.url));

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
  const settings = env();
  const runtime = await prepareRuntime(root);
  try {
    await serve(settings, runtime);
  } catch (error) {
    await runtime.release();
    throw error;
  }
}

async function serve(settings: ReturnType<typeof env>, runtime: Runtime): Promise<void> {
  const dev = !settings.production;
  // Next adds an upgrade listener to the server it is given and closes our sockets with it; this one never listens.
  const sink = createServer();
  const handlers = {
    request: undefined as ReturnType<ReturnType<typeof next>["getRequestHandler"]> | undefined,
  };

  const server = makeHttpServer((request, response) => {
    if (!handlers.request) {
      response.writeHead(503, { "retry-after": "1" }).end();
      return;
    }
    if (isRealtime(request.url)) {
      response.writeHead(426, { "content-type": "application/json", upgrade: "websocket" });
      response.end('{"error":"This address speaks WebSocket only.","code":"UPGRADE_REQUIRED"}');
      return;
    }
    request.url = normalizeScimUrl(request.url ?? "/");
    const problem = findRequestProblem(request.method, request.url);
    if (problem) {
      const { status, ...body } = problem;
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    stampAddress(request);
    void handlers.request(request, response);
  });
  const port = await listen(server, settings.port, settings.host);
  if (settings.port === 0) provideEnv({ port, publicUrl: `http://localhost:${port}` });
  process.env["NEXTAUTH_URL"] = env().publicUrl;

  const app = next({ dev, dir: root, port, hostname: settings.host, httpServer: sink });
  await app.prepare();
  handlers.request = app.getRequestHandler();

  const realtime = attachRealtime();
  server.on("upgrade", (request, socket, head) => {
    if (isRealtime(request.url)) {
      realtime.handleUpgrade(request, socket, head);
    } else if (!sink.emit("upgrade", request, socket, head)) {
      socket.destroy();
    }
  });

  const sweep = setInterval(() => {
    sweepSessions().catch((error: unknown) => log().warn({ err: error }, "sweeping sessions failed"));
  }, SWEEP_MS);
  sweep.unref();
  announceServer(settings.dataDir, env().publicUrl);
  await greet();

  process.on("unhandledRejection", (error) => log().error({ err: error }, "a promise was left to itself"));

  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log().info({ signal }, "stopping");
    setTimeout(() => process.exit(1), STOP_MS).unref();
    withdrawServer(settings.dataDir);
    const closed = new Promise((resolve) => server.close(resolve));
    await realtime.shutdown();
    server.closeIdleConnections();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2_000))]);
    server.closeAllConnections();
    await app.close();
    await runtime.release();
    process.exit(0);
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
}

/** By its text alone: a hostile target such as "//" must not reach a parser that throws. */
function isRealtime(target = "/"): boolean {
  return target.split("?", 1)[0] === "/realtime";
}

async function greet(): Promise<void> {
  const { publicUrl, production } = env();
  if ((await findFirstWorkspace()) === null) {
    const code = await issueSetupCode();
    process.stdout.write(`Set-up code for ${publicUrl}/setup: ${code}\n`);
  }
  if (!production) process.stdout.write("Development mode\n");
  process.stdout.write(`Chalkroom ready on ${publicUrl}\n`);
}
