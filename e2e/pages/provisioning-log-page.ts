import type { Download, Locator, Page } from "@playwright/test";

/** /w/SLUG/settings/provisioning/log */
export class ProvisioningLogPage {
  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(`/w/${this.slug}/settings/provisioning/log`);
  }

  /** The rows whose sentence says this. */
  row(sentence: string | RegExp): Locator {
    return this.page.getByRole("main").getByRole("listitem").filter({ hasText: sentence });
  }

  /** Types into the person-or-group field and takes the one of this name with the keyboard. */
  async pick(text: string, name: string): Promise<void> {
    const field = this.page.getByRole("combobox", { name: "Person or group" });
    await field.fill(text);
    await this.page.getByRole("option", { name }).first().waitFor();
    await field.press("Enter");
    await this.page.getByRole("button", { name: `Show everybody, not only ${name}` }).waitFor();
  }

  async showOutcome(label: string): Promise<void> {
    await this.page.getByRole("combobox", { name: "Outcome" }).selectOption({ label });
  }

  async showChangesOnly(): Promise<void> {
    await this.page.getByRole("checkbox", { name: "Changes only" }).check();
  }

  /** Opens a row and returns its details. */
  async openRow(sentence: string | RegExp): Promise<Locator> {
    const row = this.row(sentence).first();
    await row.getByRole("button", { expanded: false }).first().click();
    return row.getByRole("region", { name: "Details" });
  }

  /** Saves the log as JSON lines. */
  async exportLog(): Promise<Download> {
    const saved = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Export" }).click();
    return saved;
  }
}
