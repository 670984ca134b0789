import { expect, test } from "vitest";
import { matchesChord, parseChord, showChord } from "./keys";

const press = (
  key: string,
  held: Partial<{ mod: boolean; shift: boolean; alt: boolean; digit: string }> = {},
) => ({
  key,
  mod: false,
  shift: false,
  alt: false,
  ...held,
});

test("a shortcut matches its key with exactly its modifiers", () => {
  const undo = parseChord("Mod+Z");
  expect(matchesChord(undo, press("z", { mod: true }))).toBe(true);
  expect(matchesChord(undo, press("Z", { mod: true, shift: true }))).toBe(false);
  expect(matchesChord(undo, press("z"))).toBe(false);
  expect(matchesChord(undo, press("z", { mod: true, alt: true }))).toBe(false);
});

test("a letter matches whether or not caps lock is on", () => {
  expect(matchesChord(parseChord("R"), press("R"))).toBe(true);
});

test("a sign matches with and without Shift, as keyboards differ", () => {
  expect(matchesChord(parseChord("Mod+Plus"), press("+", { mod: true, shift: true }))).toBe(true);
  expect(matchesChord(parseChord("Mod+Plus"), press("+", { mod: true }))).toBe(true);
});

test("a digit matches by its key when Shift makes another sign of it", () => {
  expect(matchesChord(parseChord("Shift+1"), press("!", { shift: true, digit: "1" }))).toBe(true);
  expect(matchesChord(parseChord("Shift+1"), press("1", { digit: "1" }))).toBe(false);
});

test("shortcuts are shown as each system writes them", () => {
  expect(showChord("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
  expect(showChord("Mod+Shift+Z", true)).toBe("⇧⌘Z");
  expect(showChord("Shift+ArrowLeft", false)).toBe("Shift+←");
});
