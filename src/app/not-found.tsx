import Link from "next/link";

import { buttonClass } from "#ui/components/button-class";
import { MessagePage } from "#ui/components/message-page";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="This page does not exist"
      action={
        <Link href="/" className={buttonClass("primary")}>
          Go to your boards
        </Link>
      }
    >
      It may have been moved or deleted, or it belongs to a workspace that you are not signed in to.
    </MessagePage>
  );
}
