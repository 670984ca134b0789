import type { inferRouterOutputs } from "@trpc/server";
import superjson from "superjson";

import type { AppRouter } from "#server/trpc/root";

import { readEvents } from "./read-events";

type Events = inferRouterOutputs<AppRouter>["scim"]["selfTest"]["run"];

export type SelfTestEvent = Events extends AsyncIterable<infer Event> ? Event : never;
export type SelfTestStep = Extract<SelfTestEvent, { kind: "step" }>["step"];
export type SelfTestResult = Extract<SelfTestEvent, { kind: "end" }>["result"];
export type PlannedStep = Extract<SelfTestEvent, { kind: "plan" }>["steps"][number];

/**
 * Starts a run and hands on its events as they come; aborting the signal cancels it. The one subscription there is,
 * so it is read by hand: tRPC's link for them would make every page of the app some 28 kB heavier.
 * @throws an error with tRPC's `data` for a refusal, any other when the connection is lost
 */
export async function* runSelfTest(
  workspaceSlug: string,
  signal: AbortSignal,
): AsyncGenerator<SelfTestEvent> {
  const input = JSON.stringify(superjson.serialize({ workspaceSlug }));
  const query = new URLSearchParams({ input }).toString();
  const response = await fetch(`/api/trpc/scim.selfTest.run?${query}`, {
    signal,
    headers: { accept: "text/event-stream" },
  });
  if (!response.ok || !response.body) throw new Error(`The server answered ${response.status}.`);
  for await (const event of readEvents(response.body)) {
    if (event.type === "message") yield superjson.parse<SelfTestEvent>(event.data);
    if (event.type === "serialized-error") throw refusal(event.data);
    if (event.type === "return") return;
  }
  throw new Error("The connection was lost before the test came to its end.");
}

function refusal(data: string): Error {
  const { message, data: details } = superjson.parse<{ message: string; data: object }>(data);
  return Object.assign(new Error(message), { data: details });
}
