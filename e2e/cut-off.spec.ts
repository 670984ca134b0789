import { expect, test } from "@playwright/test";

import { BoardPage } from "./pages/board-page";
import { provision, scim, setActive, signIn } from "./session";
import { useWorld } from "./world";

const world = useWorld();
test.use({ baseURL: world.baseUrl });

test("a person whom Entra deactivates while drawing is out at once, and what was saved stays", async ({
  page,
  context,
}) => {
  const id = await provision("gus@contoso.example", "Gus Gray");
  const board = (await world.cli(["board", "create", "--workspace", "acme", "--title", "Cut"])) as {
    id: string;
  };
  await signIn(context, "gus@contoso.example");
  const drawing = new BoardPage(page);
  await drawing.open("acme", board.id);
  await drawing.drawBox("r", [300, 250], [460, 350]);
  await drawing.toBeSaved();

  expect(await setActive(id, false)).toBe(200);

  await expect(page.getByText("You no longer have access to this workspace")).toBeVisible();
  expect((await page.request.get("/api/trpc/auth.me")).status()).toBe(401);
  expect((await page.request.get(`/api/board/${board.id}/snapshot`)).status()).toBe(401);
  await page.goto(`/w/acme/board/${board.id}`);
  await expect(page).toHaveURL(/\/signin/);

  expect((await scim("GET", `/Users/${id}`)).body).toMatchObject({ active: false });
  expect(await setActive(id, true)).toBe(200);
  await context.clearCookies();
  await signIn(context, "gus@contoso.example");
  await drawing.open("acme", board.id);
  await drawing.toHaveShapes(1);
});
