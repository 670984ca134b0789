import type { Bench } from "./actions/bench";
import type { CameraControl } from "./engine/camera";
import type { History } from "./engine/history";
import type { EditorView } from "./editor-view";
import type { PresenceUpdate, RemoteSelection } from "./presence";
import { selectionFrame } from "./input/gestures/grips";
import type { Frame } from "./input/gestures/grips";
import { textEditing } from "./input/text-session";
import type { Vec } from "./math/vec";
import type { ShapeOp } from "./model/ops";
import type { Hue } from "./model/record";
import type { Renderer } from "./render/renderer";
import { LIGHT_THEME } from "./render/theme";
import { hueOf } from "./shapes/look";
import type { Theme } from "./shapes/theme";

export interface ViewState {
  get(): EditorView;
  subscribe(listener: () => void): () => void;
  /** Something may have changed: listeners hear of it with the next frame. */
  touch(): void;
  /** Listeners hear of it now: a text field must not lag behind its keys. */
  flush(): void;
  setTheme(theme: Theme): void;
  setRemoteSelections(selections: readonly RemoteSelection[]): void;
  dispose(): void;
}

/** Gathers what chrome, overlay and other people see, at most once a frame, however many events came in between. */
export function createViewState(parts: {
  readonly bench: Bench;
  readonly camera: CameraControl;
  readonly history: History;
  readonly renderer: Renderer;
  readonly requestFrame: (callback: () => void) => () => void;
  readonly isBusy: () => boolean;
  readonly cursor: () => Vec | null;
  readonly onPresence: (update: PresenceUpdate) => void;
}): ViewState {
  const { bench, camera, renderer } = parts;
  const { state } = bench;
  const listeners = new Set<() => void>();
  let theme = LIGHT_THEME;
  let remote: readonly RemoteSelection[] = [];
  let stale = true;
  let callOff: (() => void) | null = null;
  let current: EditorView | null = null;
  let sent: { cursor: Vec | null; selection: readonly string[]; drag: readonly ShapeOp[] } | null = null;

  function get(): EditorView {
    if (!stale && current) return current;
    stale = false;
    const frame = selectionFrame(bench);
    showOverlay(frame);
    const next = build(frame);
    if (!current || !sameView(current, next)) current = next;
    return current;
  }

  function build(frame: Frame | null): EditorView {
    const { selection } = bench;
    const shown = bench.scene;
    const editing =
      state.session &&
      textEditing(state.session, shown.find(state.session.id), {
        scene: shown,
        theme,
        camera: camera.state.get(),
      });
    return {
      tool: state.tool,
      cursor: state.cursor,
      readOnly: state.readOnly,
      selection,
      selectionBox: frame?.box ?? null,
      hue: commonHue(bench),
      camera: camera.state.get(),
      canUndo: bench.canUndo,
      canRedo: bench.canRedo,
      busy: parts.isBusy(),
      editing,
      empty: bench.records.size === 0 && state.preview.size === 0,
      helpOpen: state.help,
      announcement: state.announcement,
    };
  }

  function showOverlay(frame: Frame | null): void {
    const { brush, target, hover, plus } = state.guides;
    // Grips are the select tool's: another tool in hand would not take hold of them.
    const quiet = parts.isBusy() || state.session !== null || state.readOnly || state.tool !== "select";
    // A lone shape has its outline already; a second one around it would stand out at round corners.
    const plain = bench.selection.length > 1 && frame ? { ...frame, handles: false, plus: [] } : null;
    renderer.setOverlay({
      selected: bench.selection,
      frame: quiet ? plain : frame,
      hover: hover ?? null,
      hotPlus: plus ?? null,
      brush: brush ?? null,
      target: target ?? null,
      guides: [],
      remote,
    });
  }

  function flush(): void {
    callOff?.();
    callOff = null;
    const before = current;
    const now = get();
    tell();
    if (now !== before) for (const listener of [...listeners]) listener();
  }

  function tell(): void {
    const update = { cursor: parts.cursor(), selection: bench.selection, drag: state.drag };
    const isSame =
      sent !== null &&
      sent.selection === update.selection &&
      sent.drag === update.drag &&
      sent.cursor?.[0] === update.cursor?.[0] &&
      sent.cursor?.[1] === update.cursor?.[1];
    if (isSame) return;
    sent = update;
    parts.onPresence(update);
  }

  function touch(): void {
    stale = true;
    callOff ??= parts.requestFrame(() => {
      callOff = null;
      flush();
    });
  }

  return {
    get,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    touch,
    flush,
    setTheme(next) {
      theme = next;
      renderer.setTheme(next);
      touch();
    },
    setRemoteSelections(selections) {
      remote = selections;
      touch();
    },
    dispose() {
      callOff?.();
      listeners.clear();
    },
  };
}

/** More shapes than this share a hue or not without anybody looking through them in every frame. */
const MOST_LOOKED_AT = 500;

function commonHue(bench: Bench): Hue | null {
  let common: Hue | null = null;
  for (const id of bench.selection.slice(0, MOST_LOOKED_AT)) {
    const record = bench.records.get(id);
    if (!record) continue;
    const hue = hueOf(record);
    if (common !== null && common !== hue) return null;
    common = hue;
  }
  return common;
}

function sameView(a: EditorView, b: EditorView): boolean {
  return (Object.keys(b) as (keyof EditorView)[]).every((key) => samePart(a[key], b[key]));
}

/** Parts are compared one level deep: they are small, and rebuilt in every frame. */
function samePart(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return (
    left.length === Object.keys(b).length && left.every(([key, value]) => sameShallow(value, right[key]))
  );
}

function sameShallow(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((value, index) => Object.is(value, b[index]));
}
