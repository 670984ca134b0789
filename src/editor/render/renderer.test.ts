import { describe, expect, it } from "vitest";
import type { MeasureText } from "#editor/geometry/text-layout";
import type { ShapeOp } from "#editor/model/ops";
import { createBoardIndex } from "#editor/engine/board-index";
import { createCamera } from "#editor/engine/camera";
import { previewOps } from "#editor/engine/preview";
import { createStore } from "#editor/engine/store";
import { createScene } from "#editor/shapes/scene";
import { recordingLayer, type Recording } from "./recording-layer.test-support";
import { createRenderer } from "./renderer";
import { EMPTY_OVERLAY } from "./overlay";
import { DARK_THEME, LIGHT_THEME } from "./theme";

const measure: MeasureText = (text, font) => text.length * font.size * 0.5;

/** `count` notes in rows of 100, each 40 by 40 with a gap of 10. */
const notes = (count: number): ShapeOp[] =>
  Array.from({ length: count }, (_, i) => [
    `n${i}`,
    {
      kind: "note",
      g: [(i % 100) * 50, Math.floor(i / 100) * 50, 40, 40],
      z: `b${String(i).padStart(2, "1").slice(-2)}`.replace(/0$/u, "1"),
    },
  ]);

/** A renderer on recording surfaces, with a clock on which drawing one shape takes `cost` ms. */
function stage(ops: readonly ShapeOp[], cost = 0, viewport = { width: 800, height: 600 }) {
  const store = createStore();
  store.apply(ops, "load");
  const scene = createScene((id) => store.records.get(id), measure);
  const index = createBoardIndex(store, scene);
  const camera = createCamera();
  camera.resize(viewport);
  const buffers: Recording[] = [];
  const screen = recordingLayer(0, 0);
  // A note is one filled outline, or far away one filled square; an outline of the selection is one stroke.
  const drawn = (recording: Recording) =>
    recording.calls.filter(
      ([name, , , w, h]) =>
        name === "fill" || name === "stroke" || (name === "fillRect" && w === 40 && h === 40),
    ).length;
  const queue: (() => void)[] = [];
  const renderer = createRenderer({
    scene,
    index,
    camera,
    theme: LIGHT_THEME,
    createLayer(width, height) {
      const buffer = recordingLayer(width, height);
      buffers.push(buffer);
      return buffer.layer;
    },
    requestFrame(callback) {
      queue.push(callback);
      return () => queue.splice(queue.indexOf(callback), 1);
    },
    now: () => buffers.reduce((sum, buffer) => sum + drawn(buffer), 0) * cost,
  });
  const run = {
    /** Runs the next frame; returns how many shapes were drawn into cached pictures and onto the screen. */
    frame() {
      for (const buffer of buffers) buffer.clear();
      screen.clear();
      queue.shift()?.();
      return { cached: buffers.reduce((sum, buffer) => sum + drawn(buffer), 0), live: drawn(screen) };
    },
    pending: () => queue.length,
    /** Runs frames until none is asked for; returns what each drew. */
    settle() {
      const frames: { cached: number; live: number }[] = [];
      while (queue.length > 0 && frames.length < 500) frames.push(run.frame());
      return frames;
    },
    blits: () => screen.calls.filter(([name]) => name === "drawImage"),
  };
  renderer.attach(screen.layer);
  return { store, index, camera, renderer, screen, buffers, run };
}

