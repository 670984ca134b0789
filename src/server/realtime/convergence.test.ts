import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { serializeRecords } from "#editor/model/snapshot";
import type { ShapeOp } from "#editor/model/ops";

import { SimulatedWorld } from "./testing/simulated-world";

type Action =
  | {
      readonly do: "create" | "delete" | "move" | "write" | "colour" | "retype";
      readonly who: number;
      readonly what: number;
    }
  | { readonly do: "cut"; readonly who: number }
  | { readonly do: "wait"; readonly ms: number };

const who = fc.nat(3);
const what = fc.nat(5);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom("create", "move", "write", "colour" as const), who, what }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("delete", "retype" as const), who, what }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(400) }) },
);

/** Few ids, so that people get in each other's way all the time. `stamp` makes every written value unlike the others. */
function toOp(step: Extract<Action, { what: number }>, stamp: number): ShapeOp {
  const id = `shape-${step.what}`;
  switch (step.do) {
    case "create":
      return [id, { kind: "rectangle", g: [stamp, 0, 10, 10], z: "a0", text: `made ${stamp}` }];
    case "delete":
      return [id, null];
    case "move":
      return [id, { g: [stamp, stamp, 20, 20] }];
    case "write":
      return [id, { text: `text ${stamp}` }];
    case "colour":
      return [id, { hue: stamp % 2 === 0 ? "red" : null }];
    case "retype":
      return [id, { kind: stamp % 2 === 0 ? "ellipse" : "note" }];
  }
}

async function play(world: SimulatedWorld, actions: readonly Action[]): Promise<void> {
  let stamp = 1;
  for (const step of actions) {
    if (step.do === "wait") await world.time.advance(step.ms);
    else if (step.do === "cut") world.clients[step.who % world.clients.length]!.cut();
    else world.clients[step.who % world.clients.length]!.store.apply([toOp(step, stamp++)], "local");
  }
}

function expectConverged(world: SimulatedWorld): void {
  const truth = serializeRecords(world.log.replay().records);
  for (const { store, sync, refusals } of world.clients) {
    expect(sync.status.get()).toBe("saved");
    expect(sync.pending()).toBe(0);
    expect(refusals).toEqual([]);
    expect(serializeRecords(store.records)).toBe(truth);
  }
  const keys = world.log.rows.map((row) => `${row.clientId} ${row.clientSeq}`);
  expect(new Set(keys).size).toBe(keys.length);
}

describe("several people on one board", () => {
  it("end up with what the log says, whatever is delayed, cut off, sent twice or lost by the database", async () => {
    const property = fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 2, max: 4 }),
        fc.array(action, { minLength: 5, maxLength: 60 }),
        async (seed, processes, clients, actions) => {
          const world = new SimulatedWorld(seed, { processes, clients });
          await world.time.advance(200);
          await play(world, actions);
          await world.settle();
          expectConverged(world);
        },
      ),
      { numRuns: 400 },
    );
    await expect(property).resolves.toBeUndefined();
  }, 120_000);

  it("lose nothing that was drawn while the connection was away", async () => {
    const world = new SimulatedWorld(7, { processes: 1, clients: 2 });
    world.calm = true;
    await world.time.advance(1_000);
    const [anna, ben] = [world.clients[0]!, world.clients[1]!];
    anna.cut();
    await world.time.advance(60);
    anna.store.apply([["offline", { kind: "note", g: [0, 0, 10, 10], z: "a0", text: "kept" }]], "local");
    expect(anna.sync.status.get()).toBe("offline");
    await world.settle();
    expect(ben.store.records.get("offline")).toMatchObject({ text: "kept" });
    expect(world.log.rows).toHaveLength(1);
  });

  it("do not see a foreign value flicker in while their own write of the same property is under way", async () => {
    const world = new SimulatedWorld(11, { processes: 1, clients: 2 });
    world.calm = true;
    await world.time.advance(1_000);
    const [anna, ben] = [world.clients[0]!, world.clients[1]!];
    anna.store.apply([["s", { kind: "note", g: [0, 0, 1, 1], z: "a0", text: "start" }]], "local");
    await world.settle();
    const seen: unknown[] = [];
    ben.store.apply([["s", { text: "ben" }]], "local");
    await world.time.advance(5);
    anna.store.apply([["s", { text: "anna" }]], "local");
    anna.store.onChange(() => seen.push((anna.store.records.get("s") as { text?: string }).text));
    await world.settle();
    expect(seen).toEqual([]);
    expect(ben.store.records.get("s")).toMatchObject({ text: "anna" });
  });
});
