import type { ReactNode } from "react";

import { Providers } from "#ui/components/providers";
import { Frame } from "#ui/frame/frame";

import { findWorkspaceView, type WorkspaceParams } from "../signed-in";

/** The frame only shows; every page and every procedure checks rights by itself, and the page sends strangers away. */
export default async function FrameLayout(props: WorkspaceParams & { readonly children: ReactNode }) {
  const view = await findWorkspaceView(props);
  return <Providers>{view ? <Frame view={view}>{props.children}</Frame> : props.children}</Providers>;
}
