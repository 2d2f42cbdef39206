export { createDashboardFeed } from './dashboard';
export { registerHttpApi } from './http-api';
