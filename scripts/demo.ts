/**
 * A sample workspace to look around in, made by the same commands and requests that a real one is made by:
 * boards, a local test identity provider, and a provisioning run shaped like Entra's, up to the cut-off.
 * `--once` ends after the run; else everything keeps running until Ctrl-C.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { writeBoardFile } from "#editor/io/board-file";
import { removeDataFolder } from "#server/db/embedded/cluster";

import { ROOT, startApp, stopPostmaster, type App } from "../tests/support/app";
import { startTestIdp, type TestIdp } from "../tests/support/idp/index";
import { demoBoards } from "./demo/boards";
import { ANA, BO, CHIDI, OWNER, TILE_PEOPLE } from "./demo/people";
import { playStory } from "./demo/story";

const dataDir = process.env["DATA_DIR"] || join(ROOT, ".data", "demo");
const port = Number(process.env["PORT"] || 3000);
const idpPort = Number(process.env["IDP_PORT"] || port + 1);
const once = process.argv.includes("--once");
const running: { app?: App; idp?: TestIdp } = {};

let ending: Promise<never> | undefined;

const say = (line = "") => void process.stdout.write(`${line}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(once ? 130 : 0));
try {
  await main();
  if (once) await end(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}

function end(status: number): Promise<never> {
  ending ??= (async () => {
    await running.idp?.close();
    await running.app?.stop();
    process.exit(status);
  })();
  return ending;
}

async function main(): Promise<void> {
  await requireFreePort(port, "PORT");
  await requireFreePort(idpPort, "IDP_PORT");
  // The demo is told from its beginning each time; nothing in this folder is anybody's work.
  await stopPostmaster(dataDir);
  removeDataFolder(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });

  say("Starting Chalkroom (the first start builds it, which takes a minute or two) …");
  const app = (running.app = await startApp({ port, dataDir, env: { CHALKROOM_ALLOW_TEST_SESSIONS: "1" } }));
  // "localhost" and "127.0.0.1" are two sites for a browser, as an identity provider's and ours are.
  const idp = (running.idp = await startTestIdp({ host: "127.0.0.1", port: idpPort, people: TILE_PEOPLE }));
  say(`Chalkroom is ready on ${app.baseUrl} after ${(app.startMs / 1000).toFixed(1)} s.`);

  const made = await makeWorkspace(app, idp);
  const { cutOffMs } = await playStory({ baseUrl: app.baseUrl, idp, say, ...made });
  say(`\nFrom the SCIM PATCH to the closed socket: ${cutOffMs.toFixed(1)} ms.`);
  if (!once) tellWhatToOpen(app, idp, made.scim.token);
}

async function makeWorkspace(app: App, idp: TestIdp) {
  const workspace = ["--workspace", "contoso"];
  await app.cli(
    [
      "workspace",
      "create",
      "--slug",
      "contoso",
      "--name",
      "Contoso Design",
      "--owner-email",
      OWNER.email,
    ].concat(["--owner-name", OWNER.name, "--owner-password-stdin"]),
    `${OWNER.password}\n`,
  );
  let boardId = "";
  for (const { title, records } of demoBoards()) {
    const board = (await app.cli(["board", "import", "-", ...workspace], writeBoardFile(title, records))) as {
      id: string;
      shapes: number;
    };
    boardId = board.id;
    say(`Board “${title}”: ${board.shapes} shapes.`);
  }
  const metadata = join(dataDir, "idp-metadata.xml");
  writeFileSync(metadata, idp.metadataXml);
  const saml = (await app.cli([
    "saml",
    "set",
    ...workspace,
    "--metadata",
    metadata,
    "--allow-idp-initiated",
    "true",
  ])) as {
    entityId: string;
    acsUrl: string;
  };
  idp.setApplication(saml);
  const scim = (await app.cli(["scim", "enable", ...workspace])) as {
    tenantUrl: string;
    baseUrl: string;
    token: string;
  };
  say("Single sign-on and SCIM provisioning are on.");
  return { acsUrl: saml.acsUrl, scim, boardId };
}

function tellWhatToOpen(app: App, idp: TestIdp, token: string): void {
  say(`
Look around until you press Ctrl-C:

  ${app.baseUrl}/signin?workspace=contoso
      as the owner, with a password: ${OWNER.email} / ${OWNER.password}
      or by single sign-on, which leads to the test identity provider
  ${idp.origin}
      the provider's own page, like My Apps: pick a person and you are signed in
      ${ANA.displayName} (editor), ${BO.displayName} (editor, Ana's manager), ${CHIDI.displayName} (deleted: refused)
  ${app.baseUrl}/w/contoso/settings/provisioning
      what an administrator sees of it

Cut Ana off by yourself while she draws (in one browser as Ana, in a terminal):
  DATA_DIR=${dataDir} npm run -s cli -- member deactivate --workspace contoso --email ${ANA.mail}
or as Entra would, with the bearer token ${token}
`);
}

/** Found out before anything is deleted: the port may be that of the demo that is running already. */
function requireFreePort(wanted: number, name: string): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", () =>
      fail(new Error(`Port ${wanted} is in use. Choose another one: ${name}=… npm run demo`)),
    );
    probe.listen(wanted, () => probe.close(() => done()));
  });
}
