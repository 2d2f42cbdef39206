import { EventEmitter } from 'node:events';
import { guard } from './guard.ts';
import { windows } from './windows.ts';

class StandInNativeTheme extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system';

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source;
    for (const window of windows.values()) {
      void window.webContents.setColorScheme(source === 'system' ? '' : source);
    }
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

export const nativeTheme = guard('nativeTheme', new StandInNativeTheme());
