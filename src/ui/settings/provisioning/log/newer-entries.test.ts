import { describe, expect, it } from "vitest";

import { compareWithShown } from "./newer-entries";

const list = (...ids: string[]) => ids.map((id) => ({ id }));

describe("the newest entries beside those that are shown", () => {
  it("bring nothing when nothing happened", () => {
    expect(compareWithShown(list("3", "2"), list("3", "2", "1"))).toEqual({ kind: "none" });
    expect(compareWithShown([], [])).toEqual({ kind: "none" });
  });

  it("bring what came before the first", () => {
    expect(compareWithShown(list("5", "4", "3"), list("3", "2"))).toEqual({
      kind: "newer",
      entries: list("5", "4"),
    });
    expect(compareWithShown(list("1"), [])).toEqual({ kind: "newer", entries: list("1") });
  });

  it("leave a gap when none of them is shown yet", () => {
    expect(compareWithShown(list("9", "8"), list("3"))).toMatchObject({ kind: "gap" });
  });

  it("bring nothing when what is shown has gone from the server, or is newer than the answer", () => {
    expect(compareWithShown([], list("3"))).toEqual({ kind: "none" });
    expect(compareWithShown(list("2"), list("3", "2"))).toEqual({ kind: "none" });
  });
});
