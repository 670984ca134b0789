import { join } from "node:path";

import type { ScimTarget } from "../../../tools/entra-sim/index";
import { useApp } from "../../support/use-app";
import { unique } from "./api";

/** The SCIM connection of the workspace that all conformance specs share. */
export function sharedTarget(): ScimTarget {
  const { scim } = useApp();
  return { baseUrl: scim.baseUrl, token: scim.token };
}

/** A workspace of its own, with SAML and SCIM set up from the command line. */
export async function freshTarget(): Promise<ScimTarget> {
  const app = useApp();
  const slug = `scim-${unique()}`;
  // The same owner everywhere: the runs compare whole workspaces.
  const owner = ["--owner-email", "owner@fresh.example", "--owner-name", "Olga", "--owner-password-stdin"];
  const metadata = join(app.dataDir, "idp-metadata.xml");
  await app.cli(["workspace", "create", "--slug", slug, "--name", slug, ...owner], `${app.owner.password}\n`);
  await app.cli(["saml", "set", "--workspace", slug, "--metadata", metadata]);
  const scim = (await app.cli(["scim", "enable", "--workspace", slug])) as { baseUrl: string; token: string };
  return { baseUrl: scim.baseUrl, token: scim.token };
}
