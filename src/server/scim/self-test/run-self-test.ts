import { recordAudit } from "#server/audit/index";
import { inWorkspaceTx, type WorkspaceScope } from "#server/db/index";
import { countThrowAways, purgeThrowAways } from "#server/directory/index";
import type { Actor } from "#server/kernel/actor";
import { now } from "#server/kernel/clock";
import { env } from "#server/kernel/env";
import { AppError } from "#server/kernel/errors";
import { log } from "#server/kernel/logger";
import { processSlot } from "#server/kernel/slot";

import { issueSelfTestToken } from "../credentials/self-test-token";
import { scimBaseUrl } from "../http/context";
import { requireManager } from "../require-manager";
import { checkAddress } from "./check-address";
import { EventQueue } from "./event-queue";
import { failed } from "./finding";
import { doneStep, resultOf, type SelfTestEvent, type SelfTestResult, type SelfTestStep } from "./report";
import { runSteps } from "./run-steps";
import type { RunState, Step } from "./step";
import { connectionSteps } from "./steps-connection";
import { groupSteps } from "./steps-group";
import { leavingSteps, personSteps } from "./steps-person";
import { makeThrowAway, marksOf, ALL_MARKS, type ThrowAway } from "./throw-away";

const STEPS: readonly Step[] = [...connectionSteps, ...personSteps, ...groupSteps, ...leavingSteps];
const ADDRESS = {
  id: "address",
  phase: "connection",
  name: "Look at the public address",
} as const;
const TIDY = { id: "tidy-up", phase: "leaving", name: "Leave nothing of the test behind" } as const;

/** Entra's own limit is not published; ours for one answer, in milliseconds. */
const ANSWER_MS = 10_000;
/** A run cannot last this long, so what is older was left by one that was killed. */
const LEFT_OVER_MS = 600_000;

export interface SelfTestOptions {
  /** How long one answer may take, in milliseconds. */
  readonly answerMs?: number;
}

/**
 * Plays what Entra does against the own public URL, with a person and a group made for this run, and tells of each
 * step as it is done. A reader that goes away, and the signal, cancel the run; whatever happens, the person, the
 * group and the token are taken away again, and one audit row says how it went.
 * @throws AppError FORBIDDEN, CONFLICT while another run of the workspace is under way
 */
export async function startSelfTest(
  scope: WorkspaceScope,
  actor: Actor,
  signal: AbortSignal | undefined,
  options: SelfTestOptions = {},
): Promise<AsyncGenerator<SelfTestEvent, void>> {
  requireManager(actor);
  const running = processSlot("scim.self-tests", () => new Set<string>());
  if (running.has(scope.workspaceId)) {
    throw new AppError("CONFLICT", "A self-test of this workspace is running already. Wait until it ends.");
  }
  running.add(scope.workspaceId);
  const reader = new AbortController();
  const cancel = signal ? AbortSignal.any([signal, reader.signal]) : reader.signal;
  const events = new EventQueue<SelfTestEvent>();
  const run = perform({ scope, actor, signal: cancel, events, options }).finally(() => {
    running.delete(scope.workspaceId);
    events.close();
  });
  return relay(events, run, reader);
}

async function* relay(
  events: EventQueue<SelfTestEvent>,
  run: Promise<void>,
  reader: AbortController,
): AsyncGenerator<SelfTestEvent, void> {
  try {
    yield* events;
  } finally {
    reader.abort();
    await run;
  }
}

interface Run {
  readonly scope: WorkspaceScope;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly events: EventQueue<SelfTestEvent>;
  readonly options: SelfTestOptions;
}

/** Never rejects: what fails is a step of the report, and in the log. */
async function perform({ scope, actor, signal, events, options }: Run): Promise<void> {
  const throwAway = makeThrowAway();
  const done: SelfTestStep[] = [];
  const tell = (step: SelfTestStep) => {
    done.push(step);
    events.push({ kind: "step", step });
  };
  const plan = [ADDRESS, ...STEPS, TIDY].map(({ id, phase, name }) => ({ id, phase, name }));
  events.push({ kind: "plan", steps: plan });
  const baseUrl = scimBaseUrl();
  const state: RunState = { throwAway, baseUrl, personId: null, groupId: null };
  try {
    const token = await issueSelfTestToken(scope, actor);
    try {
      tell(doneStep(ADDRESS, checkAddress(env().publicUrl)));
      const wire = { baseUrl, token: token.token, timeoutMs: options.answerMs ?? ANSWER_MS, signal };
      await runSteps(STEPS, wire, state, tell);
    } finally {
      await token.end();
    }
  } catch (error) {
    if (!signal.aborted) {
      log().error({ err: error }, "scim: the self-test failed");
      tell(doneStep({ ...TIDY, id: "run", name: "Run the test" }, serverFailed()));
    }
  }
  await tidyUp({ scope, actor, throwAway, done, tell, isCancelled: signal.aborted });
  events.push({ kind: "end", result: resultOf(done, signal.aborted) });
}

interface Ended {
  readonly scope: WorkspaceScope;
  readonly actor: Actor;
  readonly throwAway: ThrowAway;
  readonly done: readonly SelfTestStep[];
  readonly tell: (step: SelfTestStep) => void;
  readonly isCancelled: boolean;
}

/** Also takes away what an earlier run left that was killed before it came to this. */
async function tidyUp({ scope, actor, throwAway, done, tell, isCancelled }: Ended): Promise<void> {
  const createdBefore = new Date(now().getTime() - LEFT_OVER_MS);
  try {
    await inWorkspaceTx(scope, async (tx) => {
      await purgeThrowAways(tx, marksOf(throwAway));
      await purgeThrowAways(tx, { ...ALL_MARKS, createdBefore });
      const result: SelfTestResult = resultOf(done, isCancelled);
      const wrong = done
        .filter((step) => step.problem !== null)
        .map(({ id, problem }) => `${id}: ${problem}`);
      await recordAudit(tx, { actor, action: "scim.self_test.run", details: { result, wrong } });
    });
    const left = await countThrowAways(scope, marksOf(throwAway));
    tell(doneStep(TIDY, left === 0 ? null : somethingLeft(throwAway)));
  } catch (error) {
    log().error({ err: error }, "scim: tidying up after the self-test failed");
    tell(doneStep(TIDY, somethingLeft(throwAway)));
  }
}

function serverFailed() {
  return failed("server-failed", "The server itself failed. Its log has the reason at this time.");
}

function somethingLeft({ userName, groupName }: ThrowAway) {
  return failed(
    "server-failed",
    `The person “${userName}” or the group “${groupName}” could not be taken away. Run the test again in ten minutes: it takes away what earlier runs left.`,
  );
}
