import type { Locator, Page } from "@playwright/test";

/** /w/SLUG/settings/members */
export class MembersSettingsPage {
  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(`/w/${this.slug}/settings/members`);
  }

  /** The row of somebody, by name or e-mail address. */
  row(who: string): Locator {
    return this.page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: who });
  }

  async search(text: string): Promise<void> {
    await this.page.getByRole("searchbox", { name: "Search members" }).fill(text);
  }

  async setRole(name: string, role: "owner" | "admin" | "editor" | "viewer"): Promise<void> {
    await this.page.getByRole("combobox", { name: `Role of ${name}` }).selectOption(role);
  }

  /** Deactivates somebody, through the confirmation, and waits until it is done. */
  async deactivate(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${name}` }).click();
    await this.page.getByRole("menuitem", { name: "Deactivate" }).click();
    const dialog = this.page.getByRole("alertdialog", { name: `Deactivate ${name}?` });
    await dialog.getByRole("button", { name: "Deactivate", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  async reactivate(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${name}` }).click();
    await this.page.getByRole("menuitem", { name: "Reactivate" }).click();
  }

  async openGroups(): Promise<Locator> {
    await this.page.getByRole("tab", { name: "Groups" }).click();
    return this.page.getByRole("table", { name: "Groups" });
  }
}
