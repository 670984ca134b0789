import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModelError } from "./errors";
import { applyOps, parseOps, type ShapeOp, type ShapePatch } from "./ops";
import { HUES, type BoardRecords } from "./record";
import { parseRecords, serializeRecords } from "./snapshot";
import { isWholeRecord } from "./properties";
import { packPenPoints } from "./pen-points";

const id = fc.constantFrom("a", "b", "c", "d", "shape-1_X");
const number = fc.integer({ min: -5000, max: 5000 });
const size = fc.integer({ min: 0, max: 900 });
const g = fc.tuple(number, number, size, size);
const z = fc.constantFrom("a0", "a1", "a2", "a1V", "Zz");
const hue = fc.constantFrom(...HUES);
const text = fc.string({ unit: fc.constantFrom("a", "ß", "字", "😀", "\n", '"'), maxLength: 12 });
const end = fc.oneof(
  fc.tuple(number, number),
  id.map((shape) => ({ id: shape })),
  id.map((shape) => ({ id: shape, side: "top", at: [1, 2] })),
);
const maybeNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

const wholeBox = fc.record(
  { kind: fc.constantFrom("rectangle", "ellipse", "diamond", "note", "text"), g, z, hue, text },
  { requiredKeys: ["kind", "g", "z"] },
);
const wholeConnector = fc.record(
  { kind: fc.constant("connector"), from: end, to: end, z, route: fc.constantFrom("elbow", "straight") },
  { requiredKeys: ["kind", "from", "to", "z"] },
);
const wholeDraw = fc.record({
  kind: fc.constant("draw"),
  g,
  z,
  points: fc
    .array(fc.tuple(number, number), { minLength: 1, maxLength: 9 })
    .map((points) => packPenPoints(points)),
});
const partial = fc
  .record(
    {
      g: maybeNull(g),
      z,
      hue: maybeNull(hue),
      text: maybeNull(text),
      style: maybeNull(fc.constantFrom(0, 1, 5)),
      from: end,
    },
    { requiredKeys: [] },
  )
  .filter((patch) => Object.keys(patch).length > 0);
const patch = fc.oneof(wholeBox, wholeConnector, wholeDraw, partial, partial, fc.constant(null));
const ops = fc.array(fc.tuple(id, patch), { minLength: 1, maxLength: 25 }) as unknown as fc.Arbitrary<
  ShapeOp[]
>;

const box = (more: ShapePatch = {}): ShapePatch => ({
  kind: "rectangle",
  g: [0, 0, 10, 10],
  z: "a0",
  ...more,
});

function codeOf(input: unknown): string {
  try {
    parseOps(input);
    return "accepted";
  } catch (error) {
    return error instanceof ModelError ? error.code : `threw ${String(error)}`;
  }
}

describe("applying operations", () => {
  it("is undone exactly by the inverse it returns", () => {
    fc.assert(
      fc.property(ops, ops, (first, second) => {
        const records: BoardRecords = new Map();
        applyOps(records, first);
        const before = serializeRecords(records);
        const { inverse } = applyOps(records, second);
        applyOps(records, inverse);
        expect(serializeRecords(records)).toBe(before);
      }),
    );
  });

  it("leaves only whole records, whatever arrives", () => {
    fc.assert(
      fc.property(ops, (some) => {
        const records: BoardRecords = new Map();
        applyOps(records, parseOps(JSON.parse(JSON.stringify(some))));
        for (const record of records.values()) expect(isWholeRecord({ ...record })).toBe(true);
      }),
    );
  });

  it("gives the same board on every replica that applies the same order in different batches", () => {
    fc.assert(
      fc.property(ops, fc.nat(24), (some, cut) => {
        const [whole, parts]: BoardRecords[] = [new Map(), new Map()];
        applyOps(whole as BoardRecords, some);
        applyOps(parts as BoardRecords, some.slice(0, cut));
        applyOps(parts as BoardRecords, some.slice(cut));
        expect(serializeRecords(parts as BoardRecords)).toBe(serializeRecords(whole as BoardRecords));
      }),
    );
  });

  it("keeps the record object when a patch changes nothing", () => {
    const records: BoardRecords = new Map();
    applyOps(records, [["a", box()]]);
    const before = records.get("a");
    const { inverse } = applyOps(records, [["a", { g: [0, 0, 10, 10] }]]);
    expect(records.get("a")).toBe(before);
    expect(inverse).toEqual([]);
  });

  it("never changes a record in place", () => {
    const records: BoardRecords = new Map();
    applyOps(records, [["a", box()]]);
    const before = records.get("a");
    applyOps(records, [["a", { g: [5, 5, 10, 10] }]]);
    expect(before).toEqual(box());
    expect(records.get("a")).toEqual(box({ g: [5, 5, 10, 10] }));
  });

  it("drops and reports a patch on an absent shape and one that would take a needed property away", () => {
    const records: BoardRecords = new Map();
    expect(applyOps(records, [["gone", { hue: "red" }]]).dropped).toEqual(["gone"]);
    applyOps(records, [["a", box()]]);
    expect(applyOps(records, [["a", { g: null }]]).dropped).toEqual(["a"]);
    expect(applyOps(records, [["a", { points: "0AA" }]]).dropped).toEqual(["a"]);
    expect(records.get("a")).toEqual(box());
  });

  it("turns one box kind into another but not into a connector", () => {
    const records: BoardRecords = new Map();
    applyOps(records, [["a", box({ text: "hi" })]]);
    expect(applyOps(records, [["a", { kind: "ellipse" }]]).dropped).toEqual([]);
    expect(records.get("a")).toEqual(box({ kind: "ellipse", text: "hi" }));
    expect(applyOps(records, [["a", { kind: "connector" }]]).dropped).toEqual(["a"]);
  });
});

