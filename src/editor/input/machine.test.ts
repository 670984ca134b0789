import { expect, test } from "vitest";
import { createMachine } from "./machine";
import type { TransitionTable } from "./machine";

type Door = { readonly name: "open" } | { readonly name: "shut"; readonly knocks: number };
type Push = "push" | "knock" | "pull";

const table: TransitionTable<Door, string[], Push> = {
  open: (log, event) => {
    if (event !== "push") return null;
    log.push("slam");
    return { name: "shut", knocks: 0 };
  },
  shut: (_log, event, state) => {
    if (event === "pull") return { name: "open" };
    return event === "knock" ? { name: "shut", knocks: state.knocks + 1 } : null;
  },
};

test("an event goes to the handler of the present state and its answer is the next state", () => {
  const log: string[] = [];
  const machine = createMachine({ table, initial: { name: "open" }, context: log });
  expect(machine.send("push")).toBe(true);
  expect(machine.send("knock")).toBe(true);
  expect(machine.state).toEqual({ name: "shut", knocks: 1 });
  expect(log).toEqual(["slam"]);
});

test("an event that no state takes changes nothing and is reported as not taken", () => {
  const machine = createMachine({ table, initial: { name: "open" }, context: [] });
  expect(machine.send("pull")).toBe(false);
  expect(machine.state).toEqual({ name: "open" });
});

test("an event sent from within a handler waits until the handler is done", () => {
  const seen: string[] = [];
  const nested: TransitionTable<{ name: "a" } | { name: "b" }, null, string> = {
    a: (_, event) => {
      machine.send("second");
      seen.push(`a:${event}`);
      return { name: "b" };
    },
    b: (_, event) => {
      seen.push(`b:${event}`);
      return { name: "b" };
    },
  };
  const machine = createMachine<{ name: "a" } | { name: "b" }, null, string>({
    table: nested,
    initial: { name: "a" },
    context: null,
  });
  machine.send("first");
  expect(seen).toEqual(["a:first", "b:second"]);
});

test("a handler that throws does not leave the machine stuck", () => {
  let broken = true;
  const risky: TransitionTable<{ name: "a" }, null, string> = {
    a: (_, _event, state) => {
      if (broken) throw new Error("no");
      return state;
    },
  };
  const machine = createMachine<{ name: "a" }, null, string>({
    table: risky,
    initial: { name: "a" },
    context: null,
  });
  expect(() => machine.send("x")).toThrow("no");
  broken = false;
  expect(machine.send("x")).toBe(true);
});

test("listeners hear of a change of state only when there was one", () => {
  const changes: string[] = [];
  const machine = createMachine({
    table,
    initial: { name: "open" },
    context: [],
    onChange: (next, previous) => changes.push(`${previous.name}>${next.name}`),
  });
  machine.send("knock");
  machine.send("push");
  machine.jump({ name: "open" });
  expect(changes).toEqual(["open>shut", "shut>open"]);
});

test("a state may hand the same event on to the one that follows it", () => {
  type Step = { readonly name: "pressed" } | { readonly name: "dragging"; readonly at: number };
  const dragging: TransitionTable<Step, null, number> = {
    pressed: () => ({ again: { name: "dragging", at: 0 } }),
    dragging: (_, event) => ({ name: "dragging", at: event }),
  };
  const machine = createMachine<Step, null, number>({
    table: dragging,
    initial: { name: "pressed" },
    context: null,
  });
  machine.send(7);
  expect(machine.state).toEqual({ name: "dragging", at: 7 });
});
