import { describe, expect, it } from "vitest";

import { ModelError } from "#editor/model/errors";
import { unpackPenPoints } from "#editor/model/pen-points";
import { styleOf } from "#editor/model/style";

import { readBoardFile, writeBoardFile } from "./board-file";
import { importExcalidraw } from "./excalidraw-import";
import { fillFrom, nearestHue } from "./excalidraw-look";

const drawing = (elements: readonly object[]) => ({ type: "excalidraw", version: 2, elements });

const box = (id: string, more: object = {}) => ({
  id,
  type: "rectangle",
  x: 10,
  y: 20,
  width: 200,
  height: 100,
  strokeColor: "#1e1e1e",
  backgroundColor: "transparent",
  strokeWidth: 2,
  strokeStyle: "solid",
  ...more,
});

const arrow = (id: string, more: object = {}) => ({
  id,
  type: "arrow",
  x: 210,
  y: 70,
  width: 90,
  height: 0,
  points: [
    [0, 0],
    [90, 0],
  ],
  endArrowhead: "arrow",
  startArrowhead: null,
  ...more,
});

describe("a drawing of Excalidraw", () => {
  it("keeps the place, the words and the nearest hue of boxes", () => {
    const { records, skipped } = importExcalidraw(
      drawing([
        box("a", { backgroundColor: "#a5d8ff", boundElements: [{ id: "t", type: "text" }] }),
        {
          id: "t",
          type: "text",
          x: 30,
          y: 60,
          width: 80,
          height: 25,
          text: "Sign\nin",
          originalText: "Sign in",
          fontSize: 20,
          containerId: "a",
        },
        box("e", { type: "ellipse", strokeColor: "#e03131" }),
        box("d", { type: "diamond", strokeStyle: "dashed", strokeWidth: 4 }),
      ]),
    );
    expect(skipped.size).toBe(0);
    expect(records.get("a")).toMatchObject({
      kind: "rectangle",
      g: [10, 20, 200, 100],
      hue: "blue",
      text: "Sign in",
    });
    expect(records.get("e")).toMatchObject({ kind: "ellipse", hue: "red" });
    const diamond = records.get("d");
    expect(diamond?.hue).toBeUndefined();
    expect([styleOf(diamond?.style, "dash"), styleOf(diamond?.style, "width")]).toEqual(["dashed", "thick"]);
    expect(styleOf(diamond?.style, "fill")).toBe("none");
    expect([...records.keys()]).toEqual(["a", "e", "d"]);
  });

  it("stacks shapes in the file's order", () => {
    const { records } = importExcalidraw(drawing(["c", "b", "a"].map((id) => box(id))));
    const byZ = [...records].sort(([, a], [, b]) => (a.z < b.z ? -1 : 1)).map(([id]) => id);
    expect(byZ).toEqual(["c", "b", "a"]);
  });

  it("ties arrows to the shapes they were tied to, and leaves the other ends where they were", () => {
    const { records } = importExcalidraw(
      drawing([
        box("a"),
        box("b", { x: 300 }),
        arrow("bound", { startBinding: { elementId: "a" }, endBinding: { elementId: "b" } }),
        arrow("loose", {
          startBinding: { elementId: "a" },
          endBinding: { elementId: "gone" },
          elbowed: true,
        }),
        {
          id: "label",
          type: "text",
          x: 240,
          y: 60,
          width: 30,
          height: 25,
          text: "yes",
          fontSize: 16,
          containerId: "bound",
        },
      ]),
    );
    expect(records.get("bound")).toMatchObject({
      kind: "connector",
      from: { id: "a", at: [210, 70] },
      to: { id: "b", at: [300, 70] },
      route: "straight",
      text: "yes",
    });
    expect(records.get("loose")).toMatchObject({ from: { id: "a" }, to: [300, 70] });
    expect(records.get("loose")).not.toHaveProperty("route");
  });

  it("unties an arrow from a shape that could not be read", () => {
    const { records, skipped } = importExcalidraw(
      drawing([box("picture", { type: "image" }), arrow("a", { startBinding: { elementId: "picture" } })]),
    );
    expect(records.get("a")).toMatchObject({ from: [210, 70] });
    expect([...skipped]).toEqual([["image", 1]]);
  });

  it("makes strokes of pen drawings, with their pressure, and of lines with corners", () => {
    const { records } = importExcalidraw(
      drawing([
        {
          id: "pen",
          type: "freedraw",
          x: 5,
          y: 5,
          points: [
            [0, 0],
            [10, 4],
            [20, -6],
          ],
          pressures: [0.2, 0.6, 1],
          simulatePressure: false,
          strokeColor: "#2f9e44",
        },
        {
          id: "zigzag",
          type: "line",
          x: 0,
          y: 0,
          points: [
            [0, 0],
            [60, 0],
            [60, 60],
          ],
        },
        {
          id: "plain",
          type: "line",
          x: 0,
          y: 0,
          points: [
            [0, 0],
            [60, 30],
          ],
        },
      ]),
    );
    const pen = records.get("pen");
    expect(pen).toMatchObject({ kind: "draw", g: [5, -1, 20, 10], hue: "green" });
    const points = pen?.kind === "draw" ? unpackPenPoints(pen.points) : null;
    expect(points?.map((point) => point.length)).toEqual([3, 3, 3]);
    expect(points?.[1]?.[2]).toBeCloseTo(0.6, 1);
    expect(records.get("zigzag")).toMatchObject({ kind: "draw", g: [0, 0, 60, 60] });
    const plain = records.get("plain");
    expect(plain).toMatchObject({ kind: "connector", from: [0, 0], to: [60, 30] });
    expect(styleOf(plain?.style, "endHead")).toBe("none");
  });

  it("turns a box that lies on its side, straightens a slanted one and says so", () => {
    const { records, straightened } = importExcalidraw(
      drawing([box("side", { angle: Math.PI / 2 }), box("slant", { angle: 0.6 })]),
    );
    expect(records.get("side")).toMatchObject({ g: [60, -30, 100, 200] });
    expect(records.get("slant")).toMatchObject({ g: [10, 20, 200, 100] });
    expect(straightened).toBe(1);
  });

  it("passes over deleted and empty elements without a word, and counts damaged and unknown ones", () => {
    const { records, skipped } = importExcalidraw(
      drawing([
        box("deleted", { isDeleted: true }),
        { id: "blank", type: "text", x: 0, y: 0, width: 10, height: 20, text: "" },
        box("nan", { x: "left" }),
        box("far", { x: 1e9 }),
        { id: "f", type: "frame", x: 0, y: 0, width: 10, height: 20 },
        { id: "f2", type: "frame", x: 0, y: 0, width: 10, height: 20 },
        arrow("short", { points: [[0, 0]] }),
      ]),
    );
    expect(records.size).toBe(0);
    expect(Object.fromEntries(skipped)).toEqual({ rectangle: 2, frame: 2, arrow: 1 });
  });

  it("replaces ids that boards do not accept, also where arrows point at them", () => {
    const { records } = importExcalidraw(
      drawing([box("not an id!"), arrow("a", { startBinding: { elementId: "not an id!" } })]),
    );
    expect(records.get("excalidraw-0")?.kind).toBe("rectangle");
    expect(records.get("a")).toMatchObject({ from: { id: "excalidraw-0" } });
  });
});

