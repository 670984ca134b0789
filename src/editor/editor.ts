import { createBench } from "./actions/bench";
import { createBenchState } from "./actions/bench-state";
import { createCameraMoves } from "./actions/camera-moves";
import { createCopying } from "./actions/copying";
import { createKeyboard } from "./actions/keyboard";
import { getAction, listHelp } from "./actions/registry";
import type { Action } from "./actions/action";
import { createBoardIndex } from "./engine/board-index";
import { createCamera } from "./engine/camera";
import { createHistory } from "./engine/history";
import { createSelection } from "./engine/selection";
import type { Store } from "./engine/store";
import type { EditorView, ToolName } from "./editor-view";
import { createViewState } from "./view-state";
import type { MeasureText } from "./geometry/text-layout";
import { isPointerInput } from "./input/events";
import type { InputEvent, RawInput } from "./input/events";
import { createMachine } from "./input/machine";
import { createNormalizer } from "./input/normalize";
import { restingCursor } from "./input/tools/panning";
import { restingState, TOOL_TABLE } from "./input/tools/table";
import { isResting } from "./input/tool-state";
import type { ToolState } from "./input/tool-state";
import type { Workbench } from "./input/workbench";
import type { ShapeOp } from "./model/ops";
import type { Vec } from "./math/vec";
import type { PresenceUpdate, RemoteSelection } from "./presence";
import type { CreateLayer, Layer } from "./render/painter";
import { createRenderer } from "./render/renderer";
import { DARK_THEME, LIGHT_THEME } from "./render/theme";
import { createScene } from "./shapes/scene";

export interface EditorOptions {
  readonly store: Store;
  readonly readOnly?: boolean;
  /** Milliseconds of any clock that only moves forwards. */
  readonly now: () => number;
  /** Makes ids that no other client makes. */
  readonly newId: () => string;
  /** A few digits of this client's own, see `zKeysBetween`. */
  readonly zSuffix?: string;
  readonly measureText: MeasureText;
  readonly createLayer: CreateLayer;
  /** Calls back once before the next repaint; returns the way to call it off. */
  readonly requestFrame: (callback: () => void) => () => void;
  /** True when the person wants no motion. */
  readonly still?: () => boolean;
  /** Called at most once a frame, and only when something differs. */
  readonly onPresence?: (update: PresenceUpdate) => void;
}

/** The whiteboard without a page around it. The only object that the interface sees. */
export type Editor = ReturnType<typeof createEditor>;

