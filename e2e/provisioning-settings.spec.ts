import { expect, test } from "@playwright/test";

import { startTestIdp, type TestIdp } from "../tests/support/idp/index";
import { startApp, type App } from "../tests/support/app";

import { HomePage } from "./pages/home-page";
import { ProvisioningSettingsPage } from "./pages/provisioning-settings-page";
import { SignInPage } from "./pages/sign-in-page";
import { SsoSettingsPage } from "./pages/sso-settings-page";

const OWNER = { email: "olga@nord.example", password: "correct horse battery staple" };
let app: App;
let idp: TestIdp;

test.beforeAll(async () => {
  [app, idp] = await Promise.all([startApp(), startTestIdp({ host: "127.0.0.1", people: [] })]);
  await app.cli(
    ["workspace", "create", "--slug", "nord", "--name", "Nord", "--owner-name", "Olga"].concat([
      "--owner-email",
      OWNER.email,
      "--owner-password-stdin",
    ]),
    `${OWNER.password}\n`,
  );
});

test.afterAll(async () => {
  await Promise.all([app.dispose(), idp.close()]);
});

const users = (token: string) =>
  fetch(`${app.baseUrl}/public-api/scim-v2/?aadOptscim062020/Users`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: "manual",
  });

test("an administrator connects single sign-on, then provisioning, and reveals the token", async ({
  browser,
}) => {
  const page = await (await browser.newContext({ baseURL: app.baseUrl })).newPage();
  await new SignInPage(page).open({ workspace: "nord" });
  await new SignInPage(page).signInWithPassword(OWNER.email, OWNER.password);
  await page.waitForURL("**/w/nord");
  await new HomePage(page, "nord").chooseInWorkspaceMenu("Workspace settings");

  const provisioning = new ProvisioningSettingsPage(page, "nord");
  await provisioning.open();
  await expect(provisioning.scimSwitch).toBeDisabled();
  await expect(provisioning.tabs).toHaveText(["Overview", "Connect"]);

  const sso = new SsoSettingsPage(page, "nord");
  await sso.open();
  await expect(sso.identifier).toHaveValue(/\/saml\/[0-9a-f-]{36}$/);
  await expect(sso.replyUrl).toHaveValue(/\/api\/saml\/[0-9a-f-]{36}\/acs$/);
  await sso.pasteMetadata("<not-metadata/>");
  await expect(sso.problem).toBeVisible();
  await sso.uploadMetadata(idp.metadataXml);
  await expect(sso.review).toContainText(idp.entityId);
  await expect(sso.review).toContainText(idp.ssoUrl);
  await sso.save();

  await provisioning.open();
  await provisioning.turnOn();
  await expect(provisioning.status).toHaveText("Entra has not called yet");
  await expect(provisioning.tenantUrl).toHaveValue(`${app.baseUrl}/public-api/scim-v2/?aadOptscim062020`);
  const token = await provisioning.reveal();
  expect((await users(token)).status).toBe(200);
  await provisioning.hide();
  expect(await provisioning.reveal()).toBe(token);

  await page.goto("/w/nord/settings/audit");
  await expect(page.getByText(/revealed/i).first()).toBeVisible();

  await sso.open();
  await sso.remove();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  expect((await users(token)).status).toBe(403);
});
