/** What `/ca.json` tells anyone about this hub; no secret in it. */
export interface JoinInfo {
  readonly hubName: string;
  readonly httpPort: number;
  /** null: the hub runs without TLS. */
  readonly tlsPort: number | null;
  /** null: it does not say. */
  readonly hubId: string | null;
  /** SHA-256 of the CA certificate; null: the hub has a certificate of its owner's, and there is none to trust. */
  readonly caFingerprint: string | null;
  /** As the phone's settings name the CA and its profile; null without one. */
  readonly caName: string | null;
  /** The name the secure page has to be opened by; null: the one this page was. */
  readonly secureHost: string | null;
  /** The address of this phone as the hub sees it; null when it does not say. */
  readonly yourAddress: string | null;
}

const isPortOrNull = (value: unknown): value is number | null => value === null || typeof value === 'number';

/** null when it is not what it should be. */
export function toJoinInfo(value: unknown): JoinInfo | null {
  if (typeof value !== 'object' || value === null) return null;
  const { hubName, httpPort, tlsPort, hubId, caFingerprint, caName, secureHost, yourAddress } = value as Partial<
    Record<keyof JoinInfo, unknown>
  >;
  if (typeof hubName !== 'string' || typeof httpPort !== 'number' || !isPortOrNull(tlsPort)) return null;
  const textOrNull = (field: unknown): string | null => (typeof field === 'string' ? field : null);
  return {
    hubName,
    httpPort,
    tlsPort,
    hubId: textOrNull(hubId),
    caFingerprint: textOrNull(caFingerprint),
    caName: textOrNull(caName),
    secureHost: textOrNull(secureHost),
    yourAddress: textOrNull(yourAddress),
  };
}

/** A page that opens out of reach of its hub must not stand still for that, ms. */
const PATIENCE_MS = 4_000;

/** Resolves with null when the hub cannot be reached or answers something else. */
export async function fetchJoinInfo(): Promise<JoinInfo | null> {
  try {
    const response = await fetch('/ca.json', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok ? toJoinInfo(await response.json()) : null;
  } catch {
    return null;
  }
}

/** What goes along to the secure page, which shares no storage with the plain one. */
export interface Luggage {
  readonly joinKey?: string | null;
  readonly code?: string | null;
  readonly language?: string;
}

/** The secure page of this hub. The key goes in the fragment, which no browser sends. */
export function toSecureUrl(hostname: string, tlsPort: number, { joinKey, code, language }: Luggage): string {
  const parts = new URLSearchParams();
  if (joinKey) parts.set('k', joinKey);
  else if (code) parts.set('c', code);
  if (language) parts.set('l', language);
  const fragment = parts.toString();
  return `https://${hostname}:${tlsPort}/join${fragment ? `#${fragment}` : ''}`;
}
