import { redirect } from "next/navigation";

import { isSetupNeeded } from "#server/auth/index";
import { NarrowPage } from "#ui/components/narrow-page";
import { SetupForm } from "#ui/sign-in/setup-form";

export const metadata = { title: "Set up" };
export const dynamic = "force-dynamic";

export default async function SetupPage() {
  if (!(await isSetupNeeded())) redirect("/signin");
  return (
    <NarrowPage
      wide
      title="Set up Chalkroom"
      lead="Make the workspace and become its owner. It takes a minute."
    >
      <SetupForm />
    </NarrowPage>
  );
}
