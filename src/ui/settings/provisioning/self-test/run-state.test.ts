import { describe, expect, it } from "vitest";

import { applyEvent, findings, NOTHING_YET, shownSteps, type RunState } from "./run-state";
import { reportText } from "./report-text";
import type { SelfTestEvent, SelfTestStep } from "./self-test-client";

const planned = (id: string) => ({ id, phase: "connection", name: `Do ${id}` }) as const;
const done = (id: string, rest: Partial<SelfTestStep> = {}): SelfTestStep => ({
  ...planned(id),
  status: "ok",
  ms: 12,
  request: null,
  answer: null,
  problem: null,
  advice: null,
  ...rest,
});
const PLAN: SelfTestEvent = { kind: "plan", steps: [planned("a"), planned("b"), planned("c")] };
const after = (...events: SelfTestEvent[]): RunState => events.reduce(applyEvent, NOTHING_YET);
const states = (state: RunState) => shownSteps(state).map((step) => `${step.id} ${step.state}`);

describe("a run as it is shown", () => {
  it("has the first step without an outcome under way", () => {
    expect(states(after(PLAN))).toEqual(["a running", "b waiting", "c waiting"]);
    expect(states(after(PLAN, { kind: "step", step: done("a") }))).toEqual([
      "a done",
      "b running",
      "c waiting",
    ]);
  });

  it("has nothing under way any more at its end, also when steps are missing", () => {
    expect(states(after(PLAN, { kind: "end", result: "cancelled" }))).toEqual([
      "a waiting",
      "b waiting",
      "c waiting",
    ]);
  });

  it("shows a step that was not planned", () => {
    expect(states(after(PLAN, { kind: "step", step: done("run") })).at(-1)).toBe("run done");
  });

  it("forgets an earlier run when a new plan comes", () => {
    expect(after(PLAN, { kind: "step", step: done("a") }, { kind: "end", result: "passed" }, PLAN)).toEqual(
      after(PLAN),
    );
  });

  it("names failures before remarks, and what several steps met once", () => {
    const blocked = { status: "failed", problem: "method-blocked", advice: "Allow it." } as const;
    const steps = [
      done("a", { status: "warning", problem: "slow", advice: "Hm." }),
      done("b", blocked),
      done("c"),
      done("d", blocked),
    ];
    expect(findings(steps)).toEqual([
      { status: "failed", advice: "Allow it.", at: ["Do b", "Do d"] },
      { status: "warning", advice: "Hm.", at: ["Do a"] },
    ]);
  });
});

describe("the report as text", () => {
  const request = { method: "GET", url: "https://x.example/Users", headers: { a: "b" }, body: '{"q":1}' };
  const answer = { status: 404, headers: { server: "edge" }, body: "<html>" };
  const text = reportText(
    [
      done("a"),
      done("b", { status: "failed", problem: "path-not-forwarded", advice: "Forward it.", request, answer }),
    ],
    "failed",
    { baseUrl: "https://x.example", at: new Date("2026-11-23T12:00:00Z") },
  );

  it("has a line for each step, and what was said on the wire where something is wrong", () => {
    expect(text.split("\n")).toEqual([
      "Chalkroom self-test of https://x.example",
      "2026-11-23T12:00:00.000Z: failed",
      "",
      "ok         12 ms  Do a",
      "FAILED     12 ms  Do b",
      "",
      "== Do b (path-not-forwarded)",
      "Forward it.",
      "",
      "GET https://x.example/Users",
      "a: b",
      "",
      "{",
      '  "q": 1',
      "}",
      "",
      "HTTP 404",
      "server: edge",
      "",
      "<html>",
    ]);
  });
});
