"use client";
import { useRef, useState } from "react";
import type { ReactNode } from "react";

/** The board's title, renamed in place. Enter or leaving the field saves, Escape restores. */
export function BoardTitle(props: {
  title: string;
  canEdit: boolean;
  onRename: (title: string) => Promise<void>;
}): ReactNode {
  const { title, canEdit, onRename } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const leaving = useRef(false);

  async function save(value: string): Promise<void> {
    if (leaving.current) return;
    const next = value.trim();
    if (next === "" || next === title) {
      setDraft(null);
      return;
    }
    leaving.current = true;
    try {
      await onRename(next);
      setDraft(null);
      setProblem(null);
    } catch {
      setProblem("The new title was not saved. Check the connection and press Enter again.");
    } finally {
      leaving.current = false;
    }
  }

  if (!canEdit) return <h1 className="min-w-0 truncate px-2 text-sm leading-8 font-semibold">{title}</h1>;
  if (draft === null) {
    return (
      <h1 className="min-w-0">
        <button
          type="button"
          title="Rename"
          aria-label={`${title}. Rename this board`}
          onClick={() => setDraft(title)}
          className="block h-8 max-w-full truncate rounded-lg px-2 text-left text-sm leading-8 font-semibold hover:bg-hover"
        >
          {title}
        </button>
      </h1>
    );
  }
  return (
    <span className="relative min-w-0">
      <input
        autoFocus
        aria-label="Title of the board"
        aria-invalid={problem !== null}
        value={draft}
        maxLength={200}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save(draft)}
        onKeyDown={(event) => {
          if (event.key === "Enter") void save(draft);
          if (event.key === "Escape") {
            setDraft(null);
            setProblem(null);
          }
        }}
        className="h-8 w-[min(260px,40vw)] rounded-lg border border-line-strong bg-surface px-2 text-sm font-semibold"
      />
      {problem && (
        <span
          role="alert"
          className="absolute top-full left-0 mt-2 w-60 rounded-lg border border-line bg-surface px-3 py-2 text-xs text-danger shadow-float"
        >
          {problem}
        </span>
      )}
    </span>
  );
}
