import { expect, test } from "@playwright/test";

import { BoardPage } from "./pages/board-page";
import { provision, signIn } from "./session";
import { useWorld } from "./world";

const world = useWorld();
test.use({ baseURL: world.baseUrl });

test("two people draw on one board, see each other, and undo only their own work", async ({ browser }) => {
  await provision("dora@contoso.example", "Dora Diaz");
  await provision("emil@contoso.example", "Emil Ek");
  const { id } = (await world.cli(["board", "create", "--workspace", "acme", "--title", "Together"])) as {
    id: string;
  };
  const boards = await Promise.all(
    ["dora@contoso.example", "emil@contoso.example"].map(async (email) => {
      const context = await browser.newContext({ baseURL: world.baseUrl });
      await signIn(context, email);
      const board = new BoardPage(await context.newPage());
      await board.open("acme", id);
      return board;
    }),
  );
  const [dora, emil] = boards as [BoardPage, BoardPage];

  await test.step("what one draws, the other sees", async () => {
    await dora.drawBox("r", [300, 250], [460, 350]);
    await emil.toHaveShapes(1);
    await emil.drawBox("o", [600, 250], [760, 350]);
    await dora.toHaveShapes(2);
    expect((await dora.ids()).sort()).toEqual((await emil.ids()).sort());
  });

  await test.step("each sees the other's cursor with the name", async () => {
    await dora.page.mouse.move(500, 500);
    await expect(emil.page.getByText("Dora Diaz").first()).toBeVisible();
    await emil.page.mouse.move(520, 520);
    await expect(dora.page.getByText("Emil Ek").first()).toBeVisible();
  });

  await test.step("a text typed into a shape arrives", async () => {
    await dora.page.mouse.dblclick(380, 300);
    await dora.page.keyboard.type("Plan");
    await dora.page.keyboard.press("Escape");
    await dora.toBeSaved();
  });

  await test.step("undo takes back the own edits only", async () => {
    await emil.canvas.focus();
    await emil.page.keyboard.press("Control+z");
    await dora.toHaveShapes(1);
    await emil.page.keyboard.press("Control+Shift+z");
    await dora.toHaveShapes(2);
  });

  await test.step("everything is there after a reload", async () => {
    await emil.toBeSaved();
    await dora.page.reload();
    await dora.ready();
    await dora.toHaveShapes(2);
    const exported = JSON.stringify(
      await world.cli(["board", "export", "--workspace", "acme", "--board", id]),
    );
    expect(exported).toContain("Plan");
  });
});

test("a connector stays with the shapes it joins, and pen, note and text are kept", async ({
  page,
  context,
}) => {
  await provision("fay@contoso.example", "Fay Fox");
  const { id } = (await world.cli(["board", "create", "--workspace", "acme", "--title", "Kinds"])) as {
    id: string;
  };
  await signIn(context, "fay@contoso.example");
  const board = new BoardPage(page);
  await board.open("acme", id);
  await board.drawBox("r", [300, 200], [420, 280]);
  const [first] = await board.ids();
  await board.drawBox("d", [700, 400], [820, 500]);
  await board.drawBox("c", [420, 240], [700, 450]);
  await board.toHaveShapes(3);
  const connector = (await board.ids()).at(-1) ?? "";
  const before = await board.box(connector);
  await page.keyboard.press("Escape");
  await board.drag([360, 240], [360, 600]);
  await expect.poll(() => board.box(connector)).not.toEqual(before);
  expect((await board.box(first ?? ""))?.y).toBeGreaterThan(450);

  await board.drawBox("p", [900, 200], [1000, 260]);
  await board.toHaveShapes(4);
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.mouse.click(950, 600);
  await page.keyboard.type("Remember");
  await page.keyboard.press("Escape");
  await board.toHaveShapes(5);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await board.toHaveShapes(0);
  await page.keyboard.press("Control+z");
  await board.toHaveShapes(5);
  await board.toBeSaved();
  await page.reload();
  await board.ready();
  await board.toHaveShapes(5);
});

test("a board is drawn on with the keyboard alone", async ({ page, context }) => {
  await provision("gil@contoso.example", "Gil Gomez");
  const { id } = (await world.cli(["board", "create", "--workspace", "acme", "--title", "Keys"])) as {
    id: string;
  };
  await signIn(context, "gil@contoso.example");
  const board = new BoardPage(page);
  await board.open("acme", id);
  await board.canvas.focus();
  for (const [tool, words] of [
    ["r", "First"],
    ["n", "Second"],
  ] as const) {
    await page.keyboard.press(tool);
    await page.keyboard.press("Enter");
    await page.keyboard.type(words);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  }
  await board.toHaveShapes(2);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+d");
  await board.toHaveShapes(4);
  await board.toBeSaved();
  const exported = JSON.stringify(await world.cli(["board", "export", "--workspace", "acme", "--board", id]));
  for (const words of ["First", "Second"]) expect(exported).toContain(words);
});