describe("a board file", () => {
  it("comes back the same after it was written", () => {
    const { records } = importExcalidraw(
      drawing([box("a"), box("b"), arrow("c", { startBinding: { elementId: "a" } })]),
    );
    const written = writeBoardFile("Plan", records);
    const read = readBoardFile(written);
    expect(read.title).toBe("Plan");
    expect(Object.fromEntries(read.records)).toEqual(Object.fromEntries(records));
    expect(writeBoardFile("Plan", read.records)).toBe(written);
  });

  it.each([
    ["{", "not JSON"],
    ["[]", "neither"],
    ['{"type":"excalidrawlib","elements":[]}', "neither"],
    ['{"v":1,"shapes":[["a",{"kind":"cube","z":"a0"}]]}', "Shape a"],
    ['{"v":99,"shapes":[]}', "version 99"],
  ])("refuses %s and says why", (json, reason) => {
    expect(() => readBoardFile(json)).toThrow(ModelError);
    expect(() => readBoardFile(json)).toThrow(reason);
  });
});

describe("colours", () => {
  it.each([
    ["#e03131", "red"],
    ["#f08c00", "orange"],
    ["#ffec99", "yellow"],
    ["#2f9e44", "green"],
    ["#0c8599", "teal"],
    ["#1971c2", "blue"],
    ["#6741d9", "violet"],
    ["#c2255c", "pink"],
    ["#f00", "red"],
    ["#1e1e1e", undefined],
    ["transparent", undefined],
    [7, undefined],
  ])("%s is %s", (colour, hue) => {
    expect(nearestHue(colour)).toBe(hue);
  });

  it("tell hollow, pale and strong backgrounds apart", () => {
    expect(["transparent", "#ffec99", "#1971c2", "#ffffff00"].map(fillFrom)).toEqual([
      "none",
      "tint",
      "solid",
      "none",
    ]);
  });
});
