import { boardAccess, findBoard } from "#server/boards/index";
import { workspaceScope } from "#server/db/index";
import { now } from "#server/kernel/clock";
import { log } from "#server/kernel/logger";
import { signals } from "#server/kernel/signals";
import {
  findActiveSessionByHash,
  listRevocationsSince,
  sessionExpiry,
  touchSession,
} from "#server/sessions/index";
import { CLOSE } from "#shared/board-protocol";

import type { Committer } from "./committer";
import type { Connection } from "./connection";

/** A connection with the board it is on. */
export interface Watched {
  readonly connection: Connection;
  readonly boardId: string;
}

export interface AccessWatchContext {
  readonly watched: () => Iterable<Watched>;
  readonly committer: Committer;
  /** Closes a connection after its access is gone and takes it out of its room. */
  readonly cutOff: (one: Watched, code: typeof CLOSE.revoked | typeof CLOSE.signIn, reason: string) => void;
  readonly closeBoard: (boardId: string) => void;
}

/** Ids are given out before the commit, so a row can appear behind a newer one: the window overlaps. */
const WINDOW_MS = 10_000;
const TOUCH_EVERY_MS = 10 * 60_000;

/**
 * Takes access away from open sockets. Signals tell of changes in this process at once; the poll of the
 * Revocation table tells of the same and of other processes', so a lost signal costs half a second, not the rule.
 */
export class AccessWatch {
  private readonly handled = new Map<bigint, number>();
  private readonly touched = new WeakMap<Connection, number>();

  constructor(private readonly context: AccessWatchContext) {}

  /** Listens to this process's signals until the returned function is called. */
  listen(): () => void {
    const stops = [
      signals.on("member.revoked", ({ memberId }) => this.revokeMember(memberId)),
      signals.on("session.revoked", ({ sessionId }) => this.revokeSession(sessionId)),
      signals.on("member.changed", ({ memberId }) => this.recheckMember(memberId)),
      signals.on("board.deleted", ({ boardId }) => this.context.closeBoard(boardId)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** One look at the Revocation table; the caller repeats it every 500 ms. */
  async poll(): Promise<void> {
    const nowMs = now().getTime();
    const rows = await listRevocationsSince(new Date(nowMs - WINDOW_MS));
    for (const row of rows) {
      if (this.handled.has(row.id)) continue;
      this.handled.set(row.id, nowMs);
      if (row.memberId !== null) this.revokeMember(row.memberId, row.at.getTime());
      if (row.sessionId !== null) this.revokeSession(row.sessionId);
    }
    for (const [id, at] of this.handled) if (nowMs - at > 3 * WINDOW_MS) this.handled.delete(id);
  }

  /** @param before leaves connections alone that were opened (and checked) after this moment, in milliseconds. */
  private revokeMember(memberId: string, before = Infinity): void {
    this.context.committer.discard(memberId);
    for (const one of [...this.context.watched()]) {
      if (one.connection.actor.memberId !== memberId) continue;
      // Opened later than the row: a reactivated member. Looked up anew all the same, because clocks differ.
      if (one.connection.openedAt > before) void this.recheck(one);
      else this.context.cutOff(one, CLOSE.revoked, "access revoked");
    }
  }

  private revokeSession(sessionId: string): void {
    for (const one of [...this.context.watched()]) {
      if (one.connection.actor.sessionId === sessionId) this.context.cutOff(one, CLOSE.signIn, "signed out");
    }
  }

  private recheckMember(memberId: string): void {
    for (const one of [...this.context.watched()]) {
      if (one.connection.actor.memberId === memberId) void this.recheck(one);
    }
  }

  /** Reads session, role and board again and acts on what it finds. */
  async recheck(one: Watched): Promise<void> {
    const { connection, boardId } = one;
    try {
      const session = await findActiveSessionByHash(connection.identity.tokenHash);
      if (!session) return this.context.cutOff(one, CLOSE.signIn, "session ended");
      connection.expiresAt = session.expiresAt.getTime();
      const board = await findBoard(workspaceScope(session.actor.workspaceId), boardId);
      if (!board || board.deletedAt !== null) return this.context.closeBoard(boardId);
      const access = boardAccess(session.actor, board);
      if (!access) return this.context.cutOff(one, CLOSE.revoked, "no access to this board");
      if (access === connection.access) return;
      connection.access = access;
      connection.send({ t: "role", role: access });
    } catch (error) {
      // What cannot be checked is not trusted: the client comes back through the full check.
      log().warn({ err: error }, "a realtime connection could not be checked");
      connection.close(CLOSE.overload, "access could not be checked");
    }
  }

  /** Ends connections whose session is over and keeps the sessions of active ones alive. */
  checkSessions(nowMs: number): void {
    for (const one of [...this.context.watched()]) {
      const { connection } = one;
      if (connection.expiresAt <= nowMs) void this.recheck(one);
      else void this.keepAlive(connection, nowMs);
    }
  }

  private async keepAlive(connection: Connection, nowMs: number): Promise<void> {
    const touchedAt = this.touched.get(connection) ?? connection.openedAt;
    if (connection.lastHeard - touchedAt < TOUCH_EVERY_MS) return;
    this.touched.set(connection, nowMs);
    const expiresAt = sessionExpiry(connection.identity.notOnOrAfter);
    await touchSession(connection.identity.tokenHash, expiresAt).catch((error: unknown) =>
      log().warn({ err: error }, "a session could not be prolonged"),
    );
    connection.expiresAt = expiresAt.getTime();
  }
}
