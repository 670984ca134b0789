import "server-only";

import { headers } from "next/headers";

import { createContext } from "./request-context";
import { createAppCaller } from "./root";

/** The procedures as plain functions for server components, with the rights of whoever is signed in. */
export async function createCaller() {
  const context = await createContext(new Headers(await headers()), () => {
    // A server component cannot set cookies; procedures that do are called by the browser.
  });
  return createAppCaller(context);
}
