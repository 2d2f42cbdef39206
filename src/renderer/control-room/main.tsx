import './no-eval';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import 'leaflet/dist/leaflet.css';
import './theme/control-room.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { chooseHubLink } from './connect/choose-hub-link';
import { ControlRoomLinkProvider, createControlRoomLink } from './connect/hub-link-context';
import { startConnection } from './connect/start-connection';
import { ErrorBoundary } from './features/shell/error-boundary';
import { PROJECTOR_HASH } from './features/wall/projector';
import { ProjectorPage } from './features/wall/projector-page';
import { startClock } from './stores/clock-store';
import { theme } from './theme/theme';

const root = document.getElementById('root');
if (!root) throw new Error('control-room.html has no #root.');

/** The control room, or in a window of its own what a projector shows of it. */
function content() {
  if (location.hash === PROJECTOR_HASH) return <ProjectorPage />;
  startClock();
  return (
    <ControlRoomLinkProvider value={createControlRoomLink(chooseHubLink(window), startConnection)}>
      <Notifications position="bottom-right" limit={4} />
      <App />
    </ControlRoomLinkProvider>
  );
}

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'perch-color-scheme' })}
    >
      <ErrorBoundary>{content()}</ErrorBoundary>
    </MantineProvider>
  </StrictMode>,
);
