import type { ScimTokenKind } from "#generated/prisma/enums";

import type { JsonObject } from "../json";
import type { ExchangeFacts, ScimAction } from "../provisioning-log/exchange";
import type { Answer } from "./answer";

/** What a handler knows about the request that it answers. */
export interface Note {
  readonly action?: ScimAction;
  readonly facts?: ExchangeFacts;
  /** The member or group that is addressed comes first. */
  readonly subjectIds?: readonly string[];
  /** False for a write that found everything as it should be. */
  readonly changed?: boolean;
}

/**
 * Notes what a request is about, for the provisioning log. Facts add up and the rest is overwritten, so that a
 * transaction that is tried again says the same twice without harm.
 */
export type Observe = (note: Note) => void;

/** Whose token a request came with. */
export interface ObservedToken {
  readonly workspaceId: string;
  readonly tokenId: string;
  readonly tokenKind: ScimTokenKind;
}

/** Collects, on a request's way through the core, what the provisioning log will say about it. */
export class Observation {
  /** Milliseconds of the monotonic clock. */
  readonly startedAt = performance.now();
  /** Null for as long as nobody is recognised: such a request belongs to no workspace's log. */
  token: ObservedToken | null = null;
  /** Below the SCIM root, normalised, with the query. */
  path = "";
  /** Query parameters by lower-case name. */
  query: ReadonlyMap<string, string> = new Map();
  /** The request's body, once it is read. */
  body: JsonObject | null = null;
  note: Note = {};

  readonly observe: Observe = (note) => {
    const facts = { ...this.note.facts, ...note.facts };
    this.note = { ...this.note, ...note, facts };
  };
}

/** What the operations of a Bulk note of themselves, folded into what the log says of the whole. */
export class BulkNotes {
  private readonly subjectIds = new Set<string>();
  private changed = false;

  readonly observe: Observe = (note) => {
    for (const id of note.subjectIds ?? []) this.subjectIds.add(id);
    if (note.action !== undefined && note.changed !== false) this.changed = true;
  };

  /** @param answer the BulkResponse, which has a status for every operation */
  summarise(answer: Answer): Note {
    const results = (answer.body?.["Operations"] ?? []) as JsonObject[];
    const failures = results.filter((result) => Number(result["status"]) >= 400).length;
    return {
      action: "bulk",
      facts: { operations: results.length, ...(failures > 0 ? { failures } : {}) },
      subjectIds: [...this.subjectIds],
      changed: this.changed,
    };
  }
}
