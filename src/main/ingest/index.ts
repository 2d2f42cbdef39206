export { registerAppEndpoints } from './app-endpoint';
export { createIngestEndpoint, type IngestEndpoint } from './endpoint';
export { parseFrame } from './frame-parser';
export { keyOf } from './key-of';
export { LaterError } from './later-error';
export type { PhoneReach } from './phone-lines';
export type {
  AcceptedFrame,
  Admission,
  Claim,
  ClockSample,
  ConnectionInfo,
  DeviceDirectory,
  FrameSink,
  IngestObserver,
} from './ports';
export { KickedError } from './ports';
export { RateLimiter } from './rate-limiter';
