import { randomBytes } from "node:crypto";

import type { ThrowAwayMarks } from "#server/directory/index";
import { now } from "#server/kernel/clock";

/** RFC 2606 reserves .invalid: nobody real has such an address. */
const DOMAIN = "self-test.invalid";
const LOCAL_PART = "chalkroom-self-test+";
const GROUP_PREFIX = "Chalkroom self-test group ";

/** The person and the group of one run, with names that nobody can mistake. */
export interface ThrowAway {
  readonly run: string;
  /** The plus sign is on purpose: whoever decodes addresses twice on the way turns it into a space. */
  readonly userName: string;
  readonly externalId: string;
  readonly displayName: string;
  readonly groupName: string;
  readonly startedAt: Date;
}

export function makeThrowAway(run: string = randomBytes(6).toString("hex")): ThrowAway {
  return {
    run,
    userName: `${LOCAL_PART}${run}@${DOMAIN}`,
    externalId: `chalkroom-self-test-${run}`,
    displayName: `Chalkroom self-test ${run}`,
    groupName: `${GROUP_PREFIX}${run}`,
    startedAt: now(),
  };
}

/** How the people and groups of all runs are known, for finding what a run left that was killed. */
export const ALL_MARKS: ThrowAwayMarks = {
  userNameStart: LOCAL_PART,
  userNameEnd: `@${DOMAIN}`,
  groupStart: GROUP_PREFIX,
};

/** How those of one run are known; nobody but this run makes any with these names. */
export function marksOf({ run, groupName, startedAt }: ThrowAway): ThrowAwayMarks {
  return { ...ALL_MARKS, userNameStart: LOCAL_PART + run, groupStart: groupName, createdSince: startedAt };
}
