import type { BoardIndex } from "#editor/engine/board-index";
import type { CameraControl } from "#editor/engine/camera";
import { deleteShapesOps } from "#editor/engine/delete-shapes";
import type { History } from "#editor/engine/history";
import { MOUSE_REACH, pickAt, pickIn } from "#editor/engine/pick";
import { previewOps } from "#editor/engine/preview";
import type { Selection } from "#editor/engine/selection";
import type { Store } from "#editor/engine/store";
import { quickAdd } from "#editor/input/gestures/connect";
import { textOf, textOps } from "#editor/input/text-session";
import { shapeAt } from "#editor/input/tools/make-tools";
import type { AfterCommit, Guides } from "#editor/input/workbench";
import { boxAround, boxCentre } from "#editor/math/box";
import type { Box } from "#editor/math/box";
import type { ShapeOp } from "#editor/model/ops";
import { isBoxRecord, isConnector } from "#editor/model/record";
import type { Hue, ShapeKind } from "#editor/model/record";
import { zKeysBetween } from "#editor/model/z-order";
import { connectorShape, shapeOf } from "#editor/shapes/registry";
import type { Scene } from "#editor/shapes/scene";
import type { ActionBench } from "./action";
import type { BenchState } from "./bench-state";
import type { CameraMoves } from "./camera-moves";

/** A connector's end is offered to shapes this far from the pointer, CSS pixels. */
const BIND_REACH = 12;

/** The engine's parts that tools and actions work on. */
export interface BenchParts {
  readonly store: Store;
  readonly index: BoardIndex;
  /** Stored records. */
  readonly stored: Scene;
  /** Stored records with the preview on top. */
  readonly shown: Scene;
  readonly camera: CameraControl;
  readonly moves: CameraMoves;
  readonly selection: Selection;
  readonly history: History;
  readonly newId: () => string;
  readonly zSuffix: string;
  /** Something that the screen shows has changed. */
  readonly changed: () => void;
  readonly showPreview: (state: BenchState) => void;
  readonly useTool: (tool: BenchState["tool"]) => void;
  readonly cancel: () => void;
}

/** The bench, and writing in shapes, which the text field drives. */
export interface Bench extends ActionBench {
  readonly state: BenchState;
  /** Computes the preview anew, after the board changed under it. */
  refresh(): void;
  typeText(text: string): void;
  endText(): void;
}

