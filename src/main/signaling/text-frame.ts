const FIN_AND_TEXT = 0x81;

/** One whole unmasked text frame (RFC 6455, section 5.2), to be written to any number of sockets as it is. */
export function textFrame(payload: readonly Buffer[]): Buffer {
  const length = payload.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(length), ...payload]);
}

function header(length: number): Buffer {
  if (length < 126) return Buffer.from([FIN_AND_TEXT, length]);
  if (length < 65_536) return Buffer.from([FIN_AND_TEXT, 126, length >> 8, length & 0xff]);
  const long = Buffer.alloc(10);
  long.writeUInt16BE((FIN_AND_TEXT << 8) | 127, 0);
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}
