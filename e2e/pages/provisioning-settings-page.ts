import type { Locator, Page } from "@playwright/test";

/** /w/SLUG/settings/provisioning: the console's overview. */
export class ProvisioningSettingsPage {
  readonly scimSwitch: Locator;
  readonly tenantUrl: Locator;
  readonly token: Locator;
  /** The sentence on how the connection is doing. */
  readonly status: Locator;
  /** The names of the console's pages that are offered. */
  readonly tabs: Locator;

  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {
    this.scimSwitch = page.getByRole("switch", { name: "SCIM provisioning" });
    this.tenantUrl = page.getByRole("textbox", { name: "Tenant URL" });
    this.token = page.getByRole("textbox", { name: "Secret Token" });
    this.status = page.getByRole("region", { name: "Status" }).getByRole("status");
    this.tabs = page.getByRole("navigation", { name: "Provisioning" }).getByRole("link");
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
}
