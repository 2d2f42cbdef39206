export { runDrill } from './drill';
export { type DrillOptions, DrillRefused } from './options';
