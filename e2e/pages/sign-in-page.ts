import type { Locator, Page } from "@playwright/test";

/** /signin: single sign-on first where there is one, the password one step behind. */
export class SignInPage {
  readonly singleSignOn: Locator;
  /** The sentence about what went wrong. */
  readonly problem: Locator;

  constructor(private readonly page: Page) {
    this.singleSignOn = page.getByRole("link", { name: "Continue with single sign-on" });
    this.problem = page.getByRole("main").getByRole("alert");
  }

  async open(query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`/signin?${new URLSearchParams(query).toString()}`);
  }

  /** Types e-mail and password and sends them; does not wait for what follows. */
  async signInWithPassword(email: string, password: string): Promise<void> {
    const usePassword = this.page.getByRole("button", { name: "Use a password instead" });
    await this.singleSignOn.or(this.page.getByLabel("E-mail")).first().waitFor();
    if (await usePassword.isVisible()) await usePassword.click();
    await this.page.getByLabel("E-mail").fill(email);
    await this.page.getByRole("button", { name: "Continue", exact: true }).click();
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
}
