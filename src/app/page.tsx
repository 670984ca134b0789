import { redirect } from "next/navigation";

import { auth, isSetupNeeded } from "#server/auth/index";

/** The bare address leads to where there is something to do. */
export default async function RootPage(): Promise<never> {
  if (await isSetupNeeded()) redirect("/setup");
  const session = await auth();
  redirect(session ? `/w/${encodeURIComponent(session.workspace.slug)}` : "/signin");
}
