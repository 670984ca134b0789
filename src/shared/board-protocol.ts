/**
 * The frames of `/realtime?board=ID`, one JSON object per WebSocket text message, and the rules both ends keep.
 * Every frame from outside passes `parseClientFrame` or `parseServerFrame`; nothing else reads raw messages.
 */

export const PROTOCOL_VERSION = 1;

/** Limits per connection, user, board and process. Sizes in bytes, times in milliseconds. */
export const REALTIME_LIMITS = {
  /** A larger message closes the socket with 1009. */
  frameBytes: 256 * 1024,
  /** What a client puts into one `p` frame at most, so that it never comes near `frameBytes`. */
  batchBytes: 96 * 1024,
  framesPerSecond: 60,
  bytesPerSecond: 256 * 1024,
  /** The server's rhythm for commits and broadcasts, and the client's for sending. */
  tickMs: 33,
  helloMs: 5_000,
  pingMs: 15_000,
  /** A client that heard nothing for this long takes its socket for dead. */
  watchdogMs: 35_000,
  socketsPerMember: 10,
  socketsPerBoard: 200,
  socketsPerProcess: 5_000,
  selectionIds: 200,
  dragBytes: 16 * 1024,
} as const;

/** Close codes. What a client may do after each one is in `mayReconnect`. */
export const CLOSE = {
  goingAway: 1001,
  tooBig: 1009,
  restart: 1012,
  overload: 1013,
  /** A message that is not a valid frame, or a frame at the wrong moment. */
  badFrame: 4400,
  /** The session ended: sign in again. */
  signIn: 4401,
  /** Access was taken away. Whatever this browser keeps of the board must go. */
  revoked: 4403,
  /** The board was deleted. */
  boardGone: 4404,
  /** No `hi` within five seconds. */
  helloTimeout: 4408,
  /** The page is older or newer than the server: reload it. */
  version: 4409,
  /** The same client opened another socket for this board. */
  replaced: 4410,
  rateLimit: 4429,
} as const;

const FINAL_CODES: ReadonlySet<number> = new Set([
  CLOSE.badFrame,
  CLOSE.signIn,
  CLOSE.revoked,
  CLOSE.boardGone,
  CLOSE.version,
  CLOSE.replaced,
]);

/** Whether a client should try again after this close code. */
export function mayReconnect(code: number): boolean {
  return !FINAL_CODES.has(code);
}

export type WireValue =
  null | boolean | number | string | readonly WireValue[] | { readonly [key: string]: WireValue };

/** `[shapeId, patch]`; null deletes the shape, a null property clears it. */
export type WireOp = readonly [id: string, patch: { readonly [property: string]: WireValue } | null];

/** What a connection may do on its board. */
export type Access = "edit" | "view";

/** Never stored. A missing field keeps its last value, null clears it. */
export interface Presence {
  /** World units. */
  readonly cur?: readonly [x: number, y: number] | null;
  readonly sel?: readonly string[] | null;
  /** Patches that show a gesture before it is committed. */
  readonly drag?: readonly WireOp[] | null;
}

/** Somebody on the board. Everything but the presence is stamped by the server from the session. */
export interface Peer extends Presence {
  /** Of this connection; new at every reconnect. */
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  readonly hue: string;
}

export interface HelloFrame {
  readonly t: "hi";
  readonly v: number;
  /** The last sequence number this client has applied, or null when it has no state. */
  readonly since: number | null;
  /** Made by the client once per tab. With `n` it makes a resend recognisable. */
  readonly cid: string;
}

export interface PushFrame {
  readonly t: "p";
  /** Counts the client's batches; a resend keeps its number. */
  readonly n: number;
  /** Checked by the board model, not here. */
  readonly o: unknown;
}

export interface PresenceFrame extends Presence {
  readonly t: "e";
}

export type ClientFrame = HelloFrame | PushFrame | PresenceFrame;

/** Why a batch was refused. The client takes it back. */
export type RefusalCode = "bad_ops" | "too_large" | "read_only" | "board_full" | "revoked" | "board_gone";

interface Welcome {
  readonly seq: number;
  readonly role: Access;
  /** This connection's own peer id. */
  readonly me: string;
  readonly peers: readonly Peer[];
}

export type ServerFrame =
  /** Load the snapshot at `snap`, then apply what is newer. */
  | ({ readonly t: "init"; readonly snap: string } & Welcome)
  /** The operations from `from` to `seq` follow as `u` and `a` frames; no snapshot is needed. */
  | ({ readonly t: "diff"; readonly from: number } & Welcome)
  /** The own batch `n` is stored as sequence number `s`. */
  | { readonly t: "a"; readonly n: number; readonly s: number }
  | { readonly t: "r"; readonly n: number; readonly code: RefusalCode; readonly message: string }
  | UpdateFrame
  | { readonly t: "role"; readonly role: Access }
  /** Slow down, or the socket will be closed with 4429. */
  | { readonly t: "warn"; readonly code: "rate" }
  /** The close code that follows, for proxies that lose it. */
  | { readonly t: "bye"; readonly code: number };

