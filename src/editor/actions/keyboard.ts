import type { InputEvent, KeyInput, PointerInput } from "#editor/input/events";
import type { Machine } from "#editor/input/machine";
import { restingCursor } from "#editor/input/tools/panning";
import { isResting } from "#editor/input/tool-state";
import type { ToolState } from "#editor/input/tool-state";
import { isBoxRecord } from "#editor/model/record";
import type { Bench } from "./bench";
import { findActionForKey } from "./registry";

export interface Keyboard {
  /** True when the key was used. */
  take(event: KeyInput): boolean;
  /** The last place of the pointer: a gesture follows Shift and Alt even while the hand is still. */
  remember(event: PointerInput): void;
}

/** Keys in the order of who may have them: a gesture under way, Space, typing into the selected shape, the actions. */
export function createKeyboard(bench: Bench, machine: Machine<ToolState, InputEvent>): Keyboard {
  let last: PointerInput | null = null;

  function hold(event: KeyInput): void {
    bench.state.panning = event.type === "key.down";
    if (isResting(machine.state)) bench.cursor(restingCursor(machine.state, bench.state.panning));
  }

  function duringGesture(event: KeyInput): boolean {
    if (event.key === "Escape" && event.type === "key.down") return machine.send({ type: "cancel" });
    if (last && (event.key === "Shift" || event.key === "Alt")) {
      const { shift, alt, mod } = event;
      machine.send({ ...last, type: "pointer.move", shift, alt, mod });
    }
    // Nothing else happens in the middle of a gesture: a deleted shape could not be dropped.
    return event.key !== "Control" && event.key !== "Meta";
  }

  /** The one selected shape that a typed character would go into. */
  function typingTarget(event: KeyInput): string | null {
    if (
      !isCharacter(event) ||
      event.key === " " ||
      bench.readOnly ||
      bench.state.tool !== "select" ||
      bench.selection.length !== 1
    )
      return null;
    if (event.shift && event.digit !== undefined) return null;
    const id = bench.selection[0] ?? "";
    const record = bench.records.get(id);
    return record && isBoxRecord(record) ? id : null;
  }

  return {
    remember(event) {
      last = event;
    },
    take(event) {
      const { session } = bench.state;
      if (session) {
        // The text field takes the keys as soon as it is there; a quick hand is a frame ahead of it.
        if (event.type !== "key.down" || !isCharacter(event)) return false;
        bench.typeText(session.draft + event.key);
        return true;
      }
      if (event.key === " ") {
        hold(event);
        return true;
      }
      if (!isResting(machine.state)) return duringGesture(event);
      if (event.type === "key.up") return false;
      const target = typingTarget(event);
      if (target !== null) {
        bench.editText(target, event.key);
        return true;
      }
      const action = findActionForKey(event, bench);
      if (!action || action.byBrowser) return false;
      action.run(bench);
      return true;
    },
  };
}

const isCharacter = (event: KeyInput): boolean =>
  Array.from(event.key).length === 1 && !event.mod && !event.alt;
