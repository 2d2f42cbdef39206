import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseLanguage, isLanguage } from '../../common/model/languages';
import { App } from './app';
import { startI18n } from './i18n/i18n';
import { keepLanguage, readLanguage } from './i18n/kept-language';
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
