import type { JsonObject } from "../json";

import type { Finding } from "./finding";
import type { ThrowAway } from "./throw-away";
import type { Ask, WireAnswer } from "./wire";

/** What the steps before have found out. */
export interface RunState {
  readonly throwAway: ThrowAway;
  /** The public URL of the SCIM root, without a trailing slash. */
  readonly baseUrl: string;
  personId: string | null;
  groupId: string | null;
}

/** An answer that has the expected status and is SCIM's own; a 204 has an empty body. */
export interface ScimAnswer extends WireAnswer {
  readonly json: JsonObject;
}

/** Where a step stands in the report. */
export type Phase = "connection" | "person" | "spelling" | "group" | "leaving";

/** One request that Entra makes, and what has to come back. */
export interface Step {
  readonly id: string;
  readonly phase: Phase;
  /** In plain words, for an administrator. */
  readonly name: string;
  /** What must exist for this step to make sense. */
  readonly needs?: "person" | "group";
  /** Steps whose failure would only be found again here. */
  readonly after?: readonly string[];
  /** A spelling that Entra may or may not use: what fails here is worth a warning only. */
  readonly lenient?: boolean;
  /** Sent with a token that is none. */
  readonly wrongToken?: boolean;
  readonly expected: number;
  readonly ask: (state: RunState) => Ask;
  readonly check?: (answer: ScimAnswer, state: RunState) => Finding | null;
}
