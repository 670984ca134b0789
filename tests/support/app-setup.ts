import type { TestProject } from "vitest/node";

import { startWorld, type World } from "./world";

declare module "vitest" {
  interface ProvidedContext {
    world: World;
  }
}

/** One built app for all conformance tests, with workspace "acme", SAML and SCIM set up. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { world, dispose } = await startWorld();
  project.provide("world", world);
  return dispose;
}
