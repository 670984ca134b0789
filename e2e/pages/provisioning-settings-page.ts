import type { Locator, Page } from "@playwright/test";

/** /w/SLUG/settings/provisioning */
export class ProvisioningSettingsPage {
  readonly scimSwitch: Locator;
  readonly tenantUrl: Locator;
  readonly token: Locator;
  /** The sentence on when Entra last called. */
  readonly status: Locator;

  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {
    this.scimSwitch = page.getByRole("switch", { name: "SCIM provisioning" });
    this.tenantUrl = page.getByRole("textbox", { name: "Tenant URL" });
    this.token = page.getByRole("textbox", { name: "Secret Token" });
    this.status = page.getByRole("status").filter({ hasText: /^Entra / });
  }

  async open(): Promise<void> {
    await this.page.goto(`/w/${this.slug}/settings/provisioning`);
  }

  async turnOn(): Promise<void> {
    await this.scimSwitch.click();
    await this.tenantUrl.waitFor();
  }

  /** Presses "Reveal" and returns the token. */
  async reveal(): Promise<string> {
    await this.page.getByRole("button", { name: "Reveal", exact: true }).click();
    return this.token.inputValue();
  }

  async hide(): Promise<void> {
    await this.page.getByRole("button", { name: "Hide token" }).click();
  }

  /** Makes a new token and returns it. */
  async rotate(): Promise<string> {
    await this.page.getByRole("button", { name: "Rotate token" }).click();
    const dialog = this.page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Rotate token" }).click();
    await dialog.waitFor({ state: "hidden" });
    return this.token.inputValue();
  }
}
