import type { Editor } from "#editor/editor";
import { isTyping } from "./dom-input";

/** Our own shapes travel as text with this type, so that a paste into another program gives the words only. */
const BOARD_TYPE = "application/x-chalkroom+json";

/** Answers the browser's copy, cut and paste for the board. Returns the way to stop. */
export function listenToClipboard(editor: Editor): () => void {
  const stop = new AbortController();
  const { signal } = stop;

  function copy(event: ClipboardEvent, cut: boolean): void {
    if (isTyping(event.target) || hasTextSelected()) return;
    const copied = editor.copy();
    if (!copied) return;
    event.clipboardData?.setData(BOARD_TYPE, copied.shapes);
    event.clipboardData?.setData("text/plain", copied.text);
    event.preventDefault();
    if (cut) editor.run("delete");
  }

  document.addEventListener("copy", (event) => copy(event, false), { signal });
  document.addEventListener("cut", (event) => copy(event, true), { signal });
  document.addEventListener(
    "paste",
    (event) => {
      if (isTyping(event.target)) return;
      const data = event.clipboardData;
      const used = editor.paste({
        shapes: data?.getData(BOARD_TYPE) ?? "",
        text: data?.getData("text/plain") ?? "",
      });
      if (used) event.preventDefault();
    },
    { signal },
  );
  return () => stop.abort();
}

/** Words selected elsewhere on the page are what a person means to copy then. */
function hasTextSelected(): boolean {
  return (document.getSelection()?.toString() ?? "") !== "";
}
