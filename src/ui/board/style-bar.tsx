"use client";
import { BringToFront, Check, CopyPlus, SendToBack, Trash2 } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { useCallback, useState } from "react";
import type { ReactNode } from "react";
import type { Editor } from "#editor/editor";
import type { EditorView } from "#editor/editor-view";
import { HUES } from "#editor/model/record";
import type { Hue } from "#editor/model/record";
import { placeBar } from "./place-bar";
import { Tip } from "./tip";

/** What can be done with the look and the order of the selection, floating beside it. */
export function StyleBar({ editor, view }: { editor: Editor; view: EditorView }): ReactNode {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const box = view.selectionBox;
  const shown = box !== null && !view.busy && !view.readOnly && !view.editing && view.tool === "select";

  const measure = useCallback((element: HTMLDivElement | null) => {
    if (element) setSize({ width: element.offsetWidth, height: element.offsetHeight });
  }, []);

  if (!shown) return null;
  const canvas = editor.size();
  const place = placeBar(box, size, { ...canvas, left: 76, top: 60 });
  return (
    <div
      ref={measure}
      role="toolbar"
      aria-label="Style of the selection"
      style={{ transform: `translate(${Math.round(place.left)}px, ${Math.round(place.top)}px)` }}
      className="absolute top-0 left-0 flex max-w-[calc(100vw-1.5rem)] items-center gap-0.5 rounded-xl bg-surface p-1 shadow-float"
    >
      <div role="radiogroup" aria-label="Colour" className="flex items-center">
        {HUES.map((hue) => (
          <HueDot key={hue} hue={hue} active={view.hue === hue} onPick={() => editor.run(`hue.${hue}`)} />
        ))}
      </div>
      <div className="mx-1 h-5 w-px bg-line" />
      <span className="flex max-sm:hidden">
        <BarButton editor={editor} id="front" icon={BringToFront} />
        <BarButton editor={editor} id="back" icon={SendToBack} />
        <BarButton editor={editor} id="duplicate" icon={CopyPlus} />
      </span>
      <BarButton editor={editor} id="delete" icon={Trash2} />
    </div>
  );
}

function HueDot({ hue, active, onPick }: { hue: Hue; active: boolean; onPick: () => void }): ReactNode {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={active}
      aria-label={hue}
      title={hue}
      onClick={onPick}
      className="flex size-7 items-center justify-center rounded-md hover:bg-hover max-sm:w-6"
    >
      <span
        className="flex size-[18px] items-center justify-center rounded-full border-2"
        style={{ background: `var(--${hue}-note)`, borderColor: `var(--${hue}-stroke)` }}
      >
        {active && <Check size={12} strokeWidth={3} style={{ color: `var(--${hue}-text)` }} aria-hidden />}
      </span>
    </button>
  );
}

function BarButton(props: {
  editor: Editor;
  id: "front" | "back" | "duplicate" | "delete";
  icon: LucideIcon;
}): ReactNode {
  const { editor, id, icon: Icon } = props;
  const action = editor.action(id);
  return (
    <Tip label={action.label} keys={action.keys[0] ?? ""} side="top">
      <button
        type="button"
        aria-label={action.label}
        onClick={() => editor.run(id)}
        className="flex size-8 items-center justify-center rounded-lg text-ink hover:bg-hover"
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tip>
  );
}
