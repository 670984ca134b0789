"use client";
import { useLayoutEffect, useRef } from "react";
import type { ReactNode } from "react";
import type { Editor } from "#editor/editor";
import type { TextEditing } from "#editor/editor-view";

/**
 * The field that lies exactly over a shape's text while it is edited. A real text field, because input methods,
 * spell checking, selection and screen readers work in nothing else.
 */
export function TextField({ editor, editing }: { editor: Editor; editing: TextEditing }): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.focus({ preventScroll: true });
    // A text begun by typing keeps its first letter; one that was opened is ready to be replaced.
    if (editing.fresh) element.setSelectionRange(element.value.length, element.value.length);
    else element.select();
  }, [editing.fresh]);

  useLayoutEffect(() => {
    const element = field.current;
    if (element) fit(element, editing);
  });

  return (
    <textarea
      ref={field}
      aria-label="Text of the shape"
      value={editing.text}
      wrap={editing.grows ? "off" : "soft"}
      spellCheck
      autoComplete="off"
      maxLength={10_000}
      onChange={(event) => editor.typeText(event.target.value)}
      onBlur={() => editor.endText()}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        const done = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
        if (!done) return;
        event.preventDefault();
        event.stopPropagation();
        editor.endText();
      }}
      onWheel={(event) => event.stopPropagation()}
      className="absolute resize-none overflow-hidden border-0 bg-transparent p-0 whitespace-pre-wrap caret-accent outline-none"
      style={{
        fontFamily: editing.fontFamily,
        fontSize: editing.fontSize,
        fontWeight: editing.fontWeight,
        fontStyle: editing.italic ? "italic" : "normal",
        lineHeight: `${editing.lineHeight}px`,
        textAlign: editing.align,
        color: editing.color,
        whiteSpace: editing.grows ? "pre" : "pre-wrap",
        overflowWrap: "anywhere",
      }}
    />
  );
}

/** Sizes the field to its text and sets it where the canvas draws the text: a text field cannot centre itself. */
function fit(element: HTMLTextAreaElement, editing: TextEditing): void {
  const [x, y, w, h] = editing.box;
  element.style.width = editing.grows ? "1px" : `${w}px`;
  element.style.height = "0px";
  const height = Math.max(editing.lineHeight, element.scrollHeight);
  // Room for the caret behind the last letter of a line that is exactly as wide as the box.
  const width = editing.grows ? Math.max(w, element.scrollWidth + 2) : w;
  const spare =
    editing.vertical === "top" ? 0 : editing.vertical === "bottom" ? h - height : (h - height) / 2;
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
  element.style.transform = `translate(${x + (editing.align === "center" ? (w - width) / 2 : 0)}px, ${y + spare}px)`;
}
