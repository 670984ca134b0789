import { redirect } from "next/navigation";

import { auth, findSignInOptions, isSetupNeeded } from "#server/auth/index";
import { NarrowPage } from "#ui/components/narrow-page";
import { safeNextPath } from "#ui/navigation/safe-next-path";
import { problemText } from "#ui/sign-in/problem-text";
import { SignInForm } from "#ui/sign-in/sign-in-form";

export const metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

export default async function SignInPage({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}) {
  if (await isSetupNeeded()) redirect("/setup");
  const query = await searchParams;
  const next = safeNextPath(query["next"]);
  const session = await auth();
  // Whoever was sent here with a problem gets to read it, signed in or not.
  if (session && query["error"] === undefined) {
    redirect(next ?? `/w/${encodeURIComponent(session.workspace.slug)}`);
  }
  const slug = query["workspace"];
  const options = await findSignInOptions(typeof slug === "string" && slug.length <= 60 ? slug : undefined);
  return (
    <NarrowPage title={options.workspace ? `Sign in to ${options.workspace.name}` : "Sign in"}>
      <SignInForm options={options} next={next} problem={problemText(query["error"], query["ref"])} />
    </NarrowPage>
  );
}
