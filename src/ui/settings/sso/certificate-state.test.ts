import { describe, expect, it } from "vitest";

import { certificateState } from "./certificate-state";

const certificate = {
  notBefore: new Date("2026-01-01T00:00:00Z"),
  notAfter: new Date("2026-12-31T00:00:00Z"),
};

describe("certificateState", () => {
  it.each([
    ["2025-12-31T00:00:00Z", "caution", "Valid only from"],
    ["2026-06-01T00:00:00Z", "good", "Valid until"],
    ["2026-12-02T00:00:00Z", "caution", "Expires on"],
    ["2026-12-31T00:00:00Z", "danger", "Expired on"],
  ])("on %s is %s: %s", (now, tone, words) => {
    expect(certificateState(certificate, new Date(now))).toMatchObject({ tone, words });
  });
});
