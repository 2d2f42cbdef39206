export { runDrill } from './drill';
export type { DrillNews, DrillOrder } from './drill-messages';
export { DrillThread } from './drill-thread';
export { type DrillOptions, DrillRefused } from './options';
export { type DrillHub, drillHubFrom, type StartDrillHub } from './throw-away-hub';
