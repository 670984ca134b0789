import { Lock } from "lucide-react";

import { EmptyState } from "./empty-state";

/** Instead of a page that somebody's role does not open. */
export function ForbiddenPanel() {
  return (
    <EmptyState icon={Lock} title="Only administrators can open this page">
      Your role in this workspace does not include it. Ask an owner or an admin of the workspace if you need
      something changed here.
    </EmptyState>
  );
}
