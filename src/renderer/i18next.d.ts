import type paper from './control-room/features/print/words/en.json';
import type phone from './phone/i18n/locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    // Typed keys: a key that English does not have is a type error.
    resources: { translation: typeof phone; paper: typeof paper };
  }
}
