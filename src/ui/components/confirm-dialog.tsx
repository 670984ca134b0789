"use client";

import { AlertDialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

import { Button } from "./button";
import { DialogActions, PANEL, SCRIM } from "./dialog";
import { ErrorNote } from "./error-note";
import { useReturnFocus } from "./use-return-focus";

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will be different afterwards, and what will not. */
  readonly consequence: ReactNode;
  /** A verb with its object: "Deactivate Ada". */
  readonly action: string;
  readonly danger?: boolean;
  readonly pending?: boolean;
  readonly error?: string | undefined;
  readonly onConfirm: () => void;
}

/** Asks before something that others will notice. The focus starts on "Cancel". */
export function ConfirmDialog({ open, onOpenChange, ...content }: ConfirmDialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={SCRIM} />
        <ConfirmContent {...content} />
      </Radix.Portal>
    </Radix.Root>
  );
}

function ConfirmContent(props: Omit<ConfirmDialogProps, "open" | "onOpenChange">) {
  const { title, consequence, action, danger = false, pending = false, error, onConfirm } = props;
  const returnFocus = useReturnFocus();
  return (
    <Radix.Content className={PANEL} onCloseAutoFocus={returnFocus}>
      <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
      <Radix.Description asChild>
        <div className="flex flex-col gap-2 text-sm text-ink-soft">{consequence}</div>
      </Radix.Description>
      {error ? <ErrorNote>{error}</ErrorNote> : null}
      <DialogActions>
        <Radix.Cancel asChild>
          <Button>Cancel</Button>
        </Radix.Cancel>
        <Button variant={danger ? "danger" : "primary"} pending={pending} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Radix.Content>
  );
}
