/** Keys held while something else happens. `mod` is Ctrl, or Command on Apple machines. */
export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly mod: boolean;
}

/**
 * A pointer event as the DOM adapter hands it over. Coordinates are CSS pixels from the canvas's top left
 * corner; `time` is in milliseconds on any steady clock.
 */
export interface RawPointer extends Modifiers {
  readonly type: "down" | "move" | "up" | "cancel";
  readonly id: number;
  readonly kind: "mouse" | "pen" | "touch";
  readonly button: "main" | "middle" | "right";
  readonly x: number;
  readonly y: number;
  /** 0 to 1; 0.5 where the device does not measure it. */
  readonly pressure: number;
  readonly time: number;
}

/** A wheel or trackpad movement; `dx` and `dy` are CSS pixels, lines and pages already converted. */
export interface RawWheel extends Modifiers {
  readonly type: "wheel";
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** A key; `key` as the DOM names it ("a", "ArrowLeft", "Escape"). */
export interface RawKey extends Modifiers {
  readonly type: "keydown" | "keyup";
  readonly key: string;
  /** The digit on the key, whatever sign Shift or Alt makes of it. */
  readonly digit?: string;
  readonly repeat: boolean;
}

export type RawInput = RawPointer | RawWheel | RawKey;

/** One finger, pen or mouse as the tools see it. `clicks` counts quick presses at one place: 1, 2, 3 … */
export interface PointerInput extends Modifiers {
  readonly type: "pointer.down" | "pointer.move" | "pointer.up";
  readonly kind: "mouse" | "pen" | "touch";
  readonly button: "main" | "middle" | "right";
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly clicks: number;
}

/** The gesture under way is to be given up: Escape, a lost pointer, a second finger. */
export interface CancelInput {
  readonly type: "cancel";
}

/** Move the camera by CSS pixels. */
export interface PanInput {
  readonly type: "pan";
  readonly dx: number;
  readonly dy: number;
}

/** Scale the camera by `factor` around a point of the screen, and pan by `dx`, `dy` in the same step. */
export interface ZoomInput {
  readonly type: "zoom";
  readonly x: number;
  readonly y: number;
  readonly factor: number;
  readonly dx: number;
  readonly dy: number;
}

export interface KeyInput extends Modifiers {
  readonly type: "key.down" | "key.up";
  readonly key: string;
  /** The digit on the key, whatever sign Shift or Alt makes of it. */
  readonly digit?: string;
  readonly repeat: boolean;
}

/** What the tools and the camera understand, whatever device it came from. */
export type InputEvent = PointerInput | CancelInput | PanInput | ZoomInput | KeyInput;

/** True for the events that only the tools' state machine answers. */
export function isPointerInput(event: InputEvent): event is PointerInput {
  return event.type === "pointer.down" || event.type === "pointer.move" || event.type === "pointer.up";
}
