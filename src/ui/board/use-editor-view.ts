"use client";
import { useSyncExternalStore } from "react";
import type { Editor } from "#editor/editor";
import type { EditorView } from "#editor/editor-view";

/** What the chrome shows of the editor; the component renders again only when that changed. */
export function useEditorView(editor: Editor): EditorView {
  return useSyncExternalStore(editor.subscribe, editor.view, editor.view);
}
