import { ModelError } from "#editor/model/errors";
import { parseRecords, serializeRecords } from "#editor/model/snapshot";
import type { BoardRecords, ShapeRecord } from "#editor/model/record";
import { importExcalidraw, isExcalidrawFile, type ExcalidrawBoard } from "./excalidraw-import";

/** A board read from a file. The title is null when the file has none (Excalidraw's never do). */
export interface BoardFile extends ExcalidrawBoard {
  readonly title: string | null;
}

/** Chalkroom's own file: a snapshot's body with the title, `{"v":1,"title":…,"shapes":[[id,record],…]}`. */
export function writeBoardFile(title: string, records: ReadonlyMap<string, ShapeRecord>): string {
  const { v, shapes } = JSON.parse(serializeRecords(records)) as { v: number; shapes: unknown[] };
  return JSON.stringify({ v, title, shapes });
}

/**
 * Reads Chalkroom's own file or a drawing of Excalidraw; which of the two it is shows in its content.
 * @throws ModelError `bad_snapshot` with a sentence that says what is wrong.
 */
export function readBoardFile(json: string): BoardFile {
  let body: unknown;
  try {
    // Some editors put a byte order mark in front, which JSON does not allow.
    body = JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch {
    throw new ModelError("bad_snapshot", "The file is not JSON.");
  }
  if (isExcalidrawFile(body)) return { title: null, ...importExcalidraw(body) };
  if (typeof body !== "object" || body === null || !("shapes" in body)) {
    throw new ModelError(
      "bad_snapshot",
      "The file is neither a Chalkroom board nor a drawing of Excalidraw.",
    );
  }
  const records: BoardRecords = parseRecords(JSON.stringify(body));
  const title = "title" in body && typeof body.title === "string" ? body.title : null;
  return { title, records, skipped: new Map(), straightened: 0 };
}
