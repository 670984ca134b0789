"use client";

import { useMutation } from "@tanstack/react-query";
import type { SubmitEvent } from "react";

import { Button } from "../components/button";
import { ErrorNote } from "../components/error-note";
import { TextField } from "../components/text-field";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";

/** The first form of a fresh server: proves access to its log, then names the workspace and its owner. */
export function SetupForm() {
  const trpc = useTRPC();
  const create = useMutation(
    trpc.setup.create.mutationOptions({
      onSuccess: (result) => window.location.assign(`/w/${result.workspaceSlug}`),
    }),
  );

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => {
      const entry = form.get(name);
      return typeof entry === "string" ? entry : "";
    };
    const text = (name: string) => value(name).trim();
    create.mutate({
      code: text("code"),
      workspaceName: text("workspaceName"),
      ownerName: text("ownerName"),
      ownerEmail: text("ownerEmail"),
      // Spaces at the ends of a password belong to it.
      password: value("password"),
    });
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField
        label="Set-up code"
        name="code"
        required
        autoFocus
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="font-mono"
        hint={
          <>
            The server prints it in its log when it starts (the terminal where you ran <code>npm start</code>
            ). It makes sure that only you can claim this server.
          </>
        }
      />
      <TextField label="Workspace name" name="workspaceName" required maxLength={80} placeholder="Acme" />
      <hr className="border-line" />
      <TextField label="Your name" name="ownerName" required maxLength={120} autoComplete="name" />
      <TextField label="Your e-mail" name="ownerEmail" type="email" required autoComplete="username" />
      <TextField
        label="Password"
        name="password"
        type="password"
        required
        minLength={8}
        maxLength={256}
        autoComplete="new-password"
        hint="At least 8 characters. You stay able to sign in with it when single sign-on has a problem."
      />
      {create.error ? <ErrorNote>{errorText(create.error)}</ErrorNote> : null}
      <Button
        type="submit"
        variant="primary"
        className="h-9 w-full"
        pending={create.isPending || create.isSuccess}
      >
        Create workspace
      </Button>
    </form>
  );
}
