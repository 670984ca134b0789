"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

import { IconButton } from "./icon-button";
import { useReturnFocus } from "./use-return-focus";

export const SCRIM = "fixed inset-0 z-40 animate-appear bg-(--scrim)";
export const PANEL =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col gap-4 overflow-y-auto rounded-xl bg-surface p-5 shadow-float";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog that holds the focus until it is closed; Escape and the scrim close it. */
export function Dialog({ open, onOpenChange, ...content }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={SCRIM} />
        <DialogContent {...content} />
      </Radix.Portal>
    </Radix.Root>
  );
}

function DialogContent({ title, description, children }: Omit<DialogProps, "open" | "onOpenChange">) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Content
      className={PANEL}
      onCloseAutoFocus={returnFocus}
      {...(description ? {} : { "aria-describedby": undefined })}
    >
      <div className="flex items-start justify-between gap-4">
        <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
        <Radix.Close asChild>
          <IconButton icon={X} label="Close" className="-mt-1 -mr-2" />
        </Radix.Close>
      </div>
      {description ? (
        <Radix.Description className="text-sm text-ink-soft">{description}</Radix.Description>
      ) : null}
      {children}
    </Radix.Content>
  );
}

/** The row of buttons at a dialog's foot: the action at the right, where the eye ends. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-1">{children}</div>;
}
