"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, type SubmitEvent } from "react";

import { Button } from "../components/button";
import { TextField } from "../components/text-field";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";

export interface PasswordFormProps {
  readonly workspaceSlug: string | undefined;
  readonly next: string | null;
  /** Back to single sign-on, where there is one. */
  readonly onLeave?: () => void;
}

/** One field at a time: the e-mail, then the password. The e-mail stays in the form for password managers. */
export function PasswordForm({ workspaceSlug, next, onLeave }: PasswordFormProps) {
  const trpc = useTRPC();
  const [email, setEmail] = useState("");
  const [step, setStep] = useState<"email" | "password">("email");
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation(
    trpc.auth.signInWithPassword.mutationOptions({
      // A full load, so that nothing fetched while signed out stays around.
      onSuccess: (result) => window.location.assign(next ?? `/w/${result.workspaceSlug}`),
    }),
  );

  useEffect(() => {
    if (step === "password") passwordField.current?.focus();
  }, [step]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get("password");
    if (step === "email") setStep("password");
    else if (typeof password === "string")
      signIn.mutate({ email, password, ...(workspaceSlug ? { workspaceSlug } : {}) });
  };

  const isBusy = signIn.isPending || signIn.isSuccess;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
          setStep("email");
          signIn.reset();
        }}
      />
      {step === "password" ? (
        <TextField
          ref={passwordField}
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={signIn.error ? errorText(signIn.error) : undefined}
          onChange={() => signIn.reset()}
        />
      ) : null}
      <Button type="submit" variant="primary" className="h-9 w-full" pending={isBusy}>
        {step === "email" ? "Continue" : "Sign in"}
      </Button>
      {onLeave ? (
        <Button variant="soft" onClick={onLeave}>
          Use single sign-on instead
        </Button>
      ) : null}
    </form>
  );
}
