import type { ClientFrame } from "#shared/board-protocol";

import { reconnectDelay } from "./backoff";
import type { Link, LinkHandlers, SyncClock, Transport } from "./transport";

/** One link after the other: opens it, gives it up, and waits longer before each new attempt that follows a failure. */
export class RedialLink {
  private link: Link | null = null;
  private failures = 0;
  private cancelRetry: (() => void) | null = null;

  constructor(
    private readonly transport: Transport,
    private readonly clock: SyncClock,
    private readonly handlers: LinkHandlers,
  ) {}

  /** No attempt has failed since the last link that worked. */
  get isFresh(): boolean {
    return this.failures === 0;
  }

  open(): void {
    this.stopWaiting();
    // Handlers of a link that has been given up must not act for the next one.
    const isCurrent = () => this.link === link;
    const link: Link = this.transport.open({
      onOpen: () => {
        if (isCurrent()) this.handlers.onOpen();
      },
      onFrame: (text) => {
        if (isCurrent()) this.handlers.onFrame(text);
      },
      onClose: (code) => {
        if (isCurrent()) this.handlers.onClose(code);
      },
    });
    this.link = link;
  }

  send(frame: ClientFrame): void {
    this.link?.send(JSON.stringify(frame));
  }

  /** Tells whether a later moment still belongs to the link of now. */
  watch(): () => boolean {
    const { link } = this;
    return () => this.link === link;
  }

  /** The link does its work: the next failure counts as the first again. */
  markWorking(): void {
    this.failures = 0;
  }

  /** Ends the link, and any wait for the next one. */
  drop(): void {
    this.stopWaiting();
    this.link?.close();
    this.link = null;
  }

  /** @param code why the last link ended, see `reconnectDelay`. */
  retryLater(code: number, retry: () => void): void {
    const delay = reconnectDelay(this.failures++, code, this.clock.random());
    this.cancelRetry = this.clock.setTimer(delay, retry);
  }

  private stopWaiting(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
  }
}
