import { isShapeId } from "#editor/model/limits";
import { ModelError } from "#editor/model/errors";
import { findPropertyCheck, isWholeRecord } from "#editor/model/properties";
import type { BoardRecords, BoxKind, ConnectorEnd, Point, ShapeRecord } from "#editor/model/record";
import { withStyle, type Style } from "#editor/model/style";
import { cleanText } from "#editor/model/text-value";
import { zKeysBetween } from "#editor/model/z-order";
import { strokeFromPoints } from "#editor/shapes/draw";
import {
  angleOf,
  geometryOf,
  isObject,
  penPointsOf,
  pointsOf,
  turnOf,
  withPointsBetween,
  type RawElement,
} from "./excalidraw-element";
import { dashFrom, fillFrom, FONT_STEPS, headFrom, nearestHue, sizeFrom, widthFrom } from "./excalidraw-look";

/** What could be read, and what could not. */
export interface ExcalidrawBoard {
  readonly records: BoardRecords;
  /** How many elements of each type have no counterpart here, or were damaged. */
  readonly skipped: ReadonlyMap<string, number>;
  /** How many slanted boxes and texts now stand upright. */
  readonly straightened: number;
}

type Draft = { readonly [K in keyof ShapeRecord]?: ShapeRecord[K] } & Record<string, unknown>;

/** What one element needs to know of the others. */
interface File {
  readonly ids: ReadonlyMap<string, string>;
  /** The text element inside a box or on an arrow, by the id of its container. */
  readonly words: ReadonlyMap<unknown, RawElement>;
}

const boxKinds: ReadonlyMap<unknown, BoxKind> = new Map([
  ["rectangle", "rectangle"],
  ["ellipse", "ellipse"],
  ["diamond", "diamond"],
]);
const canHoldWords: ReadonlySet<unknown> = new Set(["rectangle", "ellipse", "diamond", "arrow"]);

/** Whether a parsed JSON file is a drawing of Excalidraw (saved, or copied to the clipboard). */
export const isExcalidrawFile = (body: unknown): body is { readonly elements: readonly unknown[] } =>
  isObject(body) &&
  /^excalidraw(\/clipboard)?$/.test(String(body["type"])) &&
  Array.isArray(body["elements"]);

/**
 * Turns a drawing of Excalidraw into shapes: boxes with the words in them, texts, arrows and lines (tied to the
 * shapes they were tied to), pen strokes. Colours become the nearest hue. Stacking order is kept.
 * @throws ModelError `bad_snapshot` when the file is no such drawing. A damaged element is counted, not fatal.
 */
export function importExcalidraw(body: unknown): ExcalidrawBoard {
  if (!isExcalidrawFile(body))
    throw new ModelError("bad_snapshot", "The file is not a drawing of Excalidraw.");
  const elements = body.elements.filter(isObject).filter((element) => element["isDeleted"] !== true);
  const file = survey(elements);
  const drafts: [string, Draft][] = [];
  const skipped = new Map<string, number>();
  let straightened = 0;
  for (const element of elements) {
    if (element["type"] === "text" && file.words.get(element["containerId"]) === element) continue;
    const draft = draftOf(element, file);
    const id = file.ids.get(String(element["id"]));
    if (draft === "empty") continue;
    if (!draft || id === undefined || !isSound(draft)) {
      const type = typeof element["type"] === "string" ? element["type"].slice(0, 40) : "unknown";
      skipped.set(type, (skipped.get(type) ?? 0) + 1);
      continue;
    }
    drafts.push([id, draft]);
    if ("text" in draft && "g" in draft && turnOf(angleOf(element)) === "slanted") straightened += 1;
    else if (boxKinds.has(element["type"]) && turnOf(angleOf(element)) === "slanted") straightened += 1;
  }
  return { records: stacked(drafts), skipped, straightened };
}

/** Gives every element an id that boards accept, and finds the words that belong into a container. */
function survey(elements: readonly RawElement[]): File {
  const ids = new Map<string, string>();
  const containers = new Set<unknown>();
  const taken = new Set<string>();
  elements.forEach((element, index) => {
    const raw = String(element["id"]);
    if (ids.has(raw)) return;
    const id = isShapeId(element["id"]) && !taken.has(raw) ? raw : `excalidraw-${index}`;
    taken.add(id);
    ids.set(raw, id);
    if (canHoldWords.has(element["type"])) containers.add(element["id"]);
  });
  const words = new Map<unknown, RawElement>();
  for (const element of elements) {
    const container = element["containerId"];
    if (element["type"] === "text" && containers.has(container) && !words.has(container)) {
      words.set(container, element);
    }
  }
  return { ids, words };
}

function draftOf(element: RawElement, file: File): Draft | "empty" | null {
  const kind = boxKinds.get(element["type"]);
  if (kind) return boxDraft(kind, element, file);
  switch (element["type"]) {
    case "text":
      return textDraft(element);
    case "arrow":
      return connectorDraft(element, file);
    case "line":
      return lineDraft(element, file);
    case "freedraw":
      return strokeDraft(element, penPointsOf(element));
    default:
      return null;
  }
}

