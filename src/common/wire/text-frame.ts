const FIN_AND_TEXT = 0x81;

/** Bytes of the header of an unmasked WebSocket frame with so many bytes of payload (RFC 6455, section 5.2). */
export function headerLength(payloadBytes: number): number {
  return payloadBytes < 126 ? 2 : payloadBytes < 65_536 ? 4 : 10;
}

/** Writes the header of one whole unmasked text frame (RFC 6455, section 5.2). @returns where its payload begins. */
export function writeTextHeader(target: Uint8Array, at: number, payloadBytes: number): number {
  target[at] = FIN_AND_TEXT;
  const size = headerLength(payloadBytes);
  if (size === 2) {
    target[at + 1] = payloadBytes;
    return at + size;
  }
  target[at + 1] = size === 4 ? 126 : 127;
  let rest = payloadBytes;
  for (let place = at + size - 1; place > at + 1; place -= 1) {
    target[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return at + size;
}
