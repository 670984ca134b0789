import { describe, expect, it } from "vitest";

import { withLimitedBody } from "./limited-body";

const url = "http://localhost:3000/api";

/** A body that announces no length and would go on for ever. */
function endless(onCancel: () => void): Request {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024)),
    cancel: onCancel,
  });
  return new Request(url, { method: "POST", body, duplex: "half" } as RequestInit);
}

describe("a request body with a limit", () => {
  it("comes through unchanged, with the headers, when it is short enough", async () => {
    const headers = { "content-type": "application/json", "x-own": "1" };
    const limited = await withLimitedBody(
      new Request(url, { method: "POST", headers, body: '{"a":"é"}' }),
      10,
    );
    expect(await limited?.text()).toBe('{"a":"é"}');
    expect(limited?.headers.get("x-own")).toBe("1");
    expect(limited?.method).toBe("POST");
  });

  it("is refused by the length it announces and by the length it has", async () => {
    const announced = new Request(url, { method: "POST", headers: { "content-length": "11" }, body: "x" });
    expect(await withLimitedBody(announced, 10)).toBeNull();
    const long = new Request(url, { method: "POST", body: "x".repeat(11) });
    expect(await withLimitedBody(long, 10)).toBeNull();
  });

  it("is not read any further than the limit", async () => {
    let cancelled = false;
    expect(
      await withLimitedBody(
        endless(() => (cancelled = true)),
        10_000,
      ),
    ).toBeNull();
    expect(cancelled).toBe(true);
  });

  it("is no concern of a request without one", async () => {
    const request = new Request(url);
    expect(await withLimitedBody(request, 10)).toBe(request);
  });
});