describe("the renderer", () => {
  it("asks for no frame while nothing changes", () => {
    const { run, camera, renderer } = stage(notes(20));
    run.settle();
    camera.pan(0, 0);
    renderer.setPreview(new Map());
    run.settle();
    expect(run.pending()).toBe(0);
  });

  it("fits its surface to the screen's device pixels", () => {
    const { renderer, screen } = stage([]);
    renderer.resize(2);
    expect(screen.layer.surface).toMatchObject({ width: 1600, height: 1200 });
  });

  it("pans within the margin by copying pixels, without drawing a shape", () => {
    const { camera, run } = stage(notes(10_000));
    run.settle();
    camera.pan(60, 40);
    expect(run.frame()).toEqual({ cached: 0, live: 0 });
    expect(run.blits()).toHaveLength(1);
    expect(run.blits()[0]?.slice(2)).toEqual([-200 - 60, -150 - 40, 1200, 900]);
  });

  it("draws a new picture in short slices while the old one stays on the screen", () => {
    const { camera, run } = stage(notes(10_000), 0.1);
    run.settle();
    camera.fit([0, 0, 5000, 5000]);
    const frames: { cached: number; live: number }[] = [];
    while (run.pending() > 0) {
      frames.push(run.frame());
      expect(run.blits()).toHaveLength(1);
    }
    expect(frames.length).toBeGreaterThan(20);
    // 6 ms at 0.1 ms a shape, and at most one look at the clock beyond.
    expect(Math.max(...frames.map((frame) => frame.cached))).toBeLessThanOrEqual(60 + 8);
  });

  it("repairs only where something changed", () => {
    const { store, run } = stage(notes(10_000));
    run.settle();
    store.apply([["n5", { hue: "red" }]], "remote");
    const { cached } = run.frame();
    expect(cached).toBeGreaterThan(0);
    expect(cached).toBeLessThan(30);
    expect(run.pending()).toBe(0);
  });

  it("draws what moves over the picture, and only what moves", () => {
    const { store, renderer, run } = stage(notes(10_000));
    run.settle();
    renderer.setPreview(previewOps(store.records, [["n5", { g: [300, 300, 40, 40] }]]));
    run.settle();
    renderer.setPreview(previewOps(store.records, [["n5", { g: [310, 300, 40, 40] }]]));
    expect(run.frame()).toEqual({ cached: 0, live: 1 });
  });

  it("goes on showing what came to rest until the picture contains it", () => {
    const ops = notes(10_000);
    const { store, camera, renderer, run } = stage(ops, 0.1);
    camera.fit([0, 0, 5000, 5000]);
    run.settle();
    const moves = ops.slice(0, 1000).map(([id]): ShapeOp => [id, { g: [2000, 2000, 40, 40] }]);
    renderer.setPreview(previewOps(store.records, moves));
    run.settle();
    store.apply(moves, "local");
    renderer.setPreview(new Map());
    const frames = run.settle();
    expect(frames.length).toBeGreaterThan(2);
    for (const frame of frames.slice(0, -1)) expect(frame.live).toBe(1000);
    renderer.invalidate();
    expect(run.frame().live).toBe(0);
  });

  it("redraws everything in another theme", () => {
    const { renderer, run } = stage(notes(30));
    run.settle();
    renderer.setTheme(DARK_THEME);
    expect(run.frame().cached).toBeGreaterThan(20);
  });

  it("says when all is shown, and not before", async () => {
    const { renderer, run } = stage(notes(5000), 1);
    let isSettled = false;
    const promise = renderer.whenSettled().then(() => (isSettled = true));
    run.frame();
    await Promise.resolve();
    expect(isSettled).toBe(false);
    run.settle();
    await promise;
    expect(isSettled).toBe(true);
  });

  it("does not take the frame before the page has told its size for the first paint", async () => {
    const { renderer, camera, run } = stage(notes(5), 0, { width: 1, height: 1 });
    let isSettled = false;
    const promise = renderer.whenSettled().then(() => (isSettled = true));
    run.settle();
    await Promise.resolve();
    expect(isSettled).toBe(false);
    camera.resize({ width: 800, height: 600 });
    run.settle();
    await promise;
    expect(isSettled).toBe(true);
  });

  it("outlines a few selected shapes but not hundreds", () => {
    const ops = notes(1000);
    const { renderer, run } = stage(ops);
    run.settle();
    renderer.setOverlay({ ...EMPTY_OVERLAY, selected: ["n1", "n2"] });
    expect(run.frame().live).toBe(2);
    renderer.setOverlay({ ...EMPTY_OVERLAY, selected: ops.map(([id]) => id) });
    expect(run.frame().live).toBe(0);
  });
});
