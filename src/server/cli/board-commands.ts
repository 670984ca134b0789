import { writeFile } from "node:fs/promises";
import { basename } from "node:path";

import { readBoardFile, writeBoardFile, type BoardFile } from "#editor/io/board-file";
import { createBoard, createBoardInTx, exportRecords, importRecords, listBoards } from "#server/boards/index";
import { inWorkspaceTx } from "#server/db/index";
import { env } from "#server/kernel/env";
import { AppError } from "#server/kernel/errors";

import type { CommandGroup } from "./command-group";
import { readInput, type Result } from "./terminal";
import { withWorkspace } from "./with-runtime";

interface ImportOptions {
  readonly workspace: string;
  readonly file?: string;
  readonly title?: string;
}

interface ExportOptions {
  readonly workspace: string;
  readonly board?: string;
  readonly to?: string;
}

const boardUrl = (slug: string, boardId: string): string => `${env().publicUrl}/w/${slug}/board/${boardId}`;

/** `board create|list|import|export`. */
export const boardCommands: CommandGroup = (program, context, present) => {
  const board = program.command("board").description("boards of a workspace");

  board
    .command("create")
    .description("make an empty board")
    .requiredOption("--workspace <slug>", "the workspace")
    .option("--title <title>", "the board's title", "Untitled board")
    .action((options: { readonly workspace: string; readonly title: string }) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ workspace, scope, actor }) => {
          const { id } = await createBoard(scope, actor, options.title);
          return madeBoard(id, boardUrl(workspace.slug, id), 0, []);
        }),
      ),
    );

  board
    .command("list")
    .description("the boards, last edited first")
    .requiredOption("--workspace <slug>", "the workspace")
    .action((options: { readonly workspace: string }) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ workspace, scope, actor }) => {
          const boards = (await listBoards(scope, actor)).map(({ id, title, lastEditedAt }) => ({
            id,
            title,
            url: boardUrl(workspace.slug, id),
            lastEditedAt: lastEditedAt.toISOString(),
          }));
          return { json: boards, lines: boards.map(({ id, title, url }) => `${id}  ${title}  ${url}`) };
        }),
      ),
    );

  board
    .command("import")
    .description("make a board of a Chalkroom or Excalidraw file")
    .argument("[file]", 'a .json or .excalidraw file; "-" reads standard input')
    .requiredOption("--workspace <slug>", "the workspace")
    .option("--file <file>", "the same as the argument")
    .option("--title <title>", "the board's title; by default the file's own, or its name")
    .action((path: string | undefined, options: ImportOptions) =>
      present(async () => {
        const source = path ?? options.file;
        if (source === undefined) throw new AppError("BAD_INPUT", "Name the file to import.");
        const file = readBoardFile(await readInput(source, context.stdin));
        const title = options.title ?? file.title ?? titleFromPath(source);
        return withWorkspace(context, options.workspace, async ({ workspace, scope, actor }) => {
          const made = await inWorkspaceTx(scope, async (tx) => {
            const { id } = await createBoardInTx(tx, actor, title);
            return { id, shapes: await importRecords(tx, actor, id, file.records) };
          });
          return madeBoard(made.id, boardUrl(workspace.slug, made.id), made.shapes, importNotes(file));
        });
      }),
    );

  board
    .command("export")
    .description("write a board as Chalkroom's own JSON, which import reads")
    .argument("[board]", "the board's id")
    .requiredOption("--workspace <slug>", "the workspace")
    .option("--board <id>", "the same as the argument")
    .option("--to <file>", "write there instead of to standard output")
    .action((id: string | undefined, options: ExportOptions) =>
      present(() =>
        withWorkspace(context, options.workspace, async ({ scope, actor }) => {
          const boardId = id ?? options.board;
          if (boardId === undefined) throw new AppError("BAD_INPUT", "Name the board by its id.");
          const { title, records } = await exportRecords(scope, actor, boardId);
          const content = writeBoardFile(title, records);
          if (options.to === undefined) return { json: JSON.parse(content) as unknown, lines: [content] };
          await writeFile(options.to, `${content}\n`).catch((cause: unknown) => {
            throw new AppError("BAD_INPUT", `${options.to} cannot be written.`, { cause });
          });
          const shapes = records.size;
          return {
            json: { id: boardId, file: options.to, shapes },
            lines: [`${shapes} shapes written to ${options.to}`],
          };
        }),
      ),
    );
};

function madeBoard(id: string, url: string, shapes: number, notes: readonly string[]): Result {
  return { json: { id, url, shapes }, lines: [url, `  board id  ${id}`, `  shapes    ${shapes}`], notes };
}

function titleFromPath(path: string): string {
  const name = path === "-" ? "" : basename(path).replace(/\.(excalidraw|json)$/i, "");
  return name.replace(/[_-]+/g, " ").trim().slice(0, 120) || "Imported board";
}

/** What of the file is not on the board as it was. */
function importNotes({ skipped, straightened }: BoardFile): string[] {
  const types = [...skipped].map(([type, count]) => `${count} × ${type}`);
  return [
    ...(types.length > 0
      ? [`Left out, because boards have no such shape or it was damaged: ${types.join(", ")}.`]
      : []),
    ...(straightened > 0 ? [`${straightened} slanted shapes were set upright.`] : []),
  ];
}
