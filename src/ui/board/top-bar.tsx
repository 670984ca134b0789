import { ArrowLeft, Cloud, CloudOff, Eye } from "lucide-react";
import type { ReactNode } from "react";
import type { SyncStatus } from "#editor/sync/sync";
import { BoardTitle } from "./board-title";
import { People } from "./people";
import type { Person } from "./people";
import { Tip } from "./tip";

/** The saved state in words. Offline says what is at stake and that it is kept. */
function saveText(state: SyncStatus, pending: number): string {
  const changes = pending === 1 ? "1 change kept" : `${pending} changes kept`;
  if (state === "saved") return "Saved";
  if (state === "saving") return "Saving…";
  if (state === "connecting") return pending > 0 ? `Reconnecting: ${changes}` : "Connecting…";
  return pending > 0 ? `Offline: ${changes}` : "Offline";
}

/** The slim bar on top, in two parts so that the board shows between them. */
export function TopBar(props: {
  title: string;
  canRename: boolean;
  readOnly: boolean;
  homeHref: string;
  save: SyncStatus;
  pending: number;
  people: readonly Person[];
  onRename: (title: string) => Promise<void>;
}): ReactNode {
  return (
    <header className="pointer-events-none absolute inset-x-3 top-3 flex items-start justify-between gap-2">
      <div className="pointer-events-auto flex min-w-0 items-center gap-1 rounded-xl bg-surface p-1 shadow-float">
        <Tip label="Back to boards" side="bottom-start">
          <a
            href={props.homeHref}
            aria-label="Back to boards"
            className="flex size-8 shrink-0 items-center justify-center rounded-lg hover:bg-hover"
          >
            <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
          </a>
        </Tip>
        <BoardTitle title={props.title} canEdit={props.canRename} onRename={props.onRename} />
        <Saved state={props.save} pending={props.pending} />
      </div>
      <div className="pointer-events-auto flex h-10 shrink-0 items-center gap-1 rounded-xl bg-surface px-1.5 shadow-float empty:hidden">
        {props.readOnly && (
          <span className="flex items-center gap-1.5 px-1.5 text-xs text-ink-soft">
            <Eye size={14} strokeWidth={1.75} aria-hidden />
            View only
          </span>
        )}
        {props.people.length > 0 && <People people={props.people} />}
      </div>
    </header>
  );
}

function Saved({ state, pending }: { state: SyncStatus; pending: number }): ReactNode {
  const text = saveText(state, pending);
  const away = state === "offline" || (state === "connecting" && pending > 0);
  const Icon = away ? CloudOff : Cloud;
  return (
    <span
      role="status"
      aria-live="polite"
      title={text}
      className={`flex shrink-0 items-center gap-1.5 px-2 text-xs tabular-nums ${away ? "text-caution" : "text-ink-soft"}`}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <span className={away ? "" : "max-sm:sr-only"}>{text}</span>
    </span>
  );
}
