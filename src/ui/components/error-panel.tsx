"use client";

import { CircleAlert } from "lucide-react";

import { Button } from "./button";
import { EmptyState } from "./empty-state";
import type { ErrorPageProps } from "./error-page";

/** A failed page inside the workspace's frame, so that the way elsewhere stays open. */
export function ErrorPanel({ error, retry }: ErrorPageProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div role="alert">
      <EmptyState
        icon={CircleAlert}
        title="This page could not be loaded"
        action={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        <p>The server did not answer as it should. Nothing was changed.</p>
        {digest ? <p className="mt-1">Reference: {digest}</p> : null}
      </EmptyState>
    </div>
  );
}
