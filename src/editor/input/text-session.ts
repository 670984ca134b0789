import type { Box } from "#editor/math/box";
import { boxToScreen } from "#editor/engine/camera";
import type { Camera } from "#editor/engine/camera";
import { LINE_HEIGHT } from "#editor/geometry/text-layout";
import type { TextEditing } from "#editor/editor-view";
import type { ShapeOp } from "#editor/model/ops";
import type { ShapeRecord } from "#editor/model/record";
import { cleanText } from "#editor/model/text-value";
import { tonesOf } from "#editor/shapes/look";
import { shapeOf } from "#editor/shapes/registry";
import type { Scene } from "#editor/shapes/scene";
import type { Theme } from "#editor/shapes/theme";

/** Writing in one shape: from the moment the field is laid over it until it is taken away. */
export interface TextSession {
  readonly id: string;
  readonly draft: string;
  /** Begun by typing or in an empty shape: the caret stands behind the words, which are not selected. */
  readonly fresh: boolean;
}

/** The words of a record, empty for kinds without. */
export function textOf(record: ShapeRecord | undefined): string {
  return record && "text" in record ? (record.text ?? "") : "";
}

/** The operations that give a shape these words and the room they need; none when nothing changes. */
export function textOps(id: string, record: ShapeRecord, words: string, scene: Scene): ShapeOp[] {
  const text = cleanText(words);
  const written = { ...record, text } as ShapeRecord;
  const g = shapeOf(written).growWithText(written, scene);
  if (text === textOf(record) && !g) return [];
  return [[id, { text: text === "" ? null : text, ...(g && { g: [...g] }) }]];
}

/** The text field for a session, in CSS pixels; null when the shape is gone or has no words. */
export function textEditing(
  session: TextSession,
  shown: ShapeRecord | undefined,
  look: { readonly scene: Scene; readonly theme: Theme; readonly camera: Camera },
): TextEditing | null {
  if (!shown) return null;
  const place = shapeOf(shown).textBox(shown, look.scene);
  if (!place) return null;
  const { zoom } = look.camera;
  const box: Box = boxToScreen(look.camera, place.box);
  const tones = tonesOf(shown, look.theme);
  const bare = shown.kind === "text";
  return {
    id: session.id,
    box,
    text: session.draft,
    fontSize: place.fontSize * zoom,
    lineHeight: place.fontSize * LINE_HEIGHT * zoom,
    fontFamily: look.theme.fontFamily,
    fontWeight: place.fontWeight,
    italic: place.italic,
    align: place.align === "centre" ? "center" : place.align,
    vertical: place.valign,
    color: bare ? (shown.hue ? tones.stroke : look.theme.ink) : tones.text,
    grows: !place.wraps,
    fresh: session.fresh,
  };
}
