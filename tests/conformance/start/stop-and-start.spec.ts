import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { findPostmaster, ROOT, startApp, type App } from "../../support/app";
import { openBoardSocket } from "../../support/board-socket";

let app: App | undefined;
let again: App | undefined;

afterEach(async () => {
  await again?.dispose();
  await app?.dispose();
  app = again = undefined;
});

const OWNER = ["--owner-email", "ann@acme.example", "--owner-name", "Ann", "--owner-password-stdin"];

/** A workspace with one board, and its owner's cookie. */
async function makeBoard(target: App): Promise<{ boardId: string; cookie: string }> {
  await target.cli(
    ["workspace", "create", "--slug", "acme", "--name", "Acme", ...OWNER],
    "correct horse battery\n",
  );
  const { id } = (await target.cli(["board", "create", "--workspace", "acme"])) as { id: string };
  const { cookie } = (await target.cli([
    "session",
    "create",
    "--workspace",
    "acme",
    "--email",
    "ann@acme.example",
  ])) as { cookie: string };
  return { boardId: id, cookie };
}

describe("the second start", () => {
  it("builds nothing, is ready soon and finds the data of the first", async () => {
    app = await startApp({ env: { CHALKROOM_ALLOW_TEST_SESSIONS: "1" } });
    expect(app.setupCode).toMatch(/\S{8,}/);
    const { boardId } = await makeBoard(app);
    await app.stop();
    const builtAt = statSync(join(ROOT, "dist", "build.json")).mtimeMs;

    again = await startApp({ dataDir: app.dataDir });
    expect(again.output()).not.toContain("Building");
    expect(statSync(join(ROOT, "dist", "build.json")).mtimeMs).toBe(builtAt);
    expect(again.setupCode).toBeNull();
    expect(await again.cli(["board", "list", "--workspace", "acme"])).toMatchObject([{ id: boardId }]);
  });
});

describe("a running server", () => {
  it("goes on when whoever read its output has gone", async () => {
    app = await startApp({ env: { LOG_LEVEL: "info" } });
    app.closeOutput();
    for (let turn = 0; turn < 3; turn++) {
      // A refused metadata request and a broken cookie make lines of output.
      await fetch(`${app.baseUrl}/api/saml/none/login`, { redirect: "manual" });
      await fetch(`${app.baseUrl}/api/trpc/auth.me`, { headers: { cookie: "chalkroom.session=%%%" } });
    }
    const live = await fetch(`${app.baseUrl}/api/health/live`, { signal: AbortSignal.timeout(10_000) });
    expect(live.status).toBe(200);
    expect(await app.stop()).toBe(0);
  });
});

describe("the end", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("by %s stops the server and its database", async (signal) => {
    app = await startApp();
    expect(findPostmaster(app.dataDir)).not.toBeNull();
    expect(await app.stop(signal)).toBe(0);
    expect(findPostmaster(app.dataDir)).toBeNull();
    await expect(fetch(`${app.baseUrl}/api/health/live`)).rejects.toThrow();
  });

  it("comes by a signal to npm alone, as a service manager sends it", async () => {
    app = await startApp({ byNpm: true });
    expect(await app.stop("SIGTERM")).toBe(0);
    // A shell between npm and the server would die of the signal and leave the server running.
    expect(findPostmaster(app.dataDir)).toBeNull();
    await expect(fetch(`${app.baseUrl}/api/health/live`)).rejects.toThrow();
  });

  it("comes although sockets and requests are open", async () => {
    app = await startApp({ env: { CHALKROOM_ALLOW_TEST_SESSIONS: "1" } });
    const { boardId, cookie } = await makeBoard(app);
    const socket = await openBoardSocket({ baseUrl: app.baseUrl, boardId, cookie });
    expect(await app.stop()).toBe(0);
    expect((await socket.closed).code).toBe(1012);
    expect(findPostmaster(app.dataDir)).toBeNull();
  });
});

describe("after kill -9", () => {
  it("the next start takes over the database, and nothing that was acknowledged is gone", async () => {
    app = await startApp({ env: { CHALKROOM_ALLOW_TEST_SESSIONS: "1" } });
    const { boardId, cookie } = await makeBoard(app);
    const socket = await openBoardSocket({ baseUrl: app.baseUrl, boardId, cookie });
    for (let i = 0; i < 20; i++) {
      await socket.push([[`shape-${i}`, { kind: "rectangle", z: "a0", g: [i * 10, 0, 100, 50] }]]);
    }
    await app.kill9();
    const orphan = findPostmaster(app.dataDir);
    expect(orphan).not.toBeNull();

    again = await startApp({ dataDir: app.dataDir });
    expect(findPostmaster(app.dataDir)).toBe(orphan);
    const board = (await again.cli(["board", "export", "--workspace", "acme", boardId])) as {
      shapes: [string, unknown][];
    };
    expect(board.shapes.map(([id]) => id).sort()).toEqual(
      Array.from({ length: 20 }, (_, i) => `shape-${i}`).sort(),
    );
    expect(await again.stop()).toBe(0);
    expect(findPostmaster(app.dataDir)).toBeNull();
  });

  it("of server and database, too", async () => {
    app = await startApp({ env: { CHALKROOM_ALLOW_TEST_SESSIONS: "1" } });
    const { boardId, cookie } = await makeBoard(app);
    const socket = await openBoardSocket({ baseUrl: app.baseUrl, boardId, cookie });
    await socket.push([["survivor", { kind: "note", z: "a0", g: [0, 0, 180, 180], text: "still here" }]]);
    const postmaster = findPostmaster(app.dataDir)!;
    await app.kill9();
    process.kill(postmaster, "SIGKILL");

    again = await startApp({ dataDir: app.dataDir });
    expect(await again.cli(["board", "export", "--workspace", "acme", boardId])).toMatchObject({
      shapes: [["survivor", { text: "still here" }]],
    });
  });
});

describe("secrets", () => {
  it("lie in the data folder for its owner alone", async () => {
    app = await startApp();
    for (const name of ["app-secret", "postgres-password"]) {
      expect(statSync(join(app.dataDir, name)).mode & 0o077, name).toBe(0);
      expect(app.output()).not.toContain(readFileSync(join(app.dataDir, name), "utf8").trim());
    }
  });
});
