import type { InputEvent, RawInput, RawKey, RawPointer, RawWheel } from "./events";

/** Two presses count as a double click within this time and distance. */
const CLICK_MS = 400;
const CLICK_PX = 6;
/** The wheel's way that doubles the zoom; trackpad pinches come as small steps with Ctrl held. */
const WHEEL_DOUBLING_PX = 240;
const PINCH_DOUBLING_PX = 70;
/** One notch must not jump across the board, however large a delta the device reports. */
const MAX_WHEEL_PX = 240;

interface Finger {
  x: number;
  y: number;
}

/**
 * Turns what devices report into the few events the tools know. It keeps the fingers that are down, tells a
 * pan or a pinch of two fingers from a gesture of one, and counts clicks. Plain data in, plain data out.
 */
export function createNormalizer(): { feed(raw: RawInput): InputEvent[] } {
  const fingers = new Map<number, Finger>();
  let main: number | null = null;
  let pinching = false;
  let lastDown = { x: 0, y: 0, time: -Infinity, clicks: 0 };

  function countClicks(raw: RawPointer): number {
    const near = Math.hypot(raw.x - lastDown.x, raw.y - lastDown.y) <= CLICK_PX;
    const clicks = near && raw.time - lastDown.time <= CLICK_MS ? lastDown.clicks + 1 : 1;
    lastDown = { x: raw.x, y: raw.y, time: raw.time, clicks };
    return clicks;
  }

  function pointer(raw: RawPointer, type: "pointer.down" | "pointer.move" | "pointer.up"): InputEvent {
    const { kind, button, x, y, pressure, shift, alt, mod } = raw;
    return { type, kind, button, x, y, pressure, shift, alt, mod, clicks: lastDown.clicks };
  }

  function down(raw: RawPointer): InputEvent[] {
    if (raw.kind === "touch") {
      fingers.set(raw.id, { x: raw.x, y: raw.y });
      if (fingers.size === 2) {
        pinching = true;
        main = null;
        return [{ type: "cancel" }];
      }
      if (fingers.size > 2 || pinching) return [];
    }
    // A second mouse button in the middle of a drag is neither a new gesture nor an end of this one.
    if (main !== null) return [];
    main = raw.id;
    countClicks(raw);
    return [pointer(raw, "pointer.down")];
  }

  function pinch(raw: RawPointer): InputEvent[] {
    const before = [...fingers.values()];
    const finger = fingers.get(raw.id);
    const other = [...fingers.entries()].find(([id]) => id !== raw.id)?.[1];
    if (!finger || !other || before.length !== 2) return [];
    const was = { x: (finger.x + other.x) / 2, y: (finger.y + other.y) / 2 };
    const wasApart = Math.hypot(finger.x - other.x, finger.y - other.y);
    finger.x = raw.x;
    finger.y = raw.y;
    const x = (finger.x + other.x) / 2;
    const y = (finger.y + other.y) / 2;
    const apart = Math.hypot(finger.x - other.x, finger.y - other.y);
    const factor = wasApart > 1 && apart > 1 ? apart / wasApart : 1;
    return [{ type: "zoom", x, y, factor, dx: x - was.x, dy: y - was.y }];
  }

  function move(raw: RawPointer): InputEvent[] {
    if (pinching && raw.kind === "touch") return pinch(raw);
    if (main !== null && raw.id !== main) return [];
    const finger = fingers.get(raw.id);
    if (finger) Object.assign(finger, { x: raw.x, y: raw.y });
    return [pointer(raw, "pointer.move")];
  }

  function end(raw: RawPointer): InputEvent[] {
    fingers.delete(raw.id);
    if (pinching) {
      // The finger that stays must not start to draw: the gesture ends when the last one is lifted.
      if (fingers.size === 0) pinching = false;
      return [];
    }
    if (raw.id !== main) return [];
    main = null;
    return [raw.type === "cancel" ? { type: "cancel" } : pointer(raw, "pointer.up")];
  }

  return {
    feed(raw) {
      if (raw.type === "wheel") return [fromWheel(raw)];
      if ("key" in raw) return [fromKey(raw)];
      if (raw.type === "down") return down(raw);
      if (raw.type === "move") return move(raw);
      return end(raw);
    },
  };
}

function fromWheel(raw: RawWheel): InputEvent {
  if (raw.mod) {
    const delta = Math.max(-MAX_WHEEL_PX, Math.min(MAX_WHEEL_PX, raw.dy));
    const doubling = Math.abs(raw.dy) < 40 ? PINCH_DOUBLING_PX : WHEEL_DOUBLING_PX;
    return { type: "zoom", x: raw.x, y: raw.y, factor: 2 ** (-delta / doubling), dx: 0, dy: 0 };
  }
  // A plain wheel has one axis: Shift turns it sideways, unless the system did so already.
  const sideways = raw.shift && raw.dx === 0;
  return { type: "pan", dx: sideways ? -raw.dy : -raw.dx, dy: sideways ? 0 : -raw.dy };
}

function fromKey(raw: RawKey): InputEvent {
  const { type, ...rest } = raw;
  return { ...rest, type: type === "keydown" ? "key.down" : "key.up" };
}
