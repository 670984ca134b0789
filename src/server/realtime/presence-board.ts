import { HUES } from "#editor/model/record";
import type { Presence } from "#shared/board-protocol";

import type { Connection } from "./connection";

/** What changed among the peers of a room since the last broadcast. The last value per tick wins. */
export class PresenceBoard {
  private readonly changed = new Map<Connection, Presence>();
  private readonly joined = new Set<Connection>();
  private readonly left = new Set<string>();

  get isDirty(): boolean {
    return this.changed.size > 0 || this.joined.size > 0 || this.left.size > 0;
  }

  change(connection: Connection, presence: Presence): void {
    connection.presence = { ...connection.presence, ...presence };
    this.changed.set(connection, { ...this.changed.get(connection), ...presence });
  }

  join(connection: Connection): void {
    this.joined.add(connection);
  }

  leave(connection: Connection): void {
    this.changed.delete(connection);
    if (!this.joined.delete(connection)) this.left.add(connection.id);
  }

  /** The fields of an update frame that tell the changes, as JSON without braces; forgets them. */
  take(): string {
    const fields: string[] = [];
    // Who just joined is told whole, so a change of theirs would be said twice.
    for (const connection of this.joined) this.changed.delete(connection);
    const changes = [...this.changed].map(([connection, presence]) => [connection.id, presence]);
    if (changes.length > 0) fields.push(`"c":${JSON.stringify(changes)}`);
    if (this.joined.size > 0) fields.push(`"j":${JSON.stringify([...this.joined].map((one) => one.peer))}`);
    if (this.left.size > 0) fields.push(`"l":${JSON.stringify([...this.left])}`);
    this.changed.clear();
    this.joined.clear();
    this.left.clear();
    return fields.join(",");
  }
}

/** A colour for a member: always the same one while it is free, never one that another member here has if possible. */
export function chooseHue(memberId: string, others: Iterable<Connection>): string {
  const hues = HUES.filter((hue) => hue !== "gray");
  const taken = new Set<string>();
  for (const other of others) {
    if (other.actor.memberId === memberId) return other.hue;
    taken.add(other.hue);
  }
  let start = 0;
  for (const char of memberId) start = (start * 31 + char.charCodeAt(0)) >>> 0;
  const order = hues.map((_, index) => hues[(start + index) % hues.length]!);
  return order.find((hue) => !taken.has(hue)) ?? order[0]!;
}
