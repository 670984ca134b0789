import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CLOSE, isFrameError, mayReconnect, parseClientFrame, parseServerFrame } from "./board-protocol";

const parse = (value: unknown) => parseClientFrame(JSON.stringify(value));

describe("client frames", () => {
  it("are read when they are well formed", () => {
    expect(parse({ t: "hi", v: 1, since: null, cid: "tab-00001" })).toMatchObject({ t: "hi", since: null });
    expect(parse({ t: "p", n: 3, o: [] })).toEqual({ t: "p", n: 3, o: [] });
    expect(parse({ t: "e", cur: null, sel: ["a"], drag: null })).toMatchObject({ t: "e", cur: null });
  });

  it("never make the parser throw, whatever they hold", () => {
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ t: fc.constantFrom("hi", "p", "e", "x"), n: fc.anything(), cur: fc.anything() })
        .map((value) => {
          try {
            return JSON.stringify(value);
          } catch {
            return "";
          }
        }),
    );
    fc.assert(
      fc.property(frame, (text) => {
        const result = parseClientFrame(text);
        expect(isFrameError(result) ? result.code >= 4400 : "t" in result).toBe(true);
        parseServerFrame(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ t: "hi", v: 2, since: null, cid: "tab-00001" }, CLOSE.version],
    [{ t: "hi", v: 1, since: -1, cid: "tab-00001" }, CLOSE.badFrame],
    [{ t: "hi", v: 1, since: 1.5, cid: "tab-00001" }, CLOSE.badFrame],
    [{ t: "hi", v: 1, since: null, cid: "short" }, CLOSE.badFrame],
    [{ t: "hi", v: 1, since: null, cid: "with space in it" }, CLOSE.badFrame],
    [{ t: "e", sel: Array.from({ length: 201 }, () => "a") }, CLOSE.badFrame],
    [{ t: "e", drag: "x" }, CLOSE.badFrame],
    [{ t: "e", cur: [1] }, CLOSE.badFrame],
  ])("are refused: %j", (value, code) => {
    expect(parse(value)).toMatchObject({ code });
  });
});

it("a client comes back after a restart or an overload, not after its access is gone", () => {
  for (const code of [1001, 1006, CLOSE.restart, CLOSE.overload, CLOSE.rateLimit])
    expect(mayReconnect(code)).toBe(true);
  for (const code of [CLOSE.signIn, CLOSE.revoked, CLOSE.boardGone, CLOSE.version]) {
    expect(mayReconnect(code)).toBe(false);
  }
});
