"use client";

import { Button } from "./button";
import { MessagePage } from "./message-page";

export interface ErrorPageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** A page that failed on the server or in the browser. Shows the reference that the server's log has, never the cause. */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <MessagePage
      title="This page could not be shown"
      action={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      <p>Something failed on the way. What was saved before is safe.</p>
      {digest ? <p className="mt-2 text-sm">Reference: {digest}</p> : null}
    </MessagePage>
  );
}
