import { describe, expect, it } from "vitest";

import { ExchangeQueue } from "./exchange-queue";
import { sampleExchange } from "./testing/sample-exchange";

const WORKSPACE = "00000000-0000-7000-8000-000000000000";
const read = (path: string) => sampleExchange(WORKSPACE, { path });
const write = (path: string) => sampleExchange(WORKSPACE, { path, isWrite: true });
const refusedRead = (path: string) => sampleExchange(WORKSPACE, { path, outcome: "refused" });
const paths = (queue: ExchangeQueue) => queue.take(100).map((row) => row.path);

describe("the queue of the provisioning log", () => {
  it("gives up the oldest plain reads first, then the oldest of the rest, and counts them", () => {
    const queue = new ExchangeQueue(3);
    for (const row of [write("w1"), read("r1"), read("r2"), write("w2")]) queue.push(row);
    expect(queue.dropped).toBe(1);
    queue.push(refusedRead("e1"));
    expect({ size: queue.size, dropped: queue.dropped }).toEqual({ size: 3, dropped: 2 });
    queue.push(write("w3"));
    expect(queue.dropped).toBe(3);
    expect(paths(queue)).toEqual(["w2", "e1", "w3"]);
  });

  it("gives rows out once, writes and errors before reads", () => {
    const queue = new ExchangeQueue(10);
    for (const row of [read("r1"), write("w1"), read("r2"), write("w2")]) queue.push(row);
    expect(queue.take(3).map((row) => row.path)).toEqual(["w1", "w2", "r1"]);
    expect(paths(queue)).toEqual(["r2"]);
    expect(queue.size).toBe(0);
  });

  it("takes back what could not be written as its oldest rows, within its bound", () => {
    const queue = new ExchangeQueue(3);
    for (const row of [read("r1"), write("w1")]) queue.push(row);
    const taken = queue.take(2);
    for (const row of [read("r2"), write("w2")]) queue.push(row);
    queue.putBack(taken);
    expect(queue.dropped).toBe(1);
    expect(paths(queue)).toEqual(["w1", "w2", "r2"]);
  });
});
