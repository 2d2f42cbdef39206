export { type MjpegAddress, parseMjpegAddress, SCREEN_STREAM_PORT } from './mjpeg-address';
export { createMjpegSources, type MjpegSources } from './mjpeg-sources';
export { RecordingError, Recordings } from './recordings';