/** What tools and actions work with, over the engine. */
export function createBench(parts: BenchParts, state: BenchState): Bench {
  const { store, index, camera, selection, history } = parts;
  const looks = new Map<ShapeKind, Hue>();
  let selectedSet: ReadonlySet<string> | null = null;
  let selected: readonly string[] = [];

  function refresh(): void {
    const ops = [...state.remoteDrags, ...state.drag];
    if (ops.length === 0 && state.preview.size === 0) return;
    state.preview = previewOps(store.records, ops);
    parts.showPreview(state);
    parts.changed();
  }

  function drag(ops: readonly ShapeOp[]): void {
    if (ops.length === 0 && state.drag.length === 0) return;
    state.drag = ops;
    refresh();
  }

  function abandon(): void {
    bench.guide({});
    drag([]);
  }

  function frameBox(id: string): Box | null {
    const record = parts.shown.find(id);
    if (!record) return null;
    return isConnector(record) ? boxAround(connectorShape.points(record, parts.shown)) : record.g;
  }

  /** Writes while the preview still shows the same, so that no frame between the two shows the old state. */
  function write(ops: readonly ShapeOp[]): void {
    if (ops.length > 0 && !state.readOnly) store.apply(ops, "local");
    abandon();
  }

  function commit(ops: readonly ShapeOp[], after: AfterCommit = {}): void {
    endText();
    history.begin();
    write(ops);
    if (after.select) selection.set(after.select);
    const only = after.select?.[0];
    if (after.write && only !== undefined && openText(only, "", true)) return;
    history.end();
  }

  function openText(id: string, startWith: string | null, fresh: boolean): boolean {
    const record = store.records.get(id);
    if (state.readOnly || !record || !shapeOf(record).textBox(record, parts.stored)) return false;
    selection.set([id]);
    state.session = {
      id,
      draft: textOf(record),
      fresh: fresh || startWith !== null || textOf(record) === "",
    };
    parts.showPreview(state);
    if (startWith !== null && startWith !== "") typeText(startWith);
    parts.changed();
    return true;
  }

  function typeText(text: string): void {
    const record = state.session && store.records.get(state.session.id);
    if (!state.session || !record) return;
    state.session = { ...state.session, draft: text };
    drag(textOps(state.session.id, record, text, parts.stored));
    parts.changed();
  }

  function endText(): void {
    const { session } = state;
    if (!session) return;
    state.session = null;
    const record = store.records.get(session.id);
    // A text without words would be a shape that nobody can see.
    const isBlank = record?.kind === "text" && session.draft.trim() === "";
    if (isBlank) write(deleteShapesOps(new Set([session.id]), index, parts.stored));
    else write(record ? textOps(session.id, record, session.draft, parts.stored) : []);
    history.end();
    parts.showPreview(state);
    parts.changed();
  }

  const bench: Bench = {
    state,
    refresh,
    typeText,
    endText,
    get readOnly() {
      return state.readOnly;
    },
    get zoom() {
      return camera.state.get().zoom;
    },
    get records() {
      return store.records;
    },
    get scene() {
      return parts.shown;
    },
    get selection() {
      const now = selection.ids.get();
      if (now !== selectedSet) [selectedSet, selected] = [now, [...now]];
      return selected;
    },
    get panning() {
      return state.panning;
    },
    get tool() {
      return state.tool;
    },
    get canUndo() {
      return history.canUndo.get();
    },
    get canRedo() {
      return history.canRedo.get();
    },
    toWorld: (x, y) => camera.toWorld([x, y]),
    toScreen: camera.toScreen,
    hit: (at, slack = MOUSE_REACH) => pickAt(at, slack / bench.zoom, index, parts.stored),
    bindable: (at, except) =>
      pickAt(at, BIND_REACH / bench.zoom, index, parts.stored, (id) => {
        const record = store.records.get(id);
        return id !== except && record !== undefined && isBoxRecord(record);
      }),
    bounds(id) {
      const record = parts.shown.find(id);
      return record ? shapeOf(record).bounds(record, parts.shown) : null;
    },
    frameBox,
    within: (box) => pickIn(box, index, parts.stored),
    select(ids) {
      endText();
      // What was said about the shapes before is not true of these.
      bench.announce("");
      selection.set(ids);
    },
    preview: drag,
    abandon,
    commit,
    guide(guides) {
      if (sameGuides(guides, state.guides)) return;
      state.guides = guides;
      parts.changed();
    },
    newId: parts.newId,
    keysOnTop: (count) => zKeysBetween(index.order.topZ(), null, count, parts.zSuffix),
    look(kind) {
      const hue = looks.get(kind);
      return hue ? { hue } : {};
    },
    deletion: (ids) => deleteShapesOps(new Set(ids), index, parts.stored),
    editText(id, startWith) {
      endText();
      history.begin();
      if (!openText(id, startWith ?? null, false)) history.end();
    },
    writeAt(at) {
      if (state.readOnly) return;
      const op = shapeAt(bench, "text", at);
      commit([op], { select: [op[0]], write: true });
    },
    quickAdd(id, side) {
      const added = state.readOnly ? null : quickAdd(bench, id, side);
      if (!added) return;
      commit(added.ops, { select: [added.id], write: true });
      bench.reveal(added.id);
      bench.announce("Connected shape added");
    },
    useTool: parts.useTool,
    cursor(css) {
      if (state.cursor === css) return;
      state.cursor = css;
      parts.changed();
    },
    panBy(dx, dy) {
      parts.moves.stop();
      camera.pan(-dx, -dy);
    },
    announce(sentence) {
      if (state.announcement === sentence) return;
      state.announcement = sentence;
      parts.changed();
    },
    undo() {
      endText();
      history.undo();
    },
    redo() {
      endText();
      history.redo();
    },
    zoomBy: parts.moves.zoomBy,
    zoomTo(target) {
      if (typeof target === "number") return parts.moves.zoomTo(target);
      const box = target === "fit" ? index.boundsOf() : index.boundsOf(selection.ids.get());
      if (box) parts.moves.show(box);
    },
    middleOfView: () => boxCentre(camera.visible()),
    reveal(id) {
      const box = index.bounds(id);
      if (box) parts.moves.reveal(box);
    },
    rememberHue(hue) {
      for (const id of selection.ids.get()) {
        const kind = store.records.get(id)?.kind;
        if (kind) looks.set(kind, hue);
      }
    },
    cancel: parts.cancel,
    toggleHelp() {
      state.help = !state.help;
      parts.changed();
    },
  };
  return bench;
}

const sameGuides = (a: Guides, b: Guides): boolean =>
  a.hover === b.hover &&
  a.plus === b.plus &&
  a.brush === b.brush &&
  a.target?.id === b.target?.id &&
  a.target?.side === b.target?.side;
