import { expect, type Locator, type Page } from "@playwright/test";

import type { AutomationFace } from "../../src/ui/board/automation";

/** A board. What is drawn is read through `window.chalkroom.editor`, since a canvas has no elements to look for. */
export class BoardPage {
  readonly canvas: Locator;
  readonly saved: Locator;
  /** The notice that takes the board's place when access is gone. */
  readonly notice: Locator;

  constructor(readonly page: Page) {
    this.canvas = page.getByRole("application");
    this.saved = page.getByRole("banner").getByRole("status");
    this.notice = page.getByRole("alert");
  }

  async open(slug: string, boardId: string): Promise<void> {
    await this.page.goto(`/w/${slug}/board/${boardId}`);
    await this.ready();
  }

  /** All shapes have been painted once. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => window.chalkroom !== undefined);
    await this.page.evaluate(() => window.chalkroom?.editor.ready);
  }

  /** Lets go of the selection (typing would write into it), presses a tool's key and drags a box, in CSS pixels. */
  async drawBox(key: string, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    await this.canvas.focus();
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press(key);
    await this.drag(from, to);
  }

  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    await this.page.mouse.move(...from);
    await this.page.mouse.down();
    await this.page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    await this.page.mouse.move(...to);
    await this.page.mouse.up();
  }

  ids(): Promise<string[]> {
    return this.page.evaluate(() => window.chalkroom?.editor.ids() ?? []);
  }

  box(id: string): Promise<ReturnType<AutomationFace["box"]>> {
    return this.page.evaluate((shape) => window.chalkroom?.editor.box(shape) ?? null, id);
  }

  /** Waits until the board has this many shapes. */
  async toHaveShapes(count: number): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => window.chalkroom?.editor.count() ?? -1)).toBe(count);
  }

  /** Waits until the server has acknowledged everything. */
  async toBeSaved(): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => window.chalkroom?.editor.pending() ?? -1)).toBe(0);
    await expect(this.saved).toHaveText("Saved");
  }
}
