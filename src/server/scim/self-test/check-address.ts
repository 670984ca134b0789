import { isIP } from "node:net";

import { warning, type Finding } from "./finding";

/** Whether Entra, which calls from the internet and over https only, could use this address at all. */
export function checkAddress(publicUrl: string): Finding | null {
  const { protocol, hostname } = new URL(publicUrl);
  if (isInner(hostname.replace(/^\[|\]$/g, ""))) {
    return warning(
      "address-not-public",
      `PUBLIC_URL is ${publicUrl}: nobody outside reaches that, Entra included. Set PUBLIC_URL to the address under which the internet reaches this server, and restart Chalkroom. The steps below test this server from itself.`,
    );
  }
  if (protocol === "https:") return null;
  return warning(
    "address-not-https",
    `PUBLIC_URL is ${publicUrl}: Entra calls https addresses only. Put a proxy with a public certificate in front, set PUBLIC_URL to its address, and restart Chalkroom.`,
  );
}

/** Loopback, private and link-local networks (RFC 1918, 4193, 6890), and names that only an own network knows. */
function isInner(host: string): boolean {
  switch (isIP(host)) {
    case 4:
      return /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host);
    case 6:
      return /^(?:::1?$|f[cd]|fe[89ab])/i.test(host);
    default:
      return !host.includes(".") || /\.(?:local|internal|lan|home|corp|localhost|test)$/i.test(host);
  }
}
