"use client";

import { Menu as MenuIcon, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";

import { SCRIM } from "../components/dialog";
import { IconButton } from "../components/icon-button";

import { Sidebar } from "./sidebar";
import { WorkspaceMenu } from "./workspace-menu";

/** The sidebar on narrow screens: behind a button, over the page. Going somewhere closes it. */
export function Drawer() {
  const path = usePathname();
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const isOpen = openedOn === path;
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => setOpenedOn(open ? path : null)}>
      <Dialog.Trigger asChild>
        <IconButton icon={MenuIcon} label="Open navigation" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-slide flex-col gap-4 overflow-y-auto bg-paper p-3 shadow-float"
        >
          <Dialog.Title className="sr-only">Navigation</Dialog.Title>
          <div className="flex items-center gap-1">
            <WorkspaceMenu />
            <Dialog.Close asChild>
              <IconButton icon={X} label="Close navigation" />
            </Dialog.Close>
          </div>
          <Sidebar />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
