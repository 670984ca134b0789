import { createSignal, type ReadSignal } from "#editor/engine/signal";
import type { Peer, Presence, UpdateFrame } from "#shared/board-protocol";

/** The others on the board, as the server tells of them. The own connection is left out. */
export class Peers {
  private readonly signal = createSignal<readonly Peer[]>([]);
  private known = new Map<string, Peer>();
  private me = "";

  get list(): ReadSignal<readonly Peer[]> {
    return this.signal;
  }

  reset(me: string, peers: readonly Peer[]): void {
    this.me = me;
    this.known = new Map(peers.map((peer) => [peer.id, peer]));
    this.publish();
  }

  update({ peers, j: joined, l: left, c: changed }: UpdateFrame): void {
    if (!peers && !joined && !left && !changed) return;
    if (peers) this.known = new Map(peers.map((peer) => [peer.id, peer]));
    for (const peer of joined ?? []) this.known.set(peer.id, peer);
    for (const id of left ?? []) this.known.delete(id);
    for (const [id, presence] of changed ?? []) this.change(id, presence);
    this.publish();
  }

  private change(id: string, presence: Presence): void {
    const peer = this.known.get(id);
    if (peer) this.known.set(id, { ...peer, ...presence });
  }

  private publish(): void {
    const others = [...this.known.values()].filter((peer) => peer.id !== this.me);
    // Twenty own cursor frames a second come back; they are no news.
    const before = this.signal.get();
    if (before.length === others.length && before.every((peer, index) => peer === others[index])) return;
    this.signal.set(others);
  }
}
