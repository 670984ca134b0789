import type { ReactNode } from "react";

import { Drawer } from "./drawer";
import { Sidebar } from "./sidebar";
import { WorkspaceProvider, type WorkspaceView } from "./workspace-context";
import { WorkspaceMenu } from "./workspace-menu";

/** The room around the work: sidebar at the left (a drawer on phones), content at most 1120 px wide. */
export function Frame({ view, children }: { readonly view: WorkspaceView; readonly children: ReactNode }) {
  return (
    <WorkspaceProvider view={view}>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg bg-surface px-3 py-2 text-sm font-medium opacity-0 focus:translate-y-0 focus:opacity-100 focus:shadow-float"
      >
        Skip to content
      </a>
      <div className="md:grid md:grid-cols-[240px_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r border-line p-3 md:flex">
          <div className="flex">
            <WorkspaceMenu />
          </div>
          <Sidebar />
        </aside>
        <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-paper px-3 md:hidden">
          <Drawer />
          <span className="truncate text-sm font-semibold">{view.name}</span>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[1120px] px-8 pt-10 pb-20 max-md:px-4 max-md:pt-6"
        >
          {children}
        </main>
      </div>
    </WorkspaceProvider>
  );
}
