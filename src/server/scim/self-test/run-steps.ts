import { diagnose, diagnoseSlowness, readScim } from "./diagnose";
import type { Finding } from "./finding";
import { doneStep, skippedStep, type SelfTestStep } from "./report";
import type { RunState, Step } from "./step";
import { wrongTokenAccepted } from "./steps-connection";
import { sendAsEntra, type Exchange, type Wire } from "./wire";

/**
 * Goes through the steps in order and tells of each. What needs something that could not be made is skipped, and
 * everything after a first request that did not get through, because each would only say the same.
 * A cancelled run rejects with the signal's reason; the step under way is then not told of.
 */
export async function runSteps(
  steps: readonly Step[],
  wire: Wire,
  state: RunState,
  tell: (step: SelfTestStep) => void,
): Promise<void> {
  let isBlocked = false;
  const failedIds = new Set<string>();
  for (const [index, step] of steps.entries()) {
    wire.signal.throwIfAborted();
    if (isBlocked || !isPossible(step, state) || step.after?.some((id) => failedIds.has(id))) {
      failedIds.add(step.id);
      tell(skippedStep(step));
      continue;
    }
    const asked = step.wrongToken ? { ...wire, token: "chalk_test_this-token-opens-nothing" } : wire;
    const exchange = await sendAsEntra(asked, step.ask(state));
    const finding = judge(step, exchange, state);
    if (finding?.severity === "failed") failedIds.add(step.id);
    if (index === 0 && failedIds.has(step.id)) isBlocked = true;
    tell(doneStep(step, finding, exchange));
  }
}

function isPossible(step: Step, state: RunState): boolean {
  if (step.needs === undefined) return true;
  return state.personId !== null && (step.needs === "person" || state.groupId !== null);
}

/** The most serious thing that an exchange shows. */
function judge(step: Step, exchange: Exchange, state: RunState): Finding | null {
  if (step.wrongToken && exchange.answer && exchange.answer.status < 300) return wrongTokenAccepted();
  const onTheWay = diagnose(exchange, step.expected);
  const finding =
    onTheWay?.severity === "failed" ? onTheWay : (checkContent(step, exchange, state) ?? onTheWay);
  if (finding === null) return diagnoseSlowness(exchange);
  return step.lenient && finding.severity === "failed" ? soften(finding, state) : finding;
}

function checkContent(step: Step, { answer }: Exchange, state: RunState): Finding | null {
  if (!step.check || !answer) return null;
  return step.check({ ...answer, json: readScim(answer) ?? {} }, state);
}

/** Nobody has published which spelling Entra sends for a tenant URL with the flag; without it there is only one. */
function soften(finding: Finding, state: RunState): Finding {
  return {
    ...finding,
    severity: "warning",
    advice: `Entra may spell the address like this when the tenant URL has the flag. ${finding.advice} Or paste the tenant URL without the flag: ${state.baseUrl}`,
  };
}
