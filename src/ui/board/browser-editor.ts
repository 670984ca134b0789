import { createEditor } from "#editor/editor";
import type { Editor } from "#editor/editor";
import type { PresenceUpdate } from "#editor/presence";
import type { Store } from "#editor/engine/store";
import { LIGHT_THEME } from "#editor/render/theme";
import { createCanvasLayer, createMeasure } from "./canvas-layer";

/** 12 random bytes as 16 characters: shorter than a UUID in every frame, and still never the same twice. */
function newShapeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/** Two digits that tell this client's z keys from another's made at the same moment. Never ends in 0. */
function newZSuffix(): string {
  const digits = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return Array.from(crypto.getRandomValues(new Uint8Array(2)), (byte) => digits[byte % digits.length]).join(
    "",
  );
}

function requestFrame(callback: () => void): () => void {
  const handle = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(handle);
}

/** An editor with the browser's clock, randomness, canvas and frames. Text is measured anew once the font is there. */
export function createBrowserEditor(options: {
  readonly store: Store;
  readonly readOnly: boolean;
  readonly onPresence: (update: PresenceUpdate) => void;
}): Editor {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const editor = createEditor({
    ...options,
    now: () => performance.now(),
    newId: newShapeId,
    zSuffix: newZSuffix(),
    measureText: createMeasure(LIGHT_THEME.fontFamily),
    createLayer: createCanvasLayer,
    requestFrame,
    still: () => calm.matches,
  });
  void loadFonts().then(() => editor.fontsArrived());
  return editor;
}

/** The canvas does not ask for fonts by itself; without this the first board would be drawn in another face. */
async function loadFonts(): Promise<void> {
  try {
    await Promise.all(
      ['450 16px "Inter Variable"', '650 16px "Inter Variable"'].map((font) => document.fonts.load(font)),
    );
  } catch {
    // A font that cannot be had leaves the system's own, which the board can be read in just as well.
  }
}
