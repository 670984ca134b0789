"use client";

import { ErrorPanel } from "#ui/components/error-panel";
import type { ErrorPageProps } from "#ui/components/error-page";

export default function FrameError(props: ErrorPageProps) {
  return <ErrorPanel {...props} />;
}
