"use client";

import { createContext, use } from "react";

import type { ScimSettings } from "../../trpc/client";

/** What the console's pages share; the frame keeps it fresh. */
export interface ScimConsole {
  readonly scim: ScimSettings;
  /** What the identity provider is called at the start of a sentence: "Entra". */
  readonly provider: string;
  /** Where the console is: `/w/SLUG/settings/provisioning`. */
  readonly home: string;
  /** Asks the server for `scim` again, after something changed it. */
  readonly refresh: () => Promise<void>;
}

const Context = createContext<ScimConsole | null>(null);

export const ScimConsoleProvider = Context;

/** The provisioning console that a part is in. */
export function useScimConsole(): ScimConsole {
  const value = use(Context);
  if (!value) throw new Error("useScimConsole needs a ConsoleFrame above it");
  return value;
}
