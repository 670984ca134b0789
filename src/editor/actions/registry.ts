import type { Action, ActionBench, ActionGroup } from "./action";
import { ACTION_GROUPS } from "./action";
import { EDIT_ACTIONS } from "./edit-actions";
import type { KeyPress } from "./keys";
import { matchesChord, parseChord } from "./keys";
import { LOOK_ACTIONS } from "./look-actions";
import { PLACE_ACTIONS } from "./place-actions";
import { REACH_ACTIONS } from "./reach-actions";
import { TOOL_ACTIONS } from "./tool-actions";
import { VIEW_ACTIONS } from "./view-actions";

/** Every action of the board. Of several with one key the first that is possible gets it. */
export const ACTIONS: readonly Action[] = [
  ...TOOL_ACTIONS,
  ...PLACE_ACTIONS,
  ...EDIT_ACTIONS,
  ...REACH_ACTIONS,
  ...LOOK_ACTIONS,
  ...VIEW_ACTIONS,
];

const byId = new Map(ACTIONS.map((action) => [action.id, action]));
const chords = ACTIONS.flatMap((action) => action.keys.map((keys) => ({ action, chord: parseChord(keys) })));

/**
 * The action of this id.
 * @throws Error when there is none: ids are written in code, so that is a mistake in the program.
 */
export function getAction(id: string): Action {
  const action = byId.get(id);
  if (!action) throw new Error(`There is no action "${id}".`);
  return action;
}

/** The action that a key asks for and that is possible now; null when there is none. */
export function findActionForKey(press: KeyPress, bench: ActionBench): Action | null {
  const found = chords.find(({ action, chord }) => matchesChord(chord, press) && action.when(bench));
  return found?.action ?? null;
}

/** One line of the help sheet; `keys` are shortcuts as `showChord` takes them. */
export interface HelpLine {
  readonly label: string;
  readonly keys: readonly string[];
}

/** The actions as the help sheet lists them. */
export function listHelp(): { readonly group: ActionGroup; readonly lines: readonly HelpLine[] }[] {
  return ACTION_GROUPS.map((group) => {
    const lines: HelpLine[] = [];
    for (const action of ACTIONS) {
      if (action.group !== group || action.help === null) continue;
      lines.push(action.help ?? { label: action.label, keys: action.keys });
    }
    return { group, lines };
  });
}
