import type { Editor } from "#editor/editor";
import type { Store } from "#editor/engine/store";
import type { BoardConnection } from "./connection";

/** The stable face for browser automation; offered only where the server allows test sessions. */
export interface AutomationFace {
  /** Resolves after the first paint of all shapes. */
  readonly ready: Promise<void>;
  count(): number;
  ids(): string[];
  select(ids: readonly string[]): void;
  /** The shape's box on the page, CSS pixels; null when there is no such shape. */
  box(id: string): { x: number; y: number; width: number; height: number } | null;
  zoomTo(target: "fit" | number): void;
  camera(): { x: number; y: number; zoom: number };
  /** Operations that are not acknowledged yet. */
  pending(): number;
}

declare global {
  interface Window {
    chalkroom?: { editor: AutomationFace };
  }
}

/** Puts `window.chalkroom.editor` in place. Returns the way to take it away. */
export function offerAutomation(editor: Editor, store: Store, connection: BoardConnection): () => void {
  const face: AutomationFace = {
    ready: whenLoaded(connection).then(() => editor.whenSettled()),
    count: () => store.records.size,
    ids: () => [...store.records.keys()],
    select: (ids) => editor.select(ids),
    box(id) {
      const box = editor.box(id);
      const origin = document.querySelector("[role=application]")?.getBoundingClientRect();
      return box && { ...box, x: box.x + (origin?.left ?? 0), y: box.y + (origin?.top ?? 0) };
    },
    zoomTo: (target) => editor.jumpTo(target),
    camera: () => ({ ...editor.view().camera }),
    pending: () => connection.pending(),
  };
  window.chalkroom = { editor: face };
  return () => {
    if (window.chalkroom?.editor === face) delete window.chalkroom;
  };
}

function whenLoaded(connection: BoardConnection): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!connection.view().loaded) return;
      stop();
      resolve();
    };
    const stop = connection.subscribe(look);
    look();
  });
}
