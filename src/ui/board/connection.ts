import type { Peer } from "#shared/board-protocol";
import type { SyncStatus } from "#editor/sync/sync";

/** What the page needs to know of the line to the server; a new object whenever any of it changed. */
export interface ConnectionView {
  readonly save: SyncStatus;
  /** Changes that are not acknowledged yet. */
  readonly pending: number;
  /** The board has been loaded once. */
  readonly loaded: boolean;
  readonly peers: readonly Peer[];
  /** The code with which the server closed the board for good; null while it may come back. */
  readonly closed: number | null;
  /** When everything was last known to be saved. */
  readonly savedAt: Date | null;
  /** The role may change while the board is open. */
  readonly readOnly: boolean;
  /** Something that was not accepted, in a sentence for the person; null when there is nothing to say. */
  readonly problem: string | null;
}

/** The line to the server, in the shape that React's external stores want. */
export interface BoardConnection {
  subscribe(listener: () => void): () => void;
  view(): ConnectionView;
  /** Operations without an acknowledgement, now. */
  pending(): number;
  dismissProblem(): void;
}
