import type { Locator, Page } from "@playwright/test";

/** /w/SLUG: the boards, and the menu under the workspace's name. */
export class HomePage {
  readonly newBoard: Locator;
  /** Messages at the foot of the page, such as the one with "Undo". */
  readonly messages: Locator;

  constructor(
    private readonly page: Page,
    private readonly slug: string,
  ) {
    this.newBoard = page.getByRole("button", { name: "New board" });
    this.messages = page.getByRole("region", { name: /^Message/ }).getByRole("listitem");
  }

  async open(): Promise<void> {
    await this.page.goto(`/w/${this.slug}`);
  }

  board(title: string): Locator {
    return this.page.getByRole("article", { name: title, exact: true });
  }

  /** Makes a board and returns its id once its page is open. */
  async createBoard(): Promise<string> {
    await this.newBoard.click();
    await this.page.waitForURL(/\/board\/[0-9a-f-]{36}$/);
    return this.page.url().split("/").at(-1) ?? "";
  }

  async renameBoard(title: string, next: string): Promise<void> {
    await this.chooseAction(title, "Rename");
    const dialog = this.page.getByRole("dialog", { name: "Rename board" });
    await dialog.getByLabel("Title").fill(next);
    await dialog.getByRole("button", { name: "Rename board" }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  async deleteBoard(title: string): Promise<void> {
    await this.chooseAction(title, "Delete");
  }

  async undo(): Promise<void> {
    await this.messages.getByRole("button", { name: "Undo" }).click();
  }

  /** Opens the menu under the workspace's name and chooses "Workspace settings", "Members" or "Sign out". */
  async chooseInWorkspaceMenu(item: "Workspace settings" | "Members" | "Sign out"): Promise<void> {
    await this.page.getByRole("button", { name: /, workspace menu$/ }).click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  private async chooseAction(title: string, action: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${title}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }
}
