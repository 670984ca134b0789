"use client";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { createStore } from "#editor/engine/store";
import type { Editor } from "#editor/editor";
import { offerAutomation } from "./automation";
import { BoardView } from "./board-view";
import { createBrowserEditor } from "./browser-editor";
import { renameBoard } from "./rename-board";
import { connectBoard } from "./sync-connection";
import type { SyncConnection } from "./sync-connection";

export interface BoardPageProps {
  readonly workspaceSlug: string;
  readonly boardId: string;
  readonly title: string;
  readonly canEdit: boolean;
  /** Offer `window.chalkroom` for browser automation. */
  readonly automation: boolean;
}

interface Session {
  readonly editor: Editor;
  readonly connection: SyncConnection;
}

/** One open board: store, editor and the line to the server live as long as the page does. */
export function BoardPage(props: BoardPageProps): ReactNode {
  const { workspaceSlug, boardId, canEdit, automation } = props;
  const [session, setSession] = useState<Session | null>(null);
  const [title, setTitle] = useState(props.title);

  useEffect(() => {
    const store = createStore();
    const connection = connectBoard({ store, boardId, canEdit });
    const editor = createBrowserEditor({ store, readOnly: !canEdit, onPresence: connection.sendPresence });
    const takeAway = automation ? offerAutomation(editor, store, connection) : undefined;
    const stopFitting = fitOnce(editor, connection);
    const stopGuard = guardUnload(editor, connection);
    // The socket and the canvas exist in a browser only, and are given back when the page goes.
    // oxlint-disable-next-line react/set-state-in-effect
    setSession({ editor, connection });
    return () => {
      stopGuard();
      stopFitting();
      takeAway?.();
      connection.stop();
      editor.destroy();
    };
  }, [boardId, canEdit, automation]);

  if (!session) return <div className="fixed inset-0 bg-paper" aria-busy="true" />;
  const home = `/w/${encodeURIComponent(workspaceSlug)}`;
  const next = `${home}/board/${boardId}`;
  return (
    <BoardView
      editor={session.editor}
      connection={session.connection}
      title={title}
      canRename={canEdit}
      homeHref={home}
      signInHref={`/signin?${new URLSearchParams({ workspace: workspaceSlug, next }).toString()}`}
      onRename={async (renamed) => {
        await renameBoard({ workspaceSlug, boardId, title: renamed });
        setTitle(renamed);
        document.title = `${renamed} · Chalkroom`;
      }}
    />
  );
}

/** A board opens on what is there, not on the empty place at its origin. */
function fitOnce(editor: Editor, connection: SyncConnection): () => void {
  const stop = connection.subscribe(() => {
    if (!connection.view().loaded) return;
    stop();
    editor.jumpTo("fit");
  });
  return stop;
}

/** The words being typed are written when the page is left, and the browser asks first while work is unsaved. */
function guardUnload(editor: Editor, connection: SyncConnection): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener("pagehide", () => editor.endText(), { signal });
  window.addEventListener(
    "beforeunload",
    (event) => {
      editor.endText();
      if (connection.pending() > 0 && connection.view().closed === null) event.preventDefault();
    },
    { signal },
  );
  return () => stop.abort();
}
