"use client";
import { memo, useEffect, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import type { Editor } from "#editor/editor";
import type { ShapeOp } from "#editor/model/ops";
import type { Peer } from "#shared/board-protocol";
import { CanvasHost } from "./canvas-host";
import { ClosedNotice, isClosedCode } from "./closed-notice";
import type { BoardConnection } from "./connection";
import { HelpSheet } from "./help-sheet";
import { RemoteCursors } from "./remote-cursors";
import { StyleBar } from "./style-bar";
import { TextField } from "./text-field";
import { Toolbar } from "./toolbar";
import { TopBar } from "./top-bar";
import { useEditorView } from "./use-editor-view";
import { ZoomControl } from "./zoom-control";

export interface BoardViewProps {
  readonly editor: Editor;
  readonly connection: BoardConnection;
  readonly title: string;
  readonly canRename: boolean;
  readonly homeHref: string;
  readonly signInHref: string;
  readonly onRename: (title: string) => Promise<void>;
}

/** The board with everything around it. It decides nothing: editor and connection do, this shows them. */
export function BoardView(props: BoardViewProps): ReactNode {
  const { editor, connection, title } = props;
  const view = useEditorView(editor);
  const line = useSyncExternalStore(connection.subscribe, connection.view, connection.view);

  useEffect(() => editor.setReadOnly(line.readOnly), [editor, line.readOnly]);
  useEffect(() => followPeers(editor, line.peers), [editor, line.peers]);

  if (line.closed !== null && isClosedCode(line.closed)) {
    const { closed, savedAt, pending } = line;
    return (
      <ClosedNotice
        code={closed}
        savedAt={savedAt}
        unsaved={pending}
        signInHref={props.signInHref}
        homeHref={props.homeHref}
      />
    );
  }
  return (
    <div className="fixed inset-0 overflow-hidden bg-paper text-sm text-ink">
      <CanvasHost editor={editor} view={view} title={title} />
      {view.empty && line.loaded && !view.readOnly && !view.busy && <Hint />}
      <RemoteCursors cursors={line.peers} view={view} />
      {view.editing && <TextField key={view.editing.id} editor={editor} editing={view.editing} />}
      <Tools editor={editor} tool={view.tool} readOnly={view.readOnly} />
      <StyleBar editor={editor} view={view} />
      <Bar
        title={title}
        canRename={props.canRename && !line.readOnly}
        readOnly={line.readOnly}
        homeHref={props.homeHref}
        save={line.save}
        pending={line.pending}
        people={line.peers}
        onRename={props.onRename}
      />
      <ZoomControl editor={editor} view={view} onHelp={() => editor.run("help")} />
      <HelpSheet editor={editor} open={view.helpOpen} onClose={() => editor.closeHelp()} />
      {line.problem !== null && <Problem text={line.problem} onDismiss={connection.dismissProblem} />}
      <p aria-live="polite" className="sr-only">
        {describe(view.selection.length, view.announcement)}
      </p>
    </div>
  );
}

const Tools = memo(Toolbar);
const Bar = memo(TopBar);

function describe(selected: number, announcement: string): string {
  const count =
    selected === 0 ? "Nothing selected" : selected === 1 ? "1 shape selected" : `${selected} shapes selected`;
  return announcement === "" ? count : `${announcement}. ${count}`;
}

/** What others drag and have selected is drawn by the editor, on the canvas. */
function followPeers(editor: Editor, peers: readonly Peer[]): void {
  const style = getComputedStyle(document.documentElement);
  editor.setRemote({
    drags: peers.flatMap((peer) => (peer.drag ?? []) as readonly ShapeOp[]),
    selections: peers.flatMap(({ hue, sel }) =>
      sel && sel.length > 0 ? [{ colour: style.getPropertyValue(`--${hue}-stroke`), ids: sel }] : [],
    ),
  });
}

/** The empty board says once how to begin. */
function Hint(): ReactNode {
  return (
    <p className="pointer-events-none absolute inset-x-16 top-1/2 -translate-y-1/2 text-center text-base text-ink-soft">
      Pick a tool on the left, or press its letter. Double-click anywhere to write.
    </p>
  );
}

/** What was not accepted stays until it was read. */
function Problem({ text, onDismiss }: { text: string; onDismiss: () => void }): ReactNode {
  return (
    <div
      role="alert"
      className="absolute bottom-16 left-1/2 flex w-max max-w-[min(480px,calc(100vw-2rem))] -translate-x-1/2 items-center gap-3 rounded-xl bg-surface py-2 pr-2 pl-4 shadow-float"
    >
      <span>{text}</span>
      <button
        type="button"
        onClick={onDismiss}
        className="h-8 shrink-0 rounded-lg px-3 font-semibold hover:bg-hover"
      >
        Dismiss
      </button>
    </div>
  );
}
