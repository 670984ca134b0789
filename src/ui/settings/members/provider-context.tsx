"use client";

import { createContext, use } from "react";

const Context = createContext("The identity provider");

/** Names the identity provider to the page's parts: "Entra", at the start of a sentence. */
export const ProviderName = Context;

/** What the identity provider is called at the start of a sentence. */
export function useProviderName(): string {
  return use(Context);
}
