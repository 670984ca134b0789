import { describe, expect, it } from "vitest";

import { matchesSearch } from "./match-search";

const zoe = { name: "Zoë Müller", email: "zoe@acme.test", userName: "zm01", groups: ["Design team"] };

describe("matchesSearch", () => {
  it.each(["", "zoe", "MULLER", "müller zoë", "acme", "zm01", "design mul"])("finds by %j", (search) => {
    expect(matchesSearch(zoe, search)).toBe(true);
  });

  it("wants every word to be there", () => {
    expect(matchesSearch(zoe, "zoe sales")).toBe(false);
  });
});
