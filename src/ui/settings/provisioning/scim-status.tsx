"use client";

import { When } from "../../components/when";
import type { ScimSettings } from "../../trpc/client";

import { countOf } from "./count-of";

/** One sentence with a time: whether Entra calls, and what is in step. */
export function ScimStatus({ scim }: { readonly scim: ScimSettings }) {
  const lastUsedAt = scim.token?.lastUsedAt ?? null;
  const inStep = `${countOf(scim.members, "person", "people")} and ${countOf(scim.groups, "group", "groups")} in step`;
  return (
    <p role="status" className="flex items-center gap-2.5 px-1 text-sm">
      <span aria-hidden className={`size-2 shrink-0 rounded-full ${lastUsedAt ? "bg-good" : "bg-caution"}`} />
      {lastUsedAt ? (
        <span>
          Entra last called <When at={lastUsedAt} />; {inStep}.
        </span>
      ) : (
        <span>Entra has not called yet. It does so when you press “Test Connection” in step 2.</span>
      )}
    </p>
  );
}
