import type { Locator, Page } from "@playwright/test";

/** /w/SLUG/settings/sso */
export class SsoSettingsPage {
  readonly identifier: Locator;
  readonly replyUrl: Locator;
  readonly signOnUrl: Locator;
  readonly review: Locator;
  readonly problem: Locator;

  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {
    this.identifier = page.getByRole("textbox", { name: "Identifier (Entity ID)" });
    this.replyUrl = page.getByRole("textbox", { name: "Reply URL (Assertion Consumer Service URL)" });
    this.signOnUrl = page.getByRole("textbox", { name: "Sign on URL" });
    this.review = page.getByRole("group", { name: "Review of the metadata" });
    this.problem = page.getByRole("main").getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto(`/w/${this.slug}/settings/sso`);
  }

  async pasteMetadata(xml: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Or paste the XML" }).fill(xml);
    await this.page.getByRole("button", { name: "Review metadata" }).click();
  }

  async uploadMetadata(xml: string): Promise<void> {
    await this.page
      .getByLabel("Federation Metadata XML file")
      .setInputFiles({ name: "metadata.xml", mimeType: "text/xml", buffer: Buffer.from(xml) });
  }

  /** Saves what is under review and waits until the connection is shown. */
  async save(): Promise<void> {
    await this.review.getByRole("button", { name: "Save single sign-on" }).click();
    await this.page.getByRole("button", { name: "Replace metadata" }).waitFor();
  }

  option(
    name:
      "Sign-in from the My Apps portal" | "Make members at their first sign-in" | "Require single sign-on",
  ): Locator {
    return this.page.getByRole("switch", { name });
  }

  async remove(): Promise<void> {
    await this.page.getByRole("button", { name: "Remove", exact: true }).click();
    await this.page.getByRole("alertdialog").getByRole("button", { name: "Remove single sign-on" }).click();
  }
}
