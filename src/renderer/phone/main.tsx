import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startI18n } from './i18n/i18n';
import { chooseLanguage, isLanguage, keepLanguage, readLanguage } from './i18n/languages';
import { takeFragment } from './identity/join-key';
import { registerWorker } from './worker/register-worker';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/join.css';
import './styles/share.css';
import './styles/stream.css';

const root = document.getElementById('root');
if (!root) throw new Error('phone.html has no #root');
const fragment = takeFragment(window, localStorage);
if (isLanguage(fragment.language)) keepLanguage(localStorage, fragment.language);
void startI18n(chooseLanguage(readLanguage(localStorage), navigator.languages)).then(() =>
  createRoot(root).render(
    <StrictMode>
      <App fragment={fragment} />
    </StrictMode>,
  ),
);
registerWorker();
