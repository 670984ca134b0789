"use client";

import { useState } from "react";

import { Badge } from "../../../components/badge";

import { expiryOf } from "./expiry";

/** When a credential ends; nothing for one that does not. One that has a successor may end without any alarm. */
export function ExpiryBadge({
  expiresAt,
  hasSuccessor = false,
}: {
  readonly expiresAt: Date | null;
  readonly hasSuccessor?: boolean;
}) {
  const [now] = useState(() => new Date());
  const expiry = expiryOf(expiresAt, now);
  return expiry ? <Badge tone={hasSuccessor ? "plain" : expiry.tone}>{expiry.words}</Badge> : null;
}
