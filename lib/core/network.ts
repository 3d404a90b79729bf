/**
 * The network an address counts as, where callers are bounded: an IPv4 address itself; of an IPv6 one its /64, because
 * that is the least a caller owns.
 * @param address as the front process wrote it; null when there is none.
 */
export function toNetwork(address: string | null): string {
  if (address === null) return "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":");
  while (tail !== undefined && groups.length < 4) groups.push("0");
  return `${groups.slice(0, 4).join(":")}::/64`;
}
