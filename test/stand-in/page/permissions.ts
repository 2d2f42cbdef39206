import type { Answer, Question } from './messages.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

interface AskGlobals {
  __standInAsk?: (payload: string) => void;
}

/**
 * In the page's world, before its scripts: what needs a permission asks the app's session handlers first, as Electron
 * does. Injected by its source text; the binding `__standInAsk` is the way to the main process.
 */
export function askForPermissions(): void {
  const globals = globalThis as unknown as AskGlobals;
  const ask = globals.__standInAsk;
  delete globals.__standInAsk;
  if (window !== window.top || location.href === 'about:blank' || !ask) return;

  let lastId = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  Object.defineProperty(globalThis, Symbol.for('stand-in.answer'), {
    value: (id: number, answer: Answer) => {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  });
  const decide = (permission: string, wants: { audio?: boolean; video?: boolean; isCheck?: boolean } = {}) =>
    new Promise<Answer>((resolve) => {
      const id = ++lastId;
      const { audio = false, video = false, isCheck = false } = wants;
      waiting.set(id, resolve);
      ask(JSON.stringify({ id, permission, isCheck, audio, video, url: location.href } satisfies Question));
    });
  const insist = async (permission: string, wants?: { audio: boolean; video: boolean }): Promise<void> => {
    const answer = await decide(permission, wants);
    if (!answer.isGranted) throw new DOMException('Permission denied', answer.errorName ?? 'NotAllowedError');
  };

  const original = (prototype: object, name: string) =>
    Object.getOwnPropertyDescriptor(prototype, name)?.value as Method | undefined;
  const replace = (prototype: object, name: string, value: Method) => Object.defineProperty(prototype, name, { value });
  /** The method first asks, and rejects when refused. */
  const gate = (type: { readonly prototype: object } | undefined, name: string, permission: string): void => {
    const method = type && original(type.prototype, name);
    if (!type || !method) return;
    replace(type.prototype, name, async function (...args) {
      const wants = args[0] as MediaStreamConstraints | undefined;
      await insist(permission, {
        audio: Boolean(wants?.audio),
        video: name === 'getDisplayMedia' || Boolean(wants?.video),
      });
      return method.apply(this, args);
    });
  };
  gate(globalThis.MediaDevices, 'getUserMedia', 'media');
  gate(globalThis.MediaDevices, 'getDisplayMedia', 'display-capture');
  gate(globalThis.Clipboard, 'readText', 'clipboard-read');
  gate(globalThis.Clipboard, 'writeText', 'clipboard-sanitized-write');
  gate(globalThis.Element, 'requestFullscreen', 'fullscreen');

  const locate = original(Geolocation.prototype, 'getCurrentPosition');
  replace(Geolocation.prototype, 'getCurrentPosition', function (...args) {
    const onError = args[1] as PositionErrorCallback | undefined;
    void decide('geolocation').then((answer) => {
      if (answer.isGranted) locate?.apply(this, args);
      else onError?.({ code: 1, message: 'User denied Geolocation' } as GeolocationPositionError);
    });
  });
  if ('Notification' in globalThis) {
    Notification.requestPermission = async () => ((await decide('notifications')).isGranted ? 'granted' : 'denied');
  }
  const query = original(Permissions.prototype, 'query');
  replace(Permissions.prototype, 'query', async function (...args) {
    const status = (await query?.apply(this, args)) as PermissionStatus;
    const answer = await decide((args[0] as PermissionDescriptor).name, { isCheck: true });
    return Object.defineProperty(status, 'state', { value: answer.isGranted ? 'granted' : 'denied' });
  });
}
