import type { ReactNode } from "react";
import type { EditorView } from "#editor/editor-view";
import type { Peer } from "#shared/board-protocol";

/** Other people's pointers with their names. Decoration: who is here is said by the list of people. */
export function RemoteCursors({ cursors, view }: { cursors: readonly Peer[]; view: EditorView }): ReactNode {
  const { x, y, zoom } = view.camera;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      {cursors.map(({ id, name, hue, cur: cursor }) => {
        if (!cursor) return null;
        const left = (cursor[0] - x) * zoom;
        const top = (cursor[1] - y) * zoom;
        return (
          <div
            key={id}
            className="absolute top-0 left-0 transition-transform duration-75 ease-linear motion-reduce:transition-none"
            style={{ transform: `translate(${left}px, ${top}px)` }}
          >
            <svg width="18" height="20" viewBox="0 0 18 20" className="absolute -top-px -left-px">
              <path
                d="M1 1 L6.2 17.2 L8.9 10.2 L16 7.8 Z"
                fill={`var(--${hue}-stroke)`}
                stroke="var(--surface)"
                strokeWidth="1.5"
                strokeLinejoin="round"
              />
            </svg>
            <span
              className="absolute top-4 left-3 max-w-40 truncate rounded-md px-1.5 py-0.5 text-xs font-medium whitespace-nowrap"
              style={{ background: `var(--${hue}-note)`, color: `var(--${hue}-text)` }}
            >
              {name}
            </span>
          </div>
        );
      })}
    </div>
  );
}
