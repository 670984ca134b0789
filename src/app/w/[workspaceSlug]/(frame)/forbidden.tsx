import { ForbiddenPanel } from "#ui/components/forbidden-panel";

/** What `forbidden()` shows, with status 403: a page that the member's role does not open. */
export default function Forbidden() {
  return <ForbiddenPanel />;
}
