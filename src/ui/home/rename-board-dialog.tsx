"use client";

import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";

import { Button } from "../components/button";
import { Dialog, DialogActions } from "../components/dialog";
import { TextField } from "../components/text-field";
import { useWorkspace } from "../frame/workspace-context";
import { useTRPC, type BoardRow } from "../trpc/client";
import { errorText } from "../trpc/error-text";

/** Asks for a board's new title. */
export function RenameBoardDialog({
  board,
  onClose,
  onRenamed,
}: {
  readonly board: BoardRow;
  readonly onClose: () => void;
  readonly onRenamed: (title: string) => void;
}) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const [title, setTitle] = useState(board.title);
  const rename = useMutation(
    trpc.boards.rename.mutationOptions({
      onSuccess: () => {
        onRenamed(title.trim());
        onClose();
      },
    }),
  );
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (title.trim() !== "") rename.mutate({ workspaceSlug: slug, boardId: board.id, title: title.trim() });
  };
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="Rename board">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Title"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          onFocus={(event) => event.currentTarget.select()}
          maxLength={200}
          required
          autoFocus
          error={rename.error ? errorText(rename.error) : undefined}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={rename.isPending}>
            Rename board
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
