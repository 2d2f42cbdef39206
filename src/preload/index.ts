import { contextBridge, ipcRenderer } from 'electron';
import { openTransport } from './exposed-transport';

// One Transport and nothing else: what the page may do is the contract's to say.
contextBridge.exposeInMainWorld('perchTransport', openTransport(ipcRenderer, crypto.randomUUID()));
