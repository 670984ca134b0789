import type { Tone } from "../../../components/badge";
import { inSentence } from "../../provider-name";
import { countOf } from "../count-of";

import type { Expiring } from "./expiring-credentials";

/** Days before its end at which a credential becomes the next thing to do. */
const EXPIRES_SOON_DAYS = 14;
const DAY_MS = 86_400_000;

export interface ConsoleState {
  readonly provider: string;
  readonly health: "waiting" | "connected" | "quiet" | "failing";
  readonly errorsLastDay: number;
  readonly members: number;
  readonly expiring: readonly Expiring[];
}

export interface NextThing {
  readonly tone: Tone;
  readonly text: string;
  /** Where it is done: a verb, and a path below the console's. Null when there is nothing to do. */
  readonly action: { readonly label: string; readonly path: string } | null;
}

const SEE_ERRORS = "/log?outcome=problems&range=24h";

/** The one thing that an administrator should do next, the most urgent first. */
export function nextThing(state: ConsoleState, now: Date): NextThing {
  const { health, errorsLastDay, members, provider } = state;
  const they = inSentence(provider);
  if (health === "failing") {
    return {
      tone: "danger",
      text: `Most of what ${they} sends is refused. See what it asks for and why it does not get it.`,
      action: { label: "See refused requests", path: SEE_ERRORS },
    };
  }
  const credential = expiring(state.expiring, now, they);
  if (credential) return credential;
  if (health === "waiting") {
    return {
      tone: "plain",
      text: `Give ${they} the two values below and press “Test Connection” there.`,
      action: { label: "Show the steps", path: "/connect" },
    };
  }
  if (health === "quiet") {
    return {
      tone: "caution",
      text: `${provider} should come about every 40 minutes. Check there that provisioning is started and not in quarantine, or test this side.`,
      action: { label: "Run the self-test", path: "/self-test" },
    };
  }
  if (errorsLastDay > 0) {
    return {
      tone: "caution",
      text: `${countOf(errorsLastDay, "request was", "requests were")} refused in the last day.`,
      action: { label: errorsLastDay === 1 ? "See it" : "See them", path: SEE_ERRORS },
    };
  }
  if (members === 0) {
    return {
      tone: "plain",
      text: `The connection works. Now assign people to the application in ${they} and start provisioning.`,
      action: { label: "Show the steps", path: "/connect" },
    };
  }
  return { tone: "good", text: "There is nothing to do.", action: null };
}

function expiring(credentials: readonly Expiring[], now: Date, they: string): NextThing | null {
  const [first] = credentials.toSorted((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
  if (!first) return null;
  const left = first.expiresAt.getTime() - now.getTime();
  if (left > EXPIRES_SOON_DAYS * DAY_MS) return null;
  const days = Math.floor(left / DAY_MS);
  const todo = first.isReplaced
    ? `Paste the new one in ${they} before that.`
    : "Make a new one, or provisioning stops.";
  return {
    tone: days < 3 ? "danger" : "caution",
    text: `${first.what} ${end(left, days)}. ${todo}`,
    action: { label: first.isReplaced ? "Show the token" : "Rotate it", path: "/credentials" },
  };
}

function end(left: number, days: number): string {
  if (left <= 0) return "has expired";
  return days < 1 ? "expires within a day" : `expires in ${countOf(days, "day", "days")}`;
}
