import { describe, expect, it } from "vitest";

import { readEvents, type ServerEvent } from "./read-events";

async function read(...chunks: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe("server-sent events", () => {
  it("have a type and data", async () => {
    expect(await read("event: connected\ndata: {}\n\ndata: 1\n\n")).toEqual([
      { type: "connected", data: "{}" },
      { type: "message", data: "1" },
    ]);
  });

  it("come in whatever pieces the network makes, also in the middle of a character", async () => {
    const bytes = new TextEncoder().encode("data: é\n\ndata: 2\n\n");
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    expect((await read(...pieces)).map((event) => event.data)).toEqual(["é", "2"]);
  });

  it("may have several lines, no data, comments, and CRLF", async () => {
    expect(await read(": hello\n\n", "data: a\ndata: b\r\n\r\n", "event: return\ndata\n\n")).toEqual([
      { type: "message", data: "" },
      { type: "message", data: "a\nb" },
      { type: "return", data: "" },
    ]);
  });

  it("leave out what has not come to its end", async () => {
    expect(await read("data: whole\n\ndata: ha")).toEqual([{ type: "message", data: "whole" }]);
  });
});
