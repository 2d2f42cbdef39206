/** WebSocket close codes the hub uses (RFC 6455 section 7.4, and 4000-4999 of our own). */
export const CLOSE = {
  /** The hub shuts down; the phone reconnects with back-off. */
  goingAway: 1001,
  /** No valid key, or sending on through refusals. */
  policyViolation: 1008,
  /** One message over the size limit. */
  messageTooBig: 1009,
  /** No free slot, or a reader too slow. */
  tryAgainLater: 1013,
  /** A newer socket of the same device took over: do not reconnect this one. */
  replaced: 4001,
  /** The operator removed this phone: do not reconnect for 10 minutes. */
  kicked: 4003,
} as const;
