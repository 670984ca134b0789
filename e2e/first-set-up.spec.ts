import { expect, test } from "@playwright/test";

import { startApp, type App } from "../tests/support/app";

import { HomePage } from "./pages/home-page";
import { SetupPage } from "./pages/setup-page";

let app: App;

test.beforeAll(async () => {
  app = await startApp();
});

test.afterAll(async () => {
  await app.dispose();
});

test("a fresh server is claimed with the code from its log, and only once", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: app.baseUrl });
  const page = await context.newPage();
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
  const setup = new SetupPage(page);
  const person = {
    workspaceName: "Acme & Söhne",
    ownerName: "Olga Owner",
    ownerEmail: "olga@acme.example",
    password: "correct horse battery staple",
  };

  await setup.submit({ ...person, code: "AAAA-BBBB-CCCC" });
  await expect(setup.problem).toBeVisible();
  await setup.submit({ ...person, code: app.setupCode ?? "" });
  await page.waitForURL(/\/w\/acme-sohne$/);
  await expect(page.getByRole("button", { name: /Acme & Söhne/ })).toBeVisible();

  // The code is spent: a stranger who finds it in the log later gets nothing.
  const stranger = await (await browser.newContext({ baseURL: app.baseUrl })).newPage();
  await stranger.goto("/setup");
  await expect(stranger).not.toHaveURL(/\/setup$/);
});

test("the owner makes, renames, deletes and brings back a board", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: app.baseUrl })).newPage();
  await page.goto("/signin");
  await page.getByLabel("E-mail").fill("olga@acme.example");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByLabel("Password").fill("correct horse battery staple");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/w\/acme-sohne$/);

  const home = new HomePage(page, "acme-sohne");
  await home.createBoard();
  await home.open();
  await home.renameBoard("Untitled board", "Roadmap");
  await expect(home.board("Roadmap")).toBeVisible();
  await home.deleteBoard("Roadmap");
  await expect(home.board("Roadmap")).toBeHidden();
  await home.undo();
  await expect(home.board("Roadmap")).toBeVisible();
  await page.reload();
  await expect(home.board("Roadmap")).toBeVisible();
  await home.chooseInWorkspaceMenu("Sign out");
  await page.waitForURL(/\/signin/);
  await home.open();
  await expect(page).toHaveURL(/\/signin/);
});
