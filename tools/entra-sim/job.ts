import type { Connection } from "./connection";
import type { Dialect } from "./dialect";
import { Escrow } from "./escrow";
import type { Matching, RoleForm, SourceUser } from "./mapping";

export interface JobOptions {
  readonly dialect: Dialect;
  readonly matching: Matching;
  readonly roles: RoleForm;
  /** How many members one PATCH adds or removes, 1 to 5,000. */
  readonly batchSize: number;
  /** A cached id that answers 404: the object fails until an administrator restarts the job, or is matched anew. */
  readonly lostLinks: "fail" | "rematch";
  /** Whether memberships of groups that were found, not made, are asked for one by one before they are added. */
  readonly checkMemberships: boolean;
}

export interface SyncedGroup {
  readonly targetId: string;
  /** Targets' ids that are known to be members. */
  readonly members: Set<string>;
  /** Found by matching, so that its members are unknown. */
  readonly found: boolean;
}

/** What a job remembers between cycles, and what it works with. */
export interface Job {
  readonly options: JobOptions;
  readonly connection: Connection;
  readonly random: () => number;
  /** The services's id of each source user, for ever. */
  readonly users: Map<string, string>;
  readonly groups: Map<string, SyncedGroup>;
  /** The source objects as they were last synchronised. */
  readonly watermark: Map<string, string>;
  /** The manager as the service has it: a target's id, null for none; absent when nobody has looked. */
  readonly managers: Map<string, string | null>;
  /** Each user as last seen at the source, for when they are gone from it. */
  readonly lastSeen: Map<string, SourceUser>;
  readonly escrow: Escrow;
  /** Everything this job has created, by its address below the root. */
  readonly made: Set<string>;
  /** Faults of the service that spoil no single object. */
  readonly defects: Set<string>;
}

export function makeJob(options: JobOptions, connection: Connection, random: () => number): Job {
  return {
    options,
    connection,
    random,
    users: new Map(),
    groups: new Map(),
    watermark: new Map(),
    managers: new Map(),
    lastSeen: new Map(),
    escrow: new Escrow(),
    made: new Set(),
    defects: new Set(),
  };
}
