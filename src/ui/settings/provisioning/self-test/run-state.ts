import type { PlannedStep, SelfTestEvent, SelfTestResult, SelfTestStep } from "./self-test-client";

/** A step of the plan, before, while and after it is done. */
export type ShownStep =
  | (PlannedStep & { readonly state: "waiting" })
  | (PlannedStep & { readonly state: "running" })
  | (SelfTestStep & { readonly state: "done" });

export interface RunState {
  readonly plan: readonly PlannedStep[];
  readonly done: readonly SelfTestStep[];
  readonly result: SelfTestResult | null;
}

export const NOTHING_YET: RunState = { plan: [], done: [], result: null };

export function applyEvent(state: RunState, event: SelfTestEvent): RunState {
  switch (event.kind) {
    case "plan":
      return { plan: event.steps, done: [], result: null };
    case "step":
      return { ...state, done: [...state.done, event.step] };
    case "end":
      return { ...state, result: event.result };
  }
}

/** Every planned step with what is known of it. While a run goes on, the first without an outcome is under way. */
export function shownSteps({ plan, done, result }: RunState): ShownStep[] {
  const outcomes = new Map(done.map((step) => [step.id, step]));
  const extra = done.filter((step) => plan.every((planned) => planned.id !== step.id));
  const running = result === null ? plan.find((planned) => !outcomes.has(planned.id)) : undefined;
  return [...plan, ...extra].map((planned): ShownStep => {
    const outcome = outcomes.get(planned.id);
    if (outcome) return { ...outcome, state: "done" };
    return planned === running ? { ...planned, state: "running" } : { ...planned, state: "waiting" };
  });
}

/** One thing that was found, and where. */
export interface ShownFinding {
  readonly status: SelfTestStep["status"];
  readonly advice: string;
  /** The names of the steps that met it, in their order. */
  readonly at: readonly string[];
}

/** What was found, the serious things first; what several steps met is one thing. */
export function findings(done: readonly SelfTestStep[]): ShownFinding[] {
  const found = new Map<string, { status: SelfTestStep["status"]; advice: string; at: string[] }>();
  for (const { status, problem, advice, name } of done) {
    if (advice === null) continue;
    const key = `${status} ${problem ?? ""}`;
    const known = found.get(key);
    if (known) known.at.push(name);
    else found.set(key, { status, advice, at: [name] });
  }
  return [...found.values()].sort((a, b) => Number(b.status === "failed") - Number(a.status === "failed"));
}
