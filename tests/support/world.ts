import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { startApp, type App, type Variables } from "./app";
import { startTestIdp, type SigningKey, type TestIdp, type TestPerson } from "./idp/index";

export const OWNER = {
  name: "Olga Owner",
  email: "olga@acme.example",
  password: "correct horse battery staple",
} as const;

/** Who the test identity provider knows. Nobody of them is a member before signing in or being provisioned. */
const PEOPLE: readonly TestPerson[] = [
  person(1, "Ana Ruiz", "Ana", "Ruiz"),
  person(2, "Bo Lind", "Bo", "Lind"),
  person(3, "Chidi Obi", "Chidi", "Obi"),
];

function person(index: number, displayName: string, givenName: string, surname: string): TestPerson {
  const userName = `${givenName}.${surname}@contoso.example`.toLowerCase();
  return {
    userName,
    objectId: `00000000-0000-4000-8000-00000000000${index}`,
    email: userName,
    displayName,
    givenName,
    surname,
  };
}

/** A server with a workspace whose single sign-on and provisioning are set up. Plain data: it travels between processes. */
export interface World {
  readonly baseUrl: string;
  readonly port: number;
  readonly dataDir: string;
  /** The variables with which a command reaches the same data. */
  readonly env: Variables;
  readonly metricsToken: string;
  readonly workspace: { readonly id: string; readonly slug: string; readonly ownerId: string };
  readonly owner: typeof OWNER;
  readonly saml: {
    readonly entityId: string;
    readonly acsUrl: string;
    readonly loginUrl: string;
    readonly metadataUrl: string;
  };
  readonly scim: { readonly tenantUrl: string; readonly baseUrl: string; readonly token: string };
  readonly idp: {
    readonly origin: string;
    readonly entityId: string;
    readonly tenantId: string;
    readonly ssoUrl: string;
    readonly metadataXml: string;
    readonly key: SigningKey;
  };
}

/** The world with the processes behind it. */
export interface RunningWorld {
  readonly world: World;
  readonly app: App;
  readonly idp: TestIdp;
  dispose(): Promise<void>;
}

/**
 * Starts the app at http://localhost:PORT and the identity provider at http://127.0.0.1:PORT, which browsers take
 * for another site, and sets up workspace "acme" by the command line.
 */
export async function startWorld(options: { readonly env?: Variables } = {}): Promise<RunningWorld> {
  const metricsToken = "metrics-token-of-the-tests";
  const env = { CHALKROOM_ALLOW_TEST_SESSIONS: "1", METRICS_TOKEN: metricsToken, ...options.env };
  const idp = await startTestIdp({ host: "127.0.0.1", people: PEOPLE });
  let app: App | undefined;
  const dispose = async () => {
    await Promise.all([idp.close(), app?.dispose()]);
  };
  try {
    app = await startApp({ env });
    const workspace = (await app.cli(
      ["workspace", "create", "--slug", "acme", "--name", "Acme", "--owner-email", OWNER.email].concat([
        "--owner-name",
        OWNER.name,
        "--owner-password-stdin",
      ]),
      `${OWNER.password}\n`,
    )) as World["workspace"];
    const metadataFile = join(app.dataDir, "idp-metadata.xml");
    writeFileSync(metadataFile, idp.metadataXml);
    const saml = (await app.cli([
      "saml",
      "set",
      "--workspace",
      "acme",
      "--metadata",
      metadataFile,
      "--allow-idp-initiated",
      "true",
    ])) as World["saml"];
    idp.setApplication(saml);
    const scim = (await app.cli(["scim", "enable", "--workspace", "acme"])) as World["scim"];
    const { baseUrl, port, dataDir } = app;
    const { origin, entityId, tenantId, ssoUrl, metadataXml, key } = idp;
    const world: World = {
      baseUrl,
      port,
      dataDir,
      env: { ...env, DATA_DIR: dataDir },
      metricsToken,
      workspace,
      owner: OWNER,
      saml,
      scim,
      idp: { origin, entityId, tenantId, ssoUrl, metadataXml, key },
    };
    return { world, app, idp, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
