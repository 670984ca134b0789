import { Shapes } from "lucide-react";

import { EmptyState } from "../components/empty-state";
import { PageHead } from "../components/page-head";

/** The home of somebody whose role opens no boards. */
export function NoBoards() {
  return (
    <>
      <PageHead title="Boards" />
      <EmptyState icon={Shapes} title="No board is shared with you">
        Ask the person who invited you to share one, or an administrator to change your role.
      </EmptyState>
    </>
  );
}
