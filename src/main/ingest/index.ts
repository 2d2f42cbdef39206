export { registerAppEndpoints } from './app-endpoint';
export { createIngestEndpoint, type IngestEndpoint } from './endpoint';
export type {
  AcceptedFrame,
  Admission,
  Claim,
  ConnectionInfo,
  DeviceDirectory,
  FrameSink,
  IngestObserver,
} from './ports';
