import type { BoardIndex } from "#editor/engine/board-index";
import { copyShapes, pasteShapes } from "#editor/engine/clipboard";
import type { Store } from "#editor/engine/store";
import { textOf } from "#editor/input/text-session";
import { shapeAt } from "#editor/input/tools/make-tools";
import type { Vec } from "#editor/math/vec";
import { cleanText } from "#editor/model/text-value";
import type { ShapeRecord } from "#editor/model/record";
import type { Scene } from "#editor/shapes/scene";
import { shapeOf } from "#editor/shapes/registry";
import type { Bench } from "./bench";

/** What goes on the clipboard: the shapes for another board, and their words for every other program. */
export interface Copied {
  readonly shapes: string;
  readonly text: string;
}

export interface Copying {
  /** Null when nothing is selected. */
  copy(): Copied | null;
  /** False when there was nothing to paste, or the board may not be changed. */
  paste(clipboard: Copied): boolean;
}

/** Copies the selection and pastes shapes, or plain words as a text. */
export function createCopying(parts: {
  readonly bench: Bench;
  readonly store: Store;
  readonly index: BoardIndex;
  readonly scene: Scene;
  /** Where pasted things go. */
  readonly middle: () => Vec;
}): Copying {
  const { bench, store, index, scene } = parts;

  function pasteWords(words: string): boolean {
    const text = cleanText(words).trim();
    if (text === "") return false;
    const [id, patch] = shapeAt(bench, "text", parts.middle());
    const record = { ...patch, text } as unknown as ShapeRecord;
    const g = shapeOf(record).growWithText(record, scene);
    bench.commit([[id, { ...patch, text, ...(g && { g: [...g] }) }]], { select: [id] });
    return true;
  }

  return {
    copy() {
      if (bench.selection.length === 0) return null;
      const ordered = index.order.sort([...bench.selection]);
      const words = ordered.map((id) => textOf(store.records.get(id))).filter((text) => text !== "");
      return { shapes: copyShapes(ordered, scene), text: words.join("\n") };
    },
    paste(clipboard) {
      if (bench.readOnly) return false;
      const pasted = pasteShapes(clipboard.shapes, {
        newId: bench.newId,
        at: parts.middle(),
        keysOnTop: bench.keysOnTop,
        scene,
      });
      if (!pasted) return pasteWords(clipboard.text);
      bench.commit(pasted.ops, { select: pasted.ids });
      bench.announce(pasted.ids.length === 1 ? "1 shape pasted" : `${pasted.ids.length} shapes pasted`);
      return true;
    },
  };
}
