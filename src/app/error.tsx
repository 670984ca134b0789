"use client";

import { ErrorPage, type ErrorPageProps } from "#ui/components/error-page";

export default function RootError(props: ErrorPageProps) {
  return <ErrorPage {...props} />;
}