function boxDraft(kind: BoxKind, element: RawElement, file: File): Draft | null {
  const g = geometryOf(element);
  if (!g) return null;
  const words = file.words.get(element["id"]);
  const hue = nearestHue(element["backgroundColor"]) ?? nearestHue(element["strokeColor"]);
  return {
    kind,
    g,
    ...look(hue, {
      fill: fillFrom(element["backgroundColor"]),
      width: widthFrom(element["strokeWidth"]),
      dash: dashFrom(element["strokeStyle"]),
      ...(words && { size: sizeFrom(words["fontSize"], FONT_STEPS.box), ...alignment(words) }),
    }),
    ...wordsOf(words),
  };
}

function textDraft(element: RawElement): Draft | "empty" | null {
  const g = geometryOf(element);
  const words = wordsOf(element);
  if (!g) return null;
  if (!words.text?.trim()) return "empty";
  const wrap = element["autoResize"] === false ? "fixed" : "auto";
  const size = sizeFrom(element["fontSize"], FONT_STEPS.text);
  return {
    kind: "text",
    g,
    ...look(nearestHue(element["strokeColor"]), { size, wrap, ...alignment(element) }),
    ...words,
  };
}

function connectorDraft(element: RawElement, file: File): Draft | null {
  const points = pointsOf(element);
  const [first, last] = [points?.at(0), points?.at(-1)];
  if (!points || points.length < 2 || !first || !last) return null;
  const words = file.words.get(element["id"]);
  const isArrow = element["type"] === "arrow";
  return {
    kind: "connector",
    from: endOf(element["startBinding"], first, file),
    to: endOf(element["endBinding"], last, file),
    ...(element["elbowed"] !== true && { route: "straight" as const }),
    ...look(nearestHue(element["strokeColor"]), {
      width: widthFrom(element["strokeWidth"]),
      dash: dashFrom(element["strokeStyle"]),
      startHead: headFrom(element["startArrowhead"]),
      // Files of the first versions leave the heads out and mean an arrow by the type.
      endHead: isArrow && element["endArrowhead"] === undefined ? "arrow" : headFrom(element["endArrowhead"]),
      ...(words && { size: sizeFrom(words["fontSize"], FONT_STEPS.label) }),
    }),
    ...wordsOf(words),
  };
}

/** A plain line between two points is a connector without heads; one with corners is drawn as a stroke. */
function lineDraft(element: RawElement, file: File): Draft | null {
  const points = pointsOf(element);
  if (!points || points.length < 2) return null;
  return points.length === 2
    ? connectorDraft(element, file)
    : strokeDraft(element, withPointsBetween(points));
}

function strokeDraft(element: RawElement, points: ReturnType<typeof penPointsOf>): Draft | null {
  const stroke = points && strokeFromPoints(points);
  if (!stroke) return null;
  return {
    kind: "draw",
    ...stroke,
    ...look(nearestHue(element["strokeColor"]), { width: widthFrom(element["strokeWidth"]) }),
  };
}

function endOf(binding: unknown, at: Point, file: File): ConnectorEnd {
  const id = isObject(binding) ? file.ids.get(String(binding["elementId"])) : undefined;
  return id === undefined ? at : { id, at };
}

function wordsOf(element: RawElement | undefined): { readonly text?: string } {
  // `text` holds the line breaks of Excalidraw's own wrapping, `originalText` only those that were typed.
  const text = element && (element["originalText"] ?? element["text"]);
  return typeof text === "string" && text !== "" ? { text: cleanText(text) } : {};
}

function alignment(words: RawElement): Partial<Style> {
  const across = { left: "left", center: "centre", right: "right" } as const;
  const down = { top: "top", middle: "middle", bottom: "bottom" } as const;
  const align = across[words["textAlign"] as keyof typeof across];
  const valign = down[words["verticalAlign"] as keyof typeof down];
  return { ...(align && { align }), ...(valign && { valign }) };
}

function look(hue: ReturnType<typeof nearestHue>, patch: Partial<Style>): Draft {
  const style = withStyle(undefined, patch);
  return { ...(hue && { hue }), ...(style !== 0 && { style }) };
}

/** The model's own checks, so that nothing gets in by a file that an edit could not make. */
function isSound(draft: Draft): boolean {
  const whole = { z: "a0", ...draft };
  return (
    isWholeRecord(whole) &&
    Object.entries(draft).every(([name, value]) => findPropertyCheck(name)?.(value) === true)
  );
}

/** The file's order from back to front, as keys. Ends at elements that did not make it become plain points. */
function stacked(drafts: readonly (readonly [string, Draft])[]): BoardRecords {
  const keys = zKeysBetween(null, null, drafts.length);
  const boxes = new Set(drafts.filter(([, draft]) => draft.kind !== "connector").map(([id]) => id));
  const loosen = (end: unknown) => (isObject(end) && !boxes.has(String(end["id"])) ? end["at"] : end);
  return new Map(
    drafts.map(([id, draft], index): [string, ShapeRecord] => {
      const ends = draft.kind === "connector" ? { from: loosen(draft["from"]), to: loosen(draft["to"]) } : {};
      return [id, { ...draft, ...ends, z: keys[index] } as unknown as ShapeRecord];
    }),
  );
}
