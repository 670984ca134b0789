import type { ReactNode } from "react";
import { MessagePage } from "#ui/components/message-page";

/** What a closed connection means for the person in front of it. */
export type ClosedCode = 4401 | 4403 | 4404 | 4409;

interface Notice {
  readonly title: string;
  readonly text: (saved: string) => string;
  readonly action: string;
}

const NOTICES: Readonly<Record<ClosedCode, Notice>> = {
  4401: {
    title: "You are signed out",
    text: (saved) => `${saved} Sign in to go on.`,
    action: "Sign in",
  },
  4403: {
    title: "You no longer have access to this workspace",
    text: (saved) => `${saved} If this is a surprise, ask an administrator of the workspace.`,
    action: "Go to sign-in",
  },
  4404: {
    title: "This board is gone",
    text: () => "Somebody deleted it. Whoever did can bring it back from the list of boards.",
    action: "Back to boards",
  },
  4409: {
    title: "Chalkroom was updated",
    text: (saved) => `${saved} Load the page again to go on with the new version.`,
    action: "Load again",
  },
};

/** True for the codes after which the board cannot be shown any longer. */
export function isClosedCode(code: number): code is ClosedCode {
  return code in NOTICES;
}

/**
 * The whole page, in place of the board: a person who lost access must not go on reading it either.
 * `unsaved` counts the changes that were never acknowledged, and is said plainly.
 */
export function ClosedNotice(props: {
  code: ClosedCode;
  savedAt: Date | null;
  unsaved: number;
  signInHref: string;
  homeHref: string;
}): ReactNode {
  const notice = NOTICES[props.code];
  const time = props.savedAt?.toLocaleTimeString([], { timeStyle: "short" });
  const saved =
    time === undefined ? "What was shown as saved is saved." : `Your changes up to ${time} are saved.`;
  const href = props.code === 4404 ? props.homeHref : props.code === 4409 ? "" : props.signInHref;
  return (
    <MessagePage
      title={notice.title}
      action={
        <a
          href={href}
          className="inline-flex h-9 items-center rounded-lg bg-accent px-4 text-sm font-semibold text-accent-ink hover:bg-accent-hover"
        >
          {notice.action}
        </a>
      }
    >
      <p role="alert">{notice.text(saved)}</p>
      {props.unsaved > 0 && (
        <p className="mt-2 text-ink">
          {props.unsaved === 1
            ? "The last change could not be saved."
            : `The last ${props.unsaved} changes could not be saved.`}
        </p>
      )}
    </MessagePage>
  );
}