/** Composes engine, input, actions and renderer over a store. */
export function createEditor(options: EditorOptions) {
  const { store, now, requestFrame } = options;
  const stored = createScene((id) => store.records.get(id), options.measureText);
  const index = createBoardIndex(store, stored);
  const selection = createSelection(store);
  const history = createHistory(store, selection);
  const camera = createCamera();
  const still = options.still ?? (() => false);
  const moves = createCameraMoves({ camera, now, requestFrame, still });
  const renderer = createRenderer({
    scene: stored,
    index,
    camera,
    theme: LIGHT_THEME,
    createLayer: options.createLayer,
    requestFrame,
    now,
  });
  const state = createBenchState(options.readOnly ?? false);
  let pointer: Vec | null = null;

  const bench = createBench(
    {
      store,
      index,
      stored,
      shown: renderer.scene,
      camera,
      moves,
      selection,
      history,
      newId: options.newId,
      zSuffix: options.zSuffix ?? "",
      changed: () => views.touch(),
      showPreview(shown) {
        renderer.setPreview(shown.preview);
        renderer.setEditing(shown.session?.id ?? null);
      },
      useTool,
      cancel,
    },
    state,
  );
  const machine = createMachine<ToolState, Workbench, InputEvent>({
    table: TOOL_TABLE,
    initial: restingState("select"),
    context: bench,
    onChange: () => views.touch(),
  });
  const views = createViewState({
    bench,
    camera,
    history,
    renderer,
    requestFrame,
    isBusy: () => !isResting(machine.state) && machine.state.name !== "pressed",
    cursor: () => pointer,
    onPresence: options.onPresence ?? (() => undefined),
  });
  const normalizer = createNormalizer();
  const keyboard = createKeyboard(bench, machine);
  const copying = createCopying({
    bench,
    store,
    index,
    scene: stored,
    middle: () => pointer ?? bench.middleOfView(),
  });
  const stops = [
    store.onChange(({ origin }) => {
      if (origin !== "local") bench.refresh();
      views.touch();
    }),
    selection.ids.subscribe(views.touch),
    camera.state.subscribe(views.touch),
    camera.viewport.subscribe(views.touch),
    history.canUndo.subscribe(views.touch),
    history.canRedo.subscribe(views.touch),
  ];

  function useTool(tool: ToolName): void {
    if (state.readOnly && tool !== "select" && tool !== "hand") return;
    if (!isResting(machine.state)) machine.send({ type: "cancel" });
    bench.endText();
    bench.guide({});
    // The connector keeps it: Enter ties the selected shapes together.
    if (tool !== "select" && tool !== "connector") selection.clear();
    const resting = restingState(tool);
    machine.jump(resting);
    state.tool = tool;
    state.cursor = restingCursor(resting, state.panning);
    views.touch();
  }

  function cancel(): void {
    if (!isResting(machine.state)) machine.send({ type: "cancel" });
    else if (state.tool !== "select") getAction("tool.select").run(bench);
    else bench.select([]);
  }

  function take(event: InputEvent): boolean {
    if (event.type === "key.down" || event.type === "key.up") return keyboard.take(event);
    if (event.type === "pan" || event.type === "zoom") {
      moves.stop();
      if (event.type === "zoom") camera.zoomAt([event.x, event.y], event.factor);
      camera.pan(-event.dx, -event.dy);
      return true;
    }
    if (event.type === "pointer.down") {
      moves.stop();
      bench.endText();
    }
    const taken = machine.send(event);
    if (isPointerInput(event)) {
      pointer = camera.toWorld([event.x, event.y]);
      keyboard.remember(event);
      views.touch();
    }
    return taken;
  }

  return {
    /** Feeds one event of a device. True when it was used. */
    input: (raw: RawInput): boolean => normalizer.feed(raw).map(take).includes(true),
    pointerLeft(): void {
      pointer = null;
      views.touch();
    },
    /** What the chrome shows; the same object until something of it changed. */
    view: (): EditorView => views.get(),
    subscribe: (listener: () => void): (() => void) => views.subscribe(listener),
    action: (id: string): Action => getAction(id),
    helpGroups: listHelp,
    /** Runs an action by its id. False when it is not possible now. */
    run(id: string): boolean {
      const action = getAction(id);
      // First, because a text left blank goes away, and with it a part of the selection.
      bench.endText();
      if (!action.when(bench)) return false;
      action.run(bench);
      return true;
    },
    typeText(text: string): void {
      bench.typeText(text);
      views.flush();
    },
    endText: bench.endText,
    copy: copying.copy,
    paste: copying.paste,
    attach: (layer: Layer): (() => void) => renderer.attach(layer),
    /** @param pixelRatio device pixels per CSS pixel */
    resize(width: number, height: number, pixelRatio: number): void {
      renderer.resize(pixelRatio);
      camera.resize({ width: Math.max(1, width), height: Math.max(1, height) });
    },
    size: () => camera.viewport.get(),
    setTheme(name: "light" | "dark"): void {
      views.setTheme(name === "dark" ? DARK_THEME : LIGHT_THEME);
    },
    /** A viewer's board: looking around and selecting, nothing else. */
    setReadOnly(readOnly: boolean): void {
      if (readOnly === state.readOnly) return;
      cancel();
      bench.endText();
      state.readOnly = readOnly;
      if (readOnly) useTool("select");
      views.touch();
    },
    /** What other people drag and have selected right now. */
    setRemote(remote: {
      readonly drags: readonly ShapeOp[];
      readonly selections: readonly RemoteSelection[];
    }): void {
      state.remoteDrags = remote.drags;
      views.setRemoteSelections(remote.selections);
      bench.refresh();
    },
    /** Measures and draws all text anew, for when the web font has arrived. */
    fontsArrived(): void {
      stored.forgetText();
      index.rebuild();
      renderer.redrawAll();
      views.touch();
    },
    closeHelp(): void {
      if (state.help) bench.toggleHelp();
    },
    whenSettled: renderer.whenSettled,
    select: (ids: readonly string[]): void => bench.select(ids),
    /** The shape's box in CSS pixels of the canvas; null when there is none. */
    box(id: string): { x: number; y: number; width: number; height: number } | null {
      const box = bench.frameBox(id);
      if (!box) return null;
      const [x, y] = camera.toScreen([box[0], box[1]]);
      return { x, y, width: box[2] * bench.zoom, height: box[3] * bench.zoom };
    },
    /** Sets the camera without a flight. */
    jumpTo(target: "fit" | number): void {
      const box = index.boundsOf();
      if (target !== "fit") moves.zoomTo(target, { atOnce: true });
      else if (box) moves.show(box, { atOnce: true });
    },
    destroy(): void {
      moves.stop();
      for (const stop of stops) stop();
      views.dispose();
      history.dispose();
      selection.dispose();
      index.dispose();
      renderer.dispose();
    },
  };
}
