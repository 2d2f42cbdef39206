import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { takeJoinKey } from './identity/join-key';
import { registerWorker } from './worker/register-worker';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/share.css';

const root = document.getElementById('root');
if (!root) throw new Error('phone.html has no #root');
const joinKey = takeJoinKey(window, localStorage);
createRoot(root).render(
  <StrictMode>
    <App joinKey={joinKey} />
  </StrictMode>,
);
registerWorker();
