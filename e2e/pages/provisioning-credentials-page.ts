import type { Locator, Page } from "@playwright/test";

/** /w/SLUG/settings/provisioning/credentials */
export class ProvisioningCredentialsPage {
  readonly tokens: Locator;
  readonly clients: Locator;
  private readonly dialog: Locator;

  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {
    this.tokens = page.getByRole("list", { name: "Tokens that work" }).getByRole("listitem");
    this.clients = page.getByRole("region", { name: "OAuth clients" }).getByRole("heading", { level: 3 });
    this.dialog = page.getByRole("dialog");
  }

  async open(): Promise<void> {
    await this.page.goto(`/w/${this.slug}/settings/provisioning/credentials`);
    await this.tokens.first().waitFor();
  }

  /** Makes a new token, while the present one works for another day, and returns the new one. */
  async rotate(): Promise<string> {
    await this.page.getByRole("button", { name: "Rotate token" }).click();
    await this.dialog.getByLabel("The present token").selectOption({ label: "Works for another day" });
    await this.dialog.getByRole("button", { name: "Rotate token" }).click();
    await this.dialog.waitFor({ state: "hidden" });
    return this.page.getByRole("textbox", { name: "Secret Token" }).inputValue();
  }

  /** Revokes the token with this end. */
  async revokeToken(token: string): Promise<void> {
    await this.page.getByRole("button", { name: `Revoke …${token.slice(-4)}` }).click();
    const question = this.page.getByRole("alertdialog");
    await question.getByRole("button", { name: "Revoke token" }).click();
    await question.waitFor({ state: "hidden" });
  }

  /** Makes a client with a secret and reads what is shown for the only time. */
  async createClient(name: string): Promise<{ tokenEndpoint: string; clientId: string; secret: string }> {
    await this.page.getByRole("button", { name: "New client with a secret" }).click();
    await this.dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await this.dialog.getByRole("button", { name: "Create client" }).click();
    const value = (label: string) => this.dialog.getByRole("textbox", { name: label }).inputValue();
    const made = {
      secret: await value("Client secret"),
      tokenEndpoint: await value("Token endpoint"),
      clientId: await value("Client identifier"),
    };
    await this.dialog.getByRole("button", { name: "I have copied it" }).click();
    return made;
  }
}
