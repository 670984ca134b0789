"use client";

import { Tabs } from "radix-ui";

import { useScimConsole } from "../scim-console";

import { EntraGuide } from "./entra-guide";
import { OtherGuide } from "./other-guide";
import { OTHER_PROVIDERS } from "./other-providers";

const PILL =
  "h-8 shrink-0 rounded-md px-3 text-sm text-ink-soft transition-colors hover:text-ink data-[state=active]:bg-surface data-[state=active]:font-medium data-[state=active]:text-ink data-[state=active]:ring-1 data-[state=active]:ring-line pointer-coarse:h-9 focus-visible:-outline-offset-2";

/** How to connect an identity provider, step by step; ticks come from what has really happened. */
export function ConnectPage() {
  const { provider } = useScimConsole();
  const known = OTHER_PROVIDERS.find((one) => one.name === provider);
  return (
    <Tabs.Root defaultValue={known?.id ?? "entra"}>
      <Tabs.List
        aria-label="Identity provider"
        className="mb-4 inline-flex max-w-full gap-0.5 overflow-x-auto rounded-lg bg-press p-0.5"
      >
        <Tabs.Trigger value="entra" className={PILL}>
          Microsoft Entra ID
        </Tabs.Trigger>
        {OTHER_PROVIDERS.map((one) => (
          <Tabs.Trigger key={one.id} value={one.id} className={PILL}>
            {one.name}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="entra" className="rounded-xl">
        <EntraGuide />
      </Tabs.Content>
      {OTHER_PROVIDERS.map((one) => (
        <Tabs.Content key={one.id} value={one.id} className="rounded-xl">
          <OtherGuide provider={one} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
