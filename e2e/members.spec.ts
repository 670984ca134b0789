import { expect, test } from "@playwright/test";

import { BoardPage } from "./pages/board-page";
import { MembersSettingsPage } from "./pages/members-settings-page";
import { provision, signIn } from "./session";
import { useWorld } from "./world";

const world = useWorld();
test.use({ baseURL: world.baseUrl });

test("an administrator deactivates a member, who is out of the open board, and lets them in again", async ({
  browser,
  page,
  context,
}) => {
  await provision("hana@contoso.example", "Hana Holt");
  const { id } = (await world.cli(["board", "create", "--workspace", "acme", "--title", "Hers"])) as {
    id: string;
  };
  const theirs = await browser.newContext({ baseURL: world.baseUrl });
  await signIn(theirs, "hana@contoso.example");
  const board = new BoardPage(await theirs.newPage());
  await board.open("acme", id);

  await signIn(context, world.owner.email);
  const members = new MembersSettingsPage(page, "acme");
  await members.open();
  await members.search("hana");
  await members.deactivate("Hana Holt");
  await expect(members.row("Hana Holt")).toContainText(/deactivated/i);
  await expect(board.page.getByText("You no longer have access to this workspace")).toBeVisible();

  await members.reactivate("Hana Holt");
  await expect(members.row("Hana Holt")).not.toContainText(/deactivated/i);
  await members.setRole("Hana Holt", "viewer");
  await theirs.clearCookies();
  await signIn(theirs, "hana@contoso.example");
  await board.open("acme", id);
  await expect(board.page.getByText("View only")).toBeVisible();
});
