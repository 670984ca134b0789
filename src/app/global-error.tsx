"use client";

import "./globals.css";

import { ErrorPage, type ErrorPageProps } from "#ui/components/error-page";

/** When even the root layout failed: nothing but the page itself, so it brings its own document. */
export default function GlobalError(props: ErrorPageProps) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Chalkroom</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