describe("checking operations", () => {
  it.each([
    ["something that is not a list", {}, "bad_op"],
    ["an empty list", [], "bad_op"],
    ["more than 500 operations", Array.from({ length: 501 }, () => ["a", null]), "too_large"],
    ["an operation that is no pair", [["a"]], "bad_op"],
    ["an empty id", [["", null]], "bad_op"],
    ["an id with other characters", [["a b", null]], "bad_op"],
    ["an id that names the prototype", [["__proto__", null]], "bad_op"],
    ["an id that names the constructor", [["constructor", null]], "bad_op"],
    ["an id of 41 characters", [["x".repeat(41), null]], "bad_op"],
    ["an empty patch", [["a", {}]], "bad_op"],
    ["a patch that is a list", [["a", []]], "bad_op"],
    ["an unknown property", [["a", { onclick: "x" }]], "unknown_property"],
    ["the prototype as a property", JSON.parse('[["a",{"__proto__":{"x":1}}]]'), "unknown_property"],
    ["the constructor as a property", [["a", { constructor: 1 }]], "unknown_property"],
    ["an unknown kind", [["a", box({ kind: "video" })]], "unknown_kind"],
    ["NaN in a place", [["a", { g: [Number.NaN, 0, 1, 1] }]], "bad_value"],
    ["infinity in a place", [["a", { g: [0, 0, Number.POSITIVE_INFINITY, 1] }]], "bad_value"],
    ["a place ten million away", [["a", { g: [1e7, 0, 1, 1] }]], "bad_value"],
    ["a negative width", [["a", { g: [0, 0, -1, 1] }]], "bad_value"],
    ["a colour instead of a hue", [["a", { hue: "#ff0000" }]], "bad_value"],
    ["a style with unknown bits", [["a", { style: 2 ** 30 }]], "bad_value"],
    ["a fractional style", [["a", { style: 1.5 }]], "bad_value"],
    ["a text of 10,001 characters", [["a", { text: "x".repeat(10_001) }]], "bad_value"],
    ["half a surrogate pair", [["a", { text: "\ud800" }]], "bad_value"],
    ["a null character", [["a", { text: "\u0000" }]], "bad_value"],
    ["an order key that would break insertions", [["a", { z: "zz" }]], "bad_value"],
    ["an order key with a trailing zero", [["a", { z: "a10" }]], "bad_value"],
    ["an end with a foreign part", [["a", { from: { id: "b", x: 1 } }]], "bad_value"],
    ["an end tied to the prototype", [["a", { from: { id: "__proto__" } }]], "bad_value"],
    ["points that are not packed points", [["a", { points: "0!" }]], "bad_value"],
  ])("refuses %s", (_, input, code) => {
    expect(codeOf(input)).toBe(code);
  });

  it("accepts null as the way to clear a property, and keeps valid operations as they are", () => {
    const input = [
      ["a", box({ text: "字😀", hue: "teal" })],
      ["a", { hue: null }],
      ["a", null],
    ];
    expect(parseOps(JSON.parse(JSON.stringify(input)))).toEqual(input);
  });

  it("keeps the largest allowed shape below 32 KiB", () => {
    const largest = box({ text: "字".repeat(10_000) });
    expect(codeOf([["a", largest]])).toBe("accepted");
    expect(Buffer.byteLength(JSON.stringify(largest))).toBeLessThanOrEqual(32 * 1024);
  });
});

describe("snapshots", () => {
  it("read back as the board they were written from", () => {
    fc.assert(
      fc.property(ops, (some) => {
        const records: BoardRecords = new Map();
        applyOps(records, some);
        const json = serializeRecords(records);
        const read = parseRecords(json);
        expect(serializeRecords(read)).toBe(json);
        expect(read.size).toBe(records.size);
        for (const [key, record] of records) expect(read.get(key)).toEqual(record);
      }),
    );
  });

  it.each([
    "",
    "[]",
    "null",
    '{"v":1}',
    '{"v":2,"shapes":[]}',
    '{"v":1,"shapes":[["a",{"kind":"rectangle"}]]}',
    '{"v":1,"shapes":[["__proto__",null]]}',
  ])("refuse %j", (json) => {
    expect(() => parseRecords(json)).toThrow(ModelError);
  });
});
