import type { ReactNode } from "react";
import { initials } from "#ui/components/initials";

/** Somebody else on the board, as the chrome shows them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** The name of a hue, given by the server, so that everybody sees the same colour. */
  readonly hue: string;
}

const MOST = 4;

/** Who else is here; more than four become a number. */
export function People({ people }: { people: readonly Person[] }): ReactNode {
  const shown = people.slice(0, MOST);
  const rest = people.slice(MOST);
  return (
    <ul aria-label="People on this board" className="flex items-center -space-x-1 px-1">
      {shown.map((person) => (
        <li key={person.id} title={person.name}>
          <span className="sr-only">{person.name}</span>
          <span
            aria-hidden
            className="grid size-7 place-items-center rounded-full text-xs font-semibold ring-2 ring-surface select-none"
            style={{ background: `var(--${person.hue}-note)`, color: `var(--${person.hue}-text)` }}
          >
            {initials(person.name)}
          </span>
        </li>
      ))}
      {rest.length > 0 && (
        <li
          title={rest.map((person) => person.name).join(", ")}
          className="grid size-7 place-items-center rounded-full bg-paper text-xs font-semibold text-ink-soft ring-2 ring-surface"
        >
          +{rest.length}
        </li>
      )}
    </ul>
  );
}
