/** One spelling of an address: `::ffff:192.168.1.5` becomes IPv4, a zone (`%eth0`) and brackets go, lower case. */
export function plainAddress(raw: string): string {
  const bare = raw
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  return bare.startsWith('::ffff:') && bare.includes('.') ? bare.slice('::ffff:'.length) : bare;
}

/** RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3; takes what {@link plainAddress} gives. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** IPv4 in dotted form as a number; null when it is none. */
function toIpv4Number(address: string): number | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Whether an IPv4 address lies in a subnet such as `10.0.0.0/8`. */
export function isInSubnet(address: string, subnet: string): boolean {
  const [base = '', bits = '32'] = subnet.split('/');
  const value = toIpv4Number(address);
  const start = toIpv4Number(base);
  if (value === null || start === null) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(value / size) === Math.floor(start / size);
}
