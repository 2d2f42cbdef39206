/** What `/ca.json` tells anyone about this hub; no secret in it. */
export interface JoinInfo {
  readonly hubName: string;
  readonly httpPort: number;
  /** null: the hub runs without TLS. */
  readonly tlsPort: number | null;
  /** SHA-256 of the CA certificate; null without one. */
  readonly caFingerprint: string | null;
}

const isPortOrNull = (value: unknown): value is number | null => value === null || typeof value === 'number';

/** null when it is not what it should be. */
export function toJoinInfo(value: unknown): JoinInfo | null {
  if (typeof value !== 'object' || value === null) return null;
  const { hubName, httpPort, tlsPort, caFingerprint } = value as Partial<Record<keyof JoinInfo, unknown>>;
  if (typeof hubName !== 'string' || typeof httpPort !== 'number' || !isPortOrNull(tlsPort)) return null;
  return { hubName, httpPort, tlsPort, caFingerprint: typeof caFingerprint === 'string' ? caFingerprint : null };
}

/** Resolves with null when the hub cannot be reached or answers something else. */
export async function fetchJoinInfo(): Promise<JoinInfo | null> {
  try {
    const response = await fetch('/ca.json', { cache: 'no-store' });
    return response.ok ? toJoinInfo(await response.json()) : null;
  } catch {
    return null;
  }
}

/** The secure page on the same host. The key goes in the fragment, which no browser sends. */
export const toSecureUrl = (hostname: string, tlsPort: number, joinKey: string | null): string =>
  `https://${hostname}:${tlsPort}/join${joinKey ? `#k=${encodeURIComponent(joinKey)}` : ''}`;
