"use client";

import { useState } from "react";

import { Button } from "../components/button";
import { buttonClass } from "../components/button-class";
import { ErrorNote } from "../components/error-note";
import type { SignInOptions } from "../trpc/client";

import { PasswordForm } from "./password-form";

export interface SignInFormProps {
  readonly options: SignInOptions;
  /** Where to go afterwards: a path on this server, checked by the page. */
  readonly next: string | null;
  /** What went wrong before, in one sentence. */
  readonly problem: string | null;
}

/** Single sign-on first where the workspace has it; the password, where allowed, is one step behind. */
export function SignInForm({ options, next, problem }: SignInFormProps) {
  const { saml, samlLoginUrl, password, workspace } = options;
  const hasSso = saml && samlLoginUrl !== null;
  const [showsPassword, setShowsPassword] = useState(!hasSso);

  return (
    <div className="flex flex-col gap-4">
      {problem ? <ErrorNote>{problem}</ErrorNote> : null}
      {hasSso && !showsPassword ? (
        <>
          {/* A full page load on purpose: the answer is a redirect to the identity provider. */}
          <a href={loginUrl(samlLoginUrl, next)} className={buttonClass("primary", "h-9 w-full")}>
            Continue with single sign-on
          </a>
          {password ? (
            <Button variant="soft" onClick={() => setShowsPassword(true)}>
              Use a password instead
            </Button>
          ) : null}
        </>
      ) : null}
      {password && showsPassword ? (
        <PasswordForm
          workspaceSlug={workspace?.slug}
          next={next}
          {...(hasSso ? { onLeave: () => setShowsPassword(false) } : {})}
        />
      ) : null}
      {!hasSso && !password ? (
        <ErrorNote>
          This workspace has no way to sign in yet. Ask an administrator of the workspace.
        </ErrorNote>
      ) : null}
    </div>
  );
}

function loginUrl(samlLoginUrl: string, next: string | null): string {
  return next === null ? samlLoginUrl : `${samlLoginUrl}?next=${encodeURIComponent(next)}`;
}
