/**
 * A server whose SCIM requests go through Next's router to the route handler, as behind any host of Next that is not
 * our server.ts. Works on the data of an app that runs already.
 */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import next from "next";

import { listen } from "../../../src/server/boot/http-server";
import { prepareRuntime } from "../../../src/server/boot/prepare-runtime";
import { provideEnv } from "../../../src/server/kernel/env";
import { normalizeScimUrl } from "../../../src/server/scim/index";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runtime = await prepareRuntime(root);
let handle: ReturnType<ReturnType<typeof next>["getRequestHandler"]> | null = null;
const server = createServer((request, response) => {
  request.url = normalizeScimUrl(request.url ?? "/");
  void handle!(request, response);
});
const port = await listen(server, 0, "localhost");
provideEnv({ port, publicUrl: `http://localhost:${port}` });
const app = next({ dev: false, dir: root, port, hostname: "localhost", httpServer: createServer() });
await app.prepare();
handle = app.getRequestHandler();
process.once("SIGTERM", () => void stop());
process.stdout.write(`Next door ready on http://localhost:${port}\n`);

async function stop(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await app.close();
  await runtime.release();
  process.exit(0);
}
