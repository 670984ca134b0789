"use client";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { showChord } from "#editor/actions/keys";
import type { Editor } from "#editor/editor";
import { isApple } from "./dom-input";

/** What hands do that no action names. */
const GESTURES: readonly (readonly [what: string, how: string])[] = [
  ["Move around", "Scroll, or Space and drag"],
  ["Zoom", "Ctrl and scroll, or pinch"],
  ["Write in a shape", "Double-click, or just type"],
  ["Add a connected shape", "Drag or press a + beside a shape"],
  ["Keep proportions, or one direction", "Shift while dragging"],
  ["Resize from the centre", "Alt while resizing"],
  ["Drag a copy", "Alt while dragging"],
];

/** The help sheet: every action with keys, straight from the registry, so that it cannot fall behind. */
export function HelpSheet({
  editor,
  open,
  onClose,
}: {
  editor: Editor;
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  if (!open) return null;
  const apple = isApple();
  return (
    <dialog
      ref={dialog}
      aria-label="Help and shortcuts"
      onClose={onClose}
      className="m-auto max-h-[85dvh] w-[min(760px,calc(100vw-2rem))] rounded-xl border-line bg-surface p-0 text-ink shadow-float outline-none backdrop:bg-black/30"
    >
      <div className="sticky top-0 flex items-center justify-between border-b border-line bg-surface px-5 py-3">
        <h2 className="text-[15px] font-semibold">Help and shortcuts</h2>
        <button
          type="button"
          aria-label="Close help"
          onClick={onClose}
          className="flex size-8 items-center justify-center rounded-lg hover:bg-hover"
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </button>
      </div>
      <div className="gap-8 px-5 py-4 sm:columns-2">
        {editor.helpGroups().map(({ group, lines }) => (
          <Group key={group} title={group}>
            {lines.map(({ label, keys }) => (
              <Row key={label} label={label} keys={keys.map((chord) => showChord(chord, apple))} />
            ))}
          </Group>
        ))}
        <Group title="With the mouse or fingers">
          {GESTURES.map(([what, how]) => (
            <div key={what} className="flex justify-between gap-4 py-1 text-sm">
              <span>{what}</span>
              <span className="text-right text-ink-soft">{how}</span>
            </div>
          ))}
        </Group>
      </div>
    </dialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-ink-soft">{title}</h3>
      {children}
    </section>
  );
}

function Row({ label, keys }: { label: string; keys: readonly string[] }): ReactNode {
  return (
    <div className="flex items-center justify-between gap-4 py-1 text-sm">
      <span>{label}</span>
      <span className="flex gap-1">
        {keys.map((key) => (
          <kbd key={key} className="rounded-sm border border-line bg-paper px-1.5 py-0.5 font-sans text-xs">
            {key}
          </kbd>
        ))}
      </span>
    </div>
  );
}
