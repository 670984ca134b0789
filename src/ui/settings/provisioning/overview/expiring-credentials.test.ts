import { describe, expect, it } from "vitest";

import { expiringCredentials } from "./expiring-credentials";

const day = (date: number) => new Date(Date.UTC(2026, 10, date));
const token = (isCurrent: boolean, lastUsedAt: Date | null, expiresAt: Date | null) => ({
  isCurrent,
  lastUsedAt,
  expiresAt,
});

describe("credentials that end", () => {
  it("are none before they are known, and none that live for ever", () => {
    expect(expiringCredentials(undefined)).toEqual([]);
    expect(expiringCredentials({ tokens: [token(true, null, null)], clients: [] })).toEqual([]);
  });

  it("are the current token", () => {
    expect(expiringCredentials({ tokens: [token(true, day(1), day(30))], clients: [] })).toEqual([
      { what: "The secret token", expiresAt: day(30), isReplaced: false },
    ]);
  });

  it("are a former token that the provider still uses after the rotation", () => {
    const current = token(true, null, null);
    const [former] = expiringCredentials({
      tokens: [current, token(false, day(22), day(24))],
      clients: [],
    });
    expect(former).toMatchObject({ expiresAt: day(24), isReplaced: true });
  });

  it("are no former token once the new one is in use", () => {
    const tokens = [token(true, day(23), null), token(false, day(22), day(24))];
    expect(expiringCredentials({ tokens, clients: [] })).toEqual([]);
  });

  it("are a client's last secret, not the one that has a successor", () => {
    const client = (...ends: (Date | null)[]) => ({
      name: "Entra",
      secrets: ends.map((expiresAt) => ({ expiresAt })),
    });
    expect(expiringCredentials({ tokens: [], clients: [client(day(24), day(30))] })).toEqual([
      { what: "The client secret of “Entra”", expiresAt: day(30), isReplaced: false },
    ]);
    expect(expiringCredentials({ tokens: [], clients: [client(day(24), null), client()] })).toEqual([]);
  });
});
