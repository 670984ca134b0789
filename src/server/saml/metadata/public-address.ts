import { BlockList, isIP } from "node:net";

/**
 * Everything that is not the public Internet, from IANA's special-purpose address registries: a server-side request
 * to one of these could reach what only this machine or its network may reach.
 */
const SPECIAL = new BlockList();
for (const range of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]) {
  const [net, bits] = range.split("/");
  SPECIAL.addSubnet(net!, Number(bits), "ipv4");
}

/** Global unicast; of it, the parts that carry an IPv4 address or are set aside are refused as well. */
const PUBLIC_6 = new BlockList();
PUBLIC_6.addSubnet("2000::", 3, "ipv6");
const SPECIAL_6 = new BlockList();
for (const [net, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  SPECIAL_6.addSubnet(net, bits, "ipv6");
}

/** Whether an IP address (as text) is on the public Internet. Mapped, translated and tunnelled forms are not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !SPECIAL.check(address, "ipv4");
    case 6:
      return PUBLIC_6.check(address, "ipv6") && !SPECIAL_6.check(address, "ipv6");
    default:
      return false;
  }
}
