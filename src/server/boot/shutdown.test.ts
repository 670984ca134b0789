import { afterEach, expect, it } from "vitest";

import { createShutdown } from "./shutdown";

afterEach(() => {
  process.removeAllListeners("SIGTERM");
  process.removeAllListeners("SIGINT");
});

function started() {
  const told: string[] = [];
  let resolve: (status: number) => void = () => {};
  const exited = new Promise<number>((done) => (resolve = done));
  const shutdown = createShutdown((status) => {
    told.push(`exit ${status}`);
    resolve(status);
  });
  const step = (name: string) => () => {
    told.push(name);
    return Promise.resolve();
  };
  return { told, shutdown, step, exited };
}

it("takes the steps from the last to the first, then exits", async () => {
  const { told, shutdown, step, exited } = started();
  await shutdown.add(step("database"));
  await shutdown.add(step("server"));
  process.emit("SIGTERM");
  await exited;
  expect(told).toEqual(["server", "database", "exit 0"]);
});

it("ends a start that a signal interrupted as soon as there is something to end", async () => {
  const { told, shutdown, step, exited } = started();
  process.emit("SIGINT");
  await shutdown.add(step("database"));
  await exited;
  expect(told).toEqual(["database", "exit 0"]);
});

it("goes on with the other steps when one fails, and says so by the status", async () => {
  const { told, shutdown, step, exited } = started();
  await shutdown.add(step("database"));
  await shutdown.add(() => Promise.reject(new Error("the server would not close")));
  process.emit("SIGTERM");
  process.emit("SIGTERM");
  await exited;
  expect(told).toEqual(["database", "exit 1"]);
});
