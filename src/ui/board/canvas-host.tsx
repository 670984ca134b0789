"use client";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import type { Editor } from "#editor/editor";
import type { EditorView } from "#editor/editor-view";
import { listenToClipboard } from "./clipboard";
import { layerOf } from "./canvas-layer";
import { listenToDom } from "./dom-input";

/** The element with the canvas: gives the editor its surface, its size, its theme and its input. */
export function CanvasHost({
  editor,
  view,
  title,
}: {
  editor: Editor;
  view: EditorView;
  title: string;
}): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = host.current;
    const surface = canvas.current;
    if (!element || !surface) return;
    const detach = editor.attach(layerOf(surface));
    const fit = () => editor.resize(element.clientWidth, element.clientHeight, window.devicePixelRatio || 1);
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const stopTheme = followTheme((theme) => editor.setTheme(theme));
    const stopInput = listenToDom(element, (raw) => editor.input(raw));
    const stopClipboard = listenToClipboard(editor);
    const leave = () => editor.pointerLeft();
    element.addEventListener("pointerleave", leave);
    window.addEventListener("resize", fit);
    element.focus({ preventScroll: true });
    return () => {
      observer.disconnect();
      stopTheme();
      stopInput();
      stopClipboard();
      element.removeEventListener("pointerleave", leave);
      window.removeEventListener("resize", fit);
      detach();
    };
  }, [editor]);

  return (
    <div
      ref={host}
      role="application"
      aria-label={`Board: ${title}`}
      aria-describedby="board-keys"
      tabIndex={0}
      style={{ cursor: view.cursor }}
      className="absolute inset-0 touch-none overflow-hidden outline-none select-none focus-visible:inset-ring-2 focus-visible:inset-ring-accent"
    >
      <canvas ref={canvas} className="block size-full" />
      <p id="board-keys" className="sr-only">
        The letter of a tool and then Enter place its shape in the middle of the view. With no tool in hand
        Enter selects the first shape. Then Tab and Shift Tab go from shape to shape, arrows move the shape,
        Enter writes in it, Escape lets go of it. Question mark lists all shortcuts.
      </p>
    </div>
  );
}

/** Tells the present theme, and every change of it: the system's, or the one chosen on the page. */
function followTheme(tell: (theme: "light" | "dark") => void): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const update = () => {
    const chosen = document.documentElement.dataset["theme"];
    tell(chosen === "dark" || (chosen !== "light" && system.matches) ? "dark" : "light");
  };
  update();
  system.addEventListener("change", update);
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", update);
    observer.disconnect();
  };
}
