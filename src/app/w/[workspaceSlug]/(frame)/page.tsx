import { Suspense } from "react";

import { createCaller } from "#server/trpc/caller";
import { BoardsHome } from "#ui/home/boards-home";
import { BoardsSkeleton } from "#ui/home/boards-skeleton";
import { NoBoards } from "#ui/home/no-boards";

import { requireWorkspaceView, type WorkspaceParams } from "../signed-in";

export const metadata = { title: "Boards" };

// Rights are checked before anything streams (a loading.tsx would stream first), so that redirects and
// "not found" keep their HTTP status. The same holds for the settings' pages.
export default async function HomePage(props: WorkspaceParams) {
  const view = await requireWorkspaceView(props);
  if (!view.canSeeBoards) return <NoBoards />;
  return (
    <Suspense fallback={<BoardsSkeleton />}>
      <Boards workspaceSlug={view.slug} />
    </Suspense>
  );
}

async function Boards(workspace: { readonly workspaceSlug: string }) {
  const api = await createCaller();
  return <BoardsHome initialBoards={await api.boards.list(workspace)} />;
}
