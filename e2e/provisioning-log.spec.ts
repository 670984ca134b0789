import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { MembersSettingsPage } from "./pages/members-settings-page";
import { ProvisioningLogPage } from "./pages/provisioning-log-page";
import { ProvisioningSettingsPage } from "./pages/provisioning-settings-page";
import { provision, scim, setActive, signIn } from "./session";
import { useWorld } from "./world";

const world = useWorld();
test.use({ baseURL: world.baseUrl });

test("an administrator reads in the log what Entra did, narrows it down, and takes it along", async ({
  page,
  context,
}) => {
  await signIn(context, world.owner.email);
  const log = new ProvisioningLogPage(page, "acme");
  const id = await provision("lena.vogt@contoso.example", "Lena Vogt");
  await log.open();
  await expect(log.row("Entra added Lena Vogt")).toBeVisible();

  // What happens while the page is open comes in by itself.
  expect((await scim("POST", "/Users", { userName: "lena.vogt@contoso.example" })).status).toBe(409);
  expect(await setActive(id, false)).toBe(200);
  await expect(log.row("Entra deactivated Lena Vogt")).toBeVisible();

  await log.pick("lena", "Lena Vogt");
  await log.showChangesOnly();
  await expect(page).toHaveURL(new RegExp(`log\\?who=${id}&changes=1$`));
  await page.reload();
  await expect(log.row(/Entra /)).toHaveCount(2);
  const details = await log.openRow("Entra deactivated Lena Vogt");
  await expect(details).toContainText(`PATCH /Users/${id}`);
  await expect(details.getByLabel("Request", { exact: true })).toContainText('"path": "active"');
  await expect(details.getByLabel("Answer", { exact: true })).toContainText('"active": false');
  await expect(details).not.toContainText(world.scim.token);

  const saved = await readFile(await (await log.exportLog()).path(), "utf8");
  const lines = saved
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map((line) => line["action"])).toEqual(["user.deactivated", "user.created"]);

  await page.getByRole("button", { name: "Clear filters" }).click();
  await log.showOutcome("Refused or failed");
  const refused = await log.openRow(/Entra tried to add .*already in use/);
  await expect(refused).toContainText("409 uniqueness");
  await expect(refused).toContainText("two accounts or groups in Entra");
});

test("somebody whom Entra has deactivated can be let in again there only, and the console says how it is doing", async ({
  page,
  context,
}) => {
  await signIn(context, world.owner.email);
  const id = await provision("mara.kent@contoso.example", "Mara Kent");
  expect(await setActive(id, false)).toBe(200);
  const members = new MembersSettingsPage(page, "acme");
  await members.open();
  await members.search("mara");
  await expect(members.row("Mara Kent")).toContainText("Entra manages their name");
  await page.getByRole("button", { name: "Actions for Mara Kent" }).click();
  const reactivate = page.getByRole("menuitem", { name: "Reactivate" });
  await expect(reactivate).toContainText("Entra has deactivated Mara Kent");
  await expect(reactivate).toHaveAttribute("aria-disabled", "true");

  const console = new ProvisioningSettingsPage(page, "acme");
  await console.open();
  await expect(console.status).toContainText(/^Entra /);
  await expect(console.tabs).toHaveText(["Overview", "Connect", "Log", "Credentials", "Self-test"]);
  await console.tabs.getByText("Log").click();
  await expect(page).toHaveURL(/\/provisioning\/log$/);
});
