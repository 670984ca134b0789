import type { ReactNode } from "react";

import { Providers } from "#ui/components/providers";

/** Pages that need no session. The providers are not in the root layout, so that the board page does not load them. */
export default function PublicLayout({ children }: { readonly children: ReactNode }) {
  return <Providers>{children}</Providers>;
}
