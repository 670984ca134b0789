import { CircleQuestionMark, Minus, Plus, Redo2, Undo2 } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Editor } from "#editor/editor";
import type { EditorView } from "#editor/editor-view";
import { Tip } from "./tip";

/** Lower right: undo and redo for hands without a keyboard, the zoom, and the way to the help. */
export function ZoomControl(props: { editor: Editor; view: EditorView; onHelp: () => void }): ReactNode {
  const { editor, view, onHelp } = props;
  return (
    <div className="absolute right-3 bottom-3 flex items-center gap-2">
      {!view.readOnly && (
        <Panel label="History">
          <Press editor={editor} id="undo" icon={Undo2} disabled={!view.canUndo} />
          <Press editor={editor} id="redo" icon={Redo2} disabled={!view.canRedo} />
        </Panel>
      )}
      <Panel label="Zoom">
        <Press editor={editor} id="zoom.out" icon={Minus} />
        <Tip
          label={editor.action("zoom.fit").label}
          keys={editor.action("zoom.fit").keys[0] ?? ""}
          side="top"
        >
          <button
            type="button"
            aria-label={`Zoom ${Math.round(view.camera.zoom * 100)} per cent. Show everything`}
            onClick={() => editor.run("zoom.fit")}
            className="h-8 w-12 rounded-lg text-center text-xs text-ink tabular-nums hover:bg-hover"
          >
            {Math.round(view.camera.zoom * 100)}%
          </button>
        </Tip>
        <Press editor={editor} id="zoom.in" icon={Plus} />
      </Panel>
      <span className="max-sm:hidden">
        <Panel label="Help">
          <Tip label="Help and shortcuts" keys="?" side="top-end">
            <button
              type="button"
              aria-label="Help and shortcuts"
              onClick={onHelp}
              className="flex size-8 items-center justify-center rounded-lg text-ink hover:bg-hover"
            >
              <CircleQuestionMark size={16} strokeWidth={1.75} aria-hidden />
            </button>
          </Tip>
        </Panel>
      </span>
    </div>
  );
}

function Panel({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div
      role="group"
      aria-label={label}
      className="flex items-center rounded-xl bg-surface p-0.5 shadow-float"
    >
      {children}
    </div>
  );
}

function Press(props: {
  editor: Editor;
  id: "undo" | "redo" | "zoom.in" | "zoom.out";
  icon: LucideIcon;
  disabled?: boolean;
}): ReactNode {
  const { editor, id, icon: Icon, disabled = false } = props;
  const action = editor.action(id);
  return (
    <Tip label={action.label} keys={action.keys[0] ?? ""} side="top">
      <button
        type="button"
        aria-label={action.label}
        aria-disabled={disabled}
        onClick={() => editor.run(id)}
        className="flex size-8 items-center justify-center rounded-lg text-ink hover:bg-hover aria-disabled:opacity-40"
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tip>
  );
}
