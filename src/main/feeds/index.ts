export { certificatePage } from './certificate-page';
export { createDashboardFeed } from './dashboard';
export { registerHttpApi } from './http-api';
