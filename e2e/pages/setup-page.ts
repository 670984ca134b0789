import type { Locator, Page } from "@playwright/test";

export interface FirstPerson {
  readonly code: string;
  readonly workspaceName: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly password: string;
}

/** /setup: the one form of a fresh server. */
export class SetupPage {
  readonly problem: Locator;

  constructor(private readonly page: Page) {
    this.problem = page.getByRole("main").getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/setup");
  }

  /** Fills the form and sends it; does not wait for what follows. */
  async submit(person: FirstPerson): Promise<void> {
    await this.page.getByLabel("Set-up code").fill(person.code);
    await this.page.getByLabel("Workspace name").fill(person.workspaceName);
    await this.page.getByLabel("Your name").fill(person.ownerName);
    await this.page.getByLabel("Your e-mail").fill(person.ownerEmail);
    await this.page.getByLabel("Password").fill(person.password);
    await this.page.getByRole("button", { name: "Create workspace" }).click();
  }
}
