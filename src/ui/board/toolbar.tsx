import { Circle, Diamond, Hand, MousePointer2, Pencil, Spline, Square, StickyNote, Type } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { TOOLS } from "#editor/editor-view";
import type { ToolName } from "#editor/editor-view";
import type { Editor } from "#editor/editor";
import { Tip } from "./tip";

const ICONS: Readonly<Record<ToolName, LucideIcon>> = {
  select: MousePointer2,
  hand: Hand,
  note: StickyNote,
  rectangle: Square,
  ellipse: Circle,
  diamond: Diamond,
  text: Type,
  connector: Spline,
  draw: Pencil,
};

/** Tools in one column at the left centre; each shows its letter. Viewers get the two tools that change nothing. */
export function Toolbar({
  editor,
  tool,
  readOnly,
}: {
  editor: Editor;
  tool: ToolName;
  readOnly: boolean;
}): ReactNode {
  const names = readOnly ? TOOLS.slice(0, 2) : TOOLS;
  return (
    <div
      role="toolbar"
      aria-label="Tools"
      aria-orientation="vertical"
      className="absolute top-1/2 left-3 flex -translate-y-1/2 flex-col gap-0.5 rounded-xl bg-surface p-1 shadow-float"
      onKeyDown={moveFocus}
    >
      {names.map((name) => (
        <ToolButton key={name} editor={editor} name={name} active={name === tool} first={name === "note"} />
      ))}
    </div>
  );
}

function ToolButton(props: { editor: Editor; name: ToolName; active: boolean; first: boolean }): ReactNode {
  const { editor, name, active, first } = props;
  const action = editor.action(`tool.${name}`);
  const Icon = ICONS[name];
  const letter = action.keys[0] ?? "";
  return (
    <>
      {first && <div className="mx-1.5 my-1 h-px bg-line" />}
      <Tip label={action.label} keys={letter} side="right">
        <button
          type="button"
          aria-label={action.label}
          aria-keyshortcuts={letter}
          aria-pressed={active}
          tabIndex={active ? 0 : -1}
          onClick={() => editor.run(action.id)}
          className={`flex h-9 w-12 items-center justify-between rounded-lg px-2 transition-colors duration-120 pointer-coarse:w-9 ${
            active ? "bg-accent text-accent-ink" : "text-ink hover:bg-hover"
          }`}
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          <span
            aria-hidden
            className={`text-xs leading-none pointer-coarse:hidden ${active ? "text-accent-ink" : "text-ink-soft"}`}
          >
            {letter}
          </span>
        </button>
      </Tip>
    </>
  );
}

/** One stop for Tab, arrows between the tools: the way of toolbars. */
function moveFocus(event: React.KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
