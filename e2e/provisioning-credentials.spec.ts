import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test, type Page } from "@playwright/test";

import { startApp, type App } from "../tests/support/app";
import { startTestIdp, type TestIdp } from "../tests/support/idp/index";

import { ProvisioningCredentialsPage } from "./pages/provisioning-credentials-page";
import { ProvisioningSelfTestPage } from "./pages/provisioning-self-test-page";

const OWNER = "olga@fjord.example";
let app: App;
let idp: TestIdp;
let token: string;
let page: Page;

test.beforeAll(async ({ browser }) => {
  [app, idp] = await Promise.all([
    startApp({ env: { CHALKROOM_ALLOW_TEST_SESSIONS: "1" } }),
    startTestIdp({ host: "127.0.0.1", people: [] }),
  ]);
  const owner = ["--owner-name", "Olga", "--owner-email", OWNER, "--owner-password-stdin"];
  await app.cli(
    ["workspace", "create", "--slug", "fjord", "--name", "Fjord", ...owner],
    "correct horse battery staple\n",
  );
  const metadata = join(app.dataDir, "idp-metadata.xml");
  writeFileSync(metadata, idp.metadataXml);
  await app.cli(["saml", "set", "--workspace", "fjord", "--metadata", metadata]);
  token = ((await app.cli(["scim", "enable", "--workspace", "fjord"])) as { token: string }).token;
  const cookie = (await app.cli(["session", "create", "--workspace", "fjord", "--email", OWNER])) as {
    name: string;
    value: string;
  };
  const context = await browser.newContext({ baseURL: app.baseUrl });
  await context.addCookies([{ name: cookie.name, value: cookie.value, url: app.baseUrl, httpOnly: true }]);
  page = await context.newPage();
});

test.afterAll(async () => {
  await Promise.all([app.dispose(), idp.close()]);
});

const scim = (bearer: string, path = "/Users") =>
  fetch(`${app.baseUrl}/public-api/scim-v2${path}`, { headers: { authorization: `Bearer ${bearer}` } });
const total = async (path: string) =>
  ((await (await scim(token, path)).json()) as { totalResults: number }).totalResults;

test("the self-test goes through every step in the browser, and leaves nobody behind", async () => {
  const before = [await total("/Users"), await total("/Groups")];
  const selfTest = new ProvisioningSelfTestPage(page, "fjord");
  await selfTest.open();
  await selfTest.runByKeyboard();
  // Nobody outside reaches localhost, and that is all there is to say.
  await expect(selfTest.result).toContainText("It works, with 1 remark.");
  await expect(selfTest.result).toContainText("PUBLIC_URL");
  await expect(selfTest.step("Leave nothing of the test behind")).toContainText("Fine");
  await expect(page.getByText("Failed", { exact: true })).toHaveCount(0);
  await expect(page.getByText("Skipped", { exact: true })).toHaveCount(0);
  const step = selfTest.step("Deactivate the person");
  await step.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(step.getByLabel("Request", { exact: true })).toContainText('"value": "False"');
  await expect(step.getByLabel("Request", { exact: true })).toContainText("Bearer [token]");

  expect([await total("/Users"), await total("/Groups")]).toEqual(before);
  expect(await total("/Users?filter=userName+co+%22self-test%22")).toBe(0);
  await page.goto("/w/fjord/settings/members");
  await expect(page.getByText("Olga").first()).toBeVisible();
  await expect(page.getByText(/self-test/i)).toHaveCount(0);
  await page.goto("/w/fjord/settings/audit");
  await expect(page.getByText("ran the provisioning self-test")).toHaveCount(1);
  await expect(page.getByText(/chalkroom self-test/i)).toHaveCount(0);
});

test("rotating with an overlap keeps the old token alive until it is revoked", async () => {
  const credentials = new ProvisioningCredentialsPage(page, "fjord");
  await credentials.open();
  const next = await credentials.rotate();
  expect(next).not.toBe(token);
  await expect(credentials.tokens).toHaveCount(2);
  await expect(credentials.tokens.filter({ hasText: token.slice(-4) })).toContainText("Ends in 24 hours");
  expect([(await scim(token)).status, (await scim(next)).status]).toEqual([200, 200]);
  await credentials.revokeToken(token);
  await expect(credentials.tokens).toHaveCount(1);
  expect([(await scim(token)).status, (await scim(next)).status]).toEqual([401, 200]);
  token = next;
});

test("an OAuth client's secret, shown once, fetches a token that reads people", async () => {
  const credentials = new ProvisioningCredentialsPage(page, "fjord");
  await credentials.open();
  const { tokenEndpoint, clientId, secret } = await credentials.createClient("Entra, production");
  await expect(credentials.clients).toHaveText(["Entra, production"]);
  await expect(page.getByText(secret)).toHaveCount(0);
  const answer = await fetch(tokenEndpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: secret,
    }),
  });
  expect(answer.status).toBe(200);
  const { access_token: accessToken } = (await answer.json()) as { access_token: string };
  expect((await scim(accessToken)).status).toBe(200);
});
