"use client";

import { createContext, use, type ReactNode } from "react";

/** Who looks at which workspace, and what the server lets them do there. Only for showing: the server decides again. */
export interface WorkspaceView {
  readonly slug: string;
  readonly name: string;
  readonly me: {
    readonly memberId: string;
    readonly name: string;
    readonly email: string | null;
    readonly role: string;
  };
  readonly canManage: boolean;
  readonly canEditBoards: boolean;
  readonly canSeeBoards: boolean;
  readonly canSeeMembers: boolean;
}

const Context = createContext<WorkspaceView | null>(null);

export function WorkspaceProvider({
  view,
  children,
}: {
  readonly view: WorkspaceView;
  readonly children: ReactNode;
}) {
  return <Context value={view}>{children}</Context>;
}

/** The workspace of the page; only inside the workspace's frame. */
export function useWorkspace(): WorkspaceView {
  const view = use(Context);
  if (!view) throw new Error("useWorkspace needs a WorkspaceProvider above it");
  return view;
}
