/** A pressed key without the DOM: `key` is the character or the DOM's key name ("ArrowLeft", "Escape"). */
export interface KeyPress {
  readonly key: string;
  /** Ctrl, or Command on Apple machines: the adapter folds the two, so that one table serves both. */
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** The digit on the key, whatever sign Shift or Alt makes of it ("1" for "!"). */
  readonly digit?: string;
}

interface Chord extends Omit<KeyPress, "digit"> {
  readonly anyShift: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  Up: "ArrowUp",
  Down: "ArrowDown",
  Left: "ArrowLeft",
  Right: "ArrowRight",
  Esc: "Escape",
  Del: "Delete",
  Space: " ",
  Plus: "+",
};

/**
 * Reads a shortcut as the registry writes it: "Mod+Shift+Z", "ArrowLeft", "R", "Mod+Plus". A sign that needs
 * Shift on some keyboards and not on others ("?", "+", "]") matches with and without it.
 */
export function parseChord(text: string): Chord {
  const parts = text.split("+");
  const last = parts.pop() ?? "";
  const key = NAMED[last] ?? last;
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key);
  return {
    key: key.length === 1 ? key.toLowerCase() : key,
    mod: parts.includes("Mod"),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
    anyShift: sign && !parts.includes("Shift"),
  };
}

/** True when the pressed key is this shortcut and nothing more. */
export function matchesChord(chord: Chord, press: KeyPress): boolean {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if ((key !== chord.key && press.digit !== chord.key) || press.mod !== chord.mod || press.alt !== chord.alt)
    return false;
  return chord.anyShift || press.shift === chord.shift;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Backspace: "⌫",
  Delete: "Del",
  " ": "Space",
};

/** The shortcut as people read it: "⌘⇧Z" on Apple machines, "Ctrl+Shift+Z" elsewhere. */
export function showChord(text: string, apple: boolean): string {
  const chord = parseChord(text);
  const key = SHOWN[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key);
  if (apple) return `${chord.alt ? "⌥" : ""}${chord.shift ? "⇧" : ""}${chord.mod ? "⌘" : ""}${key}`;
  const names = [chord.mod && "Ctrl", chord.alt && "Alt", chord.shift && "Shift", key];
  return names.filter((name) => name !== false).join("+");
}
