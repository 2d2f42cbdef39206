/** Limits of the ingest protocol (docs/wire-protocol.md, section 3). Those marked settable are only defaults. */
export const LIMITS = {
  /** Characters of `deviceId`. */
  deviceIdLength: 128,
  /** Characters of `username` after NFC. */
  usernameLength: 64,
  /** Characters of `boot`. */
  bootLength: 64,
  /** Frames of one batch. */
  batchFrames: 200,
  /** Ranges of one `dropped`, and numbers in one of them. */
  droppedRanges: 200,
  droppedRangeSpan: 10_000_000,
  /** Characters of an SOS, a message or a reply. */
  wordLength: 2000,
  /** Bytes of the first message of a socket without a key in URL or header. */
  firstMessageBytes: 16 * 1024,
  /** How long such a socket may stay without a valid key. */
  firstMessageMs: 10_000,
  /** Such sockets at once, in all and an address. */
  unauthorizedSockets: 512,
  unauthorizedSocketsPerAddress: 32,
  /** Bytes of one message; settable. */
  messageBytes: 8 * 1024 * 1024,
  /** Memory of messages half received, on all sockets; over it some are closed. 30 of the largest, or hundreds of photos. */
  unfinishedBytes: 256 * 1024 * 1024,
  /** Connections in all; settable. 16 more are kept for the operator. */
  connections: 10_000,
  operatorConnections: 16,
  /** Connections of one address, loopback excepted. */
  connectionsPerAddress: 200,
  /** Devices that an address may bring that the hub has not seen: so many at once, and as many a minute; loopback excepted. */
  newDevicesPerMinute: 600,
  /** Bytes of HTTP requests in memory, received and being received; over it they are refused until some are answered. */
  requestBytes: 64 * 1024 * 1024,
  /** Request bodies and event streams of an address at once, loopback excepted: two for each place it may have. */
  requestsPerAddress: 400,
  /** A body of which nothing has come for so long, ms, is given up. */
  requestPauseMs: 30_000,
  /** Frames a device may send: so many a second, and so many at once; settable. Pocket Parrot sends 20 a second. */
  frameRate: { perSecond: 100, burst: 200 },
  /** Depth of nesting of a frame, and bytes of the fields we do not know. */
  frameDepth: 32,
  unknownFieldBytes: 64 * 1024,
  /** Frames and bytes waiting for the disk before sockets are paused. */
  waitingFrames: 4096,
  waitingBytes: 64 * 1024 * 1024,
  /** Answers that a socket may leave unread; past them it is ended: whoever does not read would fill the memory. */
  unreadBytes: 4 * 1024 * 1024,
  /** Between heartbeat pings; a connection that missed the last one is terminated. */
  heartbeatMs: 30_000,
} as const;
