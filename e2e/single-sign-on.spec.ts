import { expect, test } from "@playwright/test";

import { BoardPage } from "./pages/board-page";
import { SignInPage } from "./pages/sign-in-page";
import { provision, setActive } from "./session";
import { useWorld } from "./world";

const world = useWorld();
test.use({ baseURL: world.baseUrl });

test("a person signs in from a board's link and lands on that board", async ({ page }) => {
  const board = (await world.cli(["board", "create", "--workspace", "acme", "--title", "Shared link"])) as {
    id: string;
  };
  await page.goto(`/w/acme/board/${board.id}`);
  await expect(page).toHaveURL(/\/signin/);
  await new SignInPage(page).singleSignOn.click();
  await expect(page).toHaveURL((url) => url.origin === world.idp.origin);
  await page.getByRole("button", { name: /Ana Ruiz/ }).click();
  await page.waitForURL(`**/w/acme/board/${board.id}`);
  await new BoardPage(page).ready();
});

test("a person comes in by the tile of the identity provider", async ({ page }) => {
  await page.goto(`${world.idp.origin}/launch?user=bo.lind@contoso.example`);
  await page.waitForURL("**/w/acme");
  const session = (await (await page.request.get("/api/auth/session")).json()) as Record<string, unknown>;
  expect(session).toMatchObject({ user: { email: "bo.lind@contoso.example" }, workspace: { slug: "acme" } });
});

test("a deactivated person is refused in both directions and let in again after reactivation", async ({
  page,
}) => {
  const id = await provision(
    "chidi.obi@contoso.example",
    "Chidi Obi",
    "00000000-0000-4000-8000-000000000003",
  );
  expect(await setActive(id, false)).toBe(200);
  const signIn = new SignInPage(page);

  await page.goto(`${world.idp.origin}/launch?user=chidi.obi@contoso.example`);
  await expect(page).toHaveURL(/\/signin\?.*error=sso/);
  await expect(signIn.problem).toBeVisible();

  await signIn.open({ workspace: "acme" });
  await signIn.singleSignOn.click();
  await page.getByRole("button", { name: /Chidi Obi/ }).click();
  await expect(page).toHaveURL(/\/signin\?.*error=sso/);
  expect((await page.request.get("/api/trpc/auth.me")).status()).toBe(401);

  expect(await setActive(id, true)).toBe(200);
  await page.goto(`${world.idp.origin}/launch?user=chidi.obi@contoso.example`);
  await page.waitForURL("**/w/acme");
});
