export { parseMjpegAddress, SCREEN_STREAM_PORT } from './mjpeg-address';
export { createMjpegSources, type MjpegSources } from './mjpeg-sources';
export { type NewRecording, RecordingError, Recordings } from './recordings';
