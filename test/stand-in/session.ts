import { EventEmitter } from 'node:events';
import type { DesktopCapturerSource, WebContents, WebFrameMain } from 'electron';
import { guard } from './guard.ts';
import type { Answer, Question } from './page/messages.ts';
import { originOf, protocol } from './protocol.ts';

type Details = { readonly mediaTypes: string[]; readonly requestingUrl: string; readonly isMainFrame: boolean };
type RequestHandler = (
  contents: WebContents,
  permission: string,
  callback: (isGranted: boolean) => void,
  details: Details,
) => void;
type CheckHandler = (contents: WebContents, permission: string, origin: string, details: Details) => boolean;
type DisplayHandler = (
  request: {
    frame: WebFrameMain;
    securityOrigin: string;
    videoRequested: boolean;
    audioRequested: boolean;
    userGesture: boolean;
  },
  callback: (streams: { video?: DesktopCapturerSource }) => void,
) => void;

class StandInSession extends EventEmitter {
  readonly protocol = protocol;
  readonly webRequest = guard('session.webRequest', {});
  readonly cookies = guard('session.cookies', {});
  #onRequest: RequestHandler | null = null;
  #onCheck: CheckHandler | null = null;
  #onDisplay: DisplayHandler | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#onRequest = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#onCheck = handler;
  }
  setDisplayMediaRequestHandler(handler: DisplayHandler | null): void {
    this.#onDisplay = handler;
  }
  // Kept by nobody: no page of the stand-in has a device chooser or a spelling checker.
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}

  /** The stand-in's own: what a page's request for a permission gets, by Electron's rules. Without a handler all is granted. */
  async decide(contents: WebContents, question: Question): Promise<Answer> {
    const origin = originOf(question.url);
    const details: Details = {
      mediaTypes: [...(question.audio ? ['audio'] : []), ...(question.video ? ['video'] : [])],
      requestingUrl: question.url,
      isMainFrame: true,
    };
    if (question.isCheck) {
      return { isGranted: this.#onCheck?.(contents, question.permission, `${origin}/`, details) ?? true };
    }
    if (question.permission === 'display-capture') return this.#decideDisplay(contents, question, origin);
    const handler = this.#onRequest;
    if (!handler) return { isGranted: true };
    return {
      isGranted: await new Promise<boolean>((resolve) => handler(contents, question.permission, resolve, details)),
    };
  }

  async #decideDisplay(contents: WebContents, { audio, video }: Question, securityOrigin: string): Promise<Answer> {
    const handler = this.#onDisplay;
    if (!handler) return { isGranted: false, errorName: 'NotSupportedError' };
    const request = {
      frame: contents.mainFrame,
      securityOrigin,
      videoRequested: video,
      audioRequested: audio,
      userGesture: true,
    };
    const streams = await new Promise<{ video?: DesktopCapturerSource }>((resolve) => handler(request, resolve));
    return { isGranted: streams?.video !== undefined };
  }
}

export type { StandInSession };

const partitions = new Map<string, StandInSession>();

function create(): StandInSession {
  return guard('session', new StandInSession());
}

export const session = guard('session', {
  defaultSession: create(),
  /** Handlers are per partition; Chromium's profile is one for all. */
  fromPartition: (name: string): StandInSession => {
    const known = partitions.get(name) ?? create();
    partitions.set(name, known);
    return known;
  },
});
