import type { Link, LinkHandlers, SnapshotAnswer, SyncClock, Transport } from "#editor/sync/transport";
import { CLOSE, REALTIME_LIMITS } from "#shared/board-protocol";

/** What a browser reports for a connection that failed, was refused or fell silent. */
const ABNORMAL = 1006;

function codeOfStatus(status: number): number {
  if (status === 401) return CLOSE.signIn;
  if (status === 403) return CLOSE.revoked;
  if (status === 404) return CLOSE.boardGone;
  return ABNORMAL;
}

const snapshotPath = (boardId: string) => `/api/board/${encodeURIComponent(boardId)}/snapshot`;

/** A page does not see why a handshake was refused, so it asks the snapshot's address, which has the same checks. */
async function findRefusal(boardId: string): Promise<number> {
  const controller = new AbortController();
  try {
    const response = await fetch(snapshotPath(boardId), { cache: "no-store", signal: controller.signal });
    return codeOfStatus(response.status);
  } catch {
    return ABNORMAL;
  } finally {
    // Only the status was wanted.
    controller.abort();
  }
}

function openSocket(boardId: string, handlers: LinkHandlers): Link {
  const url = new URL("/realtime", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("board", boardId);
  const socket = new WebSocket(url);
  let opened = false;
  let done = false;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const letGo = () => {
    done = true;
    clearTimeout(watchdog);
    window.removeEventListener("offline", giveUp);
  };
  const finish = (code: number) => {
    if (done) return;
    letGo();
    handlers.onClose(code);
  };
  const giveUp = () => {
    socket.close();
    finish(ABNORMAL);
  };
  const feed = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(giveUp, REALTIME_LIMITS.watchdogMs);
  };

  // A socket without a network stays open in silence until the watchdog barks; until then work would seem on its way.
  window.addEventListener("offline", giveUp);

  socket.addEventListener("open", () => {
    if (done) return;
    opened = true;
    feed();
    handlers.onOpen();
  });
  socket.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (done || typeof event.data !== "string") return;
    feed();
    handlers.onFrame(event.data);
  });
  socket.addEventListener("close", (event) => {
    if (opened) finish(event.code);
    else if (!done) void findRefusal(boardId).then(finish);
  });
  feed();

  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      letGo();
      socket.close();
    },
  };
}

async function loadSnapshot(path: string): Promise<SnapshotAnswer> {
  try {
    const response = await fetch(path, { cache: "no-cache" });
    if (!response.ok) return { kind: "failed", code: codeOfStatus(response.status) };
    const seq = Number(/\d+/.exec(response.headers.get("etag") ?? "")?.[0] ?? Number.NaN);
    const body = await response.text();
    return Number.isSafeInteger(seq) ? { kind: "loaded", seq, body } : { kind: "failed", code: ABNORMAL };
  } catch {
    return { kind: "failed", code: ABNORMAL };
  }
}

function onWake(listener: () => void): () => void {
  const onVisible = () => {
    if (document.visibilityState === "visible") listener();
  };
  window.addEventListener("online", listener);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    window.removeEventListener("online", listener);
    document.removeEventListener("visibilitychange", onVisible);
  };
}

/** The sync client's transport in a browser: a WebSocket to /realtime, and HTTP for the snapshot. */
export function createSocketTransport(boardId: string): Transport {
  return { open: (handlers) => openSocket(boardId, handlers), loadSnapshot, onWake };
}

/** The browser's clock and chance for the sync client. */
export const browserSyncClock: SyncClock = {
  now: () => performance.now(),
  setTimer: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