/** Others' operations after sequence number `f` up to `s`, and what changed among the peers. */
export interface UpdateFrame {
  readonly t: "u";
  readonly f?: number;
  readonly s?: number;
  readonly o?: readonly WireOp[];
  /** Changed presence by peer. */
  readonly c?: readonly (readonly [peer: string, presence: Presence])[];
  /** Joined. */
  readonly j?: readonly Peer[];
  /** Left. */
  readonly l?: readonly string[];
  /** The whole list, after some changes were left out. */
  readonly peers?: readonly Peer[];
}

/** A message that is no frame; `code` is the close code it deserves. */
export interface FrameError {
  readonly code: number;
  readonly reason: string;
}

const CLIENT_ID = /^[A-Za-z0-9_-]{8,40}$/;
const SHAPE_ID = /^[A-Za-z0-9_-]{1,40}$/;
const MAX_COORDINATE = 1e7;

type Fields = Readonly<Record<string, unknown>>;

const bad = (reason: string): FrameError => ({ code: CLOSE.badFrame, reason });
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCoordinate = (value: unknown): boolean =>
  typeof value === "number" && Number.isFinite(value) && Math.abs(value) < MAX_COORDINATE;

function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** Unknown fields are refused, so that a later version can give them a meaning. */
function hasOnly(fields: Fields, names: readonly string[]): boolean {
  return Object.keys(fields).every((name) => name === "t" || names.includes(name));
}

function parseHello(fields: Fields): HelloFrame | FrameError {
  const { v, since, cid } = fields;
  if (v !== PROTOCOL_VERSION)
    return { code: CLOSE.version, reason: "This page does not match the server. Reload it." };
  if (!hasOnly(fields, ["v", "since", "cid"])) return bad("hi has an unknown field");
  if (since !== null && !isCount(since)) return bad("since must be a sequence number or null");
  if (typeof cid !== "string" || !CLIENT_ID.test(cid))
    return bad("cid must have 8 to 40 letters, digits, - or _");
  return { t: "hi", v, since, cid };
}

function parsePush(fields: Fields): PushFrame | FrameError {
  if (!hasOnly(fields, ["n", "o"])) return bad("p has an unknown field");
  // The column is a 32-bit integer.
  if (!isCount(fields["n"]) || fields["n"] > 0x7fff_ffff) return bad("n must be a count");
  return { t: "p", n: fields["n"], o: fields["o"] };
}

const isCursor = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 2 && value.every(isCoordinate));

const isSelection = (value: unknown): boolean =>
  value === null ||
  (Array.isArray(value) &&
    value.length <= REALTIME_LIMITS.selectionIds &&
    value.every((id) => typeof id === "string" && SHAPE_ID.test(id)));

/** Only the outside: the board model checks the patches, as it does for `p`. */
const isDrag = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && JSON.stringify(value).length <= REALTIME_LIMITS.dragBytes);

function parsePresence(fields: Fields): PresenceFrame | FrameError {
  if (!hasOnly(fields, ["cur", "sel", "drag"])) return bad("e has an unknown field");
  if ("cur" in fields && !isCursor(fields["cur"])) return bad("cur must be two finite numbers or null");
  if ("sel" in fields && !isSelection(fields["sel"])) return bad("sel must be a list of shape ids or null");
  if ("drag" in fields && !isDrag(fields["drag"]))
    return bad("drag must be a short list of operations or null");
  return fields as unknown as PresenceFrame;
}

/** Reads a message of a client. Never throws: what is not a frame comes back as the error to close with. */
export function parseClientFrame(text: string): ClientFrame | FrameError {
  const fields = parseFields(text);
  if (fields === null) return bad("not a JSON object");
  switch (fields["t"]) {
    case "hi":
      return parseHello(fields);
    case "p":
      return parsePush(fields);
    case "e":
      return parsePresence(fields);
    default:
      return bad("unknown frame");
  }
}

export function isFrameError(frame: ClientFrame | FrameError): frame is FrameError {
  return !("t" in frame);
}

const SERVER_FRAMES: ReadonlySet<unknown> = new Set(["init", "diff", "a", "r", "u", "role", "warn", "bye"]);

/** Reads a message of the server, which is trusted beyond its outer form; null for frames of a later version. */
export function parseServerFrame(text: string): ServerFrame | null {
  const fields = parseFields(text);
  return fields !== null && SERVER_FRAMES.has(fields["t"]) ? (fields as unknown as ServerFrame) : null;
}
