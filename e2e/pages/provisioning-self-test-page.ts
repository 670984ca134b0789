import type { Locator, Page } from "@playwright/test";

/** /w/SLUG/settings/provisioning/self-test */
export class ProvisioningSelfTestPage {
  readonly result: Locator;
  /** Every step of the report, by its row. */
  readonly steps: Locator;

  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {
    this.result = page.getByRole("region", { name: "Result" });
    this.steps = page.getByRole("main").getByRole("listitem");
  }

  async open(): Promise<void> {
    await this.page.goto(`/w/${this.slug}/settings/provisioning/self-test`);
  }

  /** By the keyboard alone, as far as the first details. */
  async runByKeyboard(): Promise<void> {
    await this.page.getByRole("button", { name: "Run self-test" }).focus();
    await this.page.keyboard.press("Enter");
    await this.result.waitFor();
  }

  step(name: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }
}
