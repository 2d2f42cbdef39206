// The DevTools side of one window: what is injected, what comes out, what goes in.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { CdpSession } from './cdp.ts';
import { isUnderPlaywright } from './environment.ts';
import { type CancellableEvent, cancellable } from './guard.ts';
import { createCodec } from './page/codec.ts';
import type { Answer, PageInfo, Question, ToMain, ToPage } from './page/messages.ts';
import { ISOLATED_SCRIPT_URL, isolatedWorldScript, mainWorldScript } from './page-scripts.ts';
import { isServedByApp, serve, toAppUrl } from './protocol.ts';

const WORLD = 'Electron Isolated Context';
/** One call into the page carries no more than this: a page must stay able to paint. */
const MAX_BATCH_CHARS = 65_536;

interface LinkEvents {
  message: [ToMain];
  question: [Question, (answer: Answer) => void];
  console: [level: string, text: string];
  'preload-error': [Error];
  'dom-ready': [];
  load: [];
  navigated: [url: string];
  'navigated-in-page': [url: string];
  'will-navigate': [CancellableEvent & { readonly url: string }];
  popup: [{ readonly url: string; readonly frameName: string; readonly features: string }];
  crashed: [];
}

export class PageLink extends EventEmitter<LinkEvents> {
  readonly #cdp: CdpSession;
  readonly #targetId: string;
  readonly #codec = createCodec();
  #worldId: number | null = null;
  #isLoading = false;
  #queue: string[] = [];

  constructor(cdp: CdpSession, targetId: string) {
    super();
    this.#cdp = cdp;
    this.#targetId = targetId;
  }

  /** Injects the worlds and starts to listen; the page is still about:blank. */
  async open(
    preloadPath: string | null,
    preloadArguments: readonly string[],
    colorScheme: string | null,
  ): Promise<void> {
    this.#listen();
    const info: PageInfo = {
      channel: randomUUID(),
      platform: process.platform,
      arch: process.arch,
      versions: process.versions,
      argv: preloadArguments,
    };
    const cdp = this.#cdp;
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Fetch.enable', {
        patterns: [{ urlPattern: 'https://*.localhost/*' }, { urlPattern: '*', resourceType: 'Document' }],
      }),
      cdp.send('Runtime.addBinding', { name: '__standIn', executionContextName: WORLD }),
      cdp.send('Runtime.addBinding', { name: '__standInAsk' }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(info) }),
      ...(preloadPath
        ? [
            cdp.send('Page.addScriptToEvaluateOnNewDocument', {
              source: isolatedWorldScript(info, preloadPath),
              worldName: WORLD,
            }),
          ]
        : []),
      ...(colorScheme ? [this.setColorScheme(colorScheme)] : []),
    ]);
  }

  /** @returns Chromium's error text, or null once the navigation has begun. */
  async navigate(browserUrl: string): Promise<string | null> {
    this.#isLoading = true;
    const { errorText } = await this.#cdp.send('Page.navigate', { url: browserUrl });
    if (errorText) this.#isLoading = false;
    return errorText ?? null;
  }

  async setColorScheme(value: string): Promise<void> {
    await this.#cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }

  async reload(): Promise<void> {
    this.#isLoading = true;
    await this.#cdp.send('Page.reload');
  }

  async bringToFront(): Promise<void> {
    await this.#cdp.send('Page.bringToFront');
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.#cdp.send('Page.captureScreenshot')).data, 'base64');
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#cdp.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }

  /** Queues one message for the preload; what one turn of the event loop queues travels together. Dropped between pages. */
  post(message: ToPage): void {
    if (this.#queue.push(this.#codec.encode(message)) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const queue = this.#queue.splice(0);
    const contextId = this.#worldId;
    if (contextId === null) return;
    while (queue.length > 0) {
      const batch: string[] = [];
      for (let size = 0; queue[0] !== undefined && size < MAX_BATCH_CHARS; size += batch.at(-1)?.length ?? 0) {
        batch.push(queue.shift() ?? '');
      }
      // A page that navigated away meanwhile can't be told, as in Electron.
      this.#cdp
        .send('Runtime.evaluate', { contextId, expression: `__standInReceive([${batch.join(',')}])` })
        .catch(() => {});
    }
  }

  #listen(): void {
    const cdp = this.#cdp;
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === '__standIn') this.emit('message', this.#codec.revive(JSON.parse(payload)) as ToMain);
      if (name === '__standInAsk') this.#ask(JSON.parse(payload) as Question, executionContextId);
    });
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const frameId = (context.auxData as { frameId?: string } | undefined)?.frameId;
      if (context.name === WORLD && frameId === this.#targetId) this.#worldId = context.id;
    });
    cdp.on('Runtime.executionContextsCleared', () => {
      this.#worldId = null;
    });
    cdp.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      const text = exceptionDetails.exception?.description ?? exceptionDetails.text;
      this.emit('console', 'error', text);
      if (exceptionDetails.url === ISOLATED_SCRIPT_URL) this.emit('preload-error', new Error(text));
    });
    cdp.on('Runtime.consoleAPICalled', ({ type, args }) => {
      this.emit('console', type, args.map((each) => String(each.value ?? each.description ?? '')).join(' '));
    });
    cdp.on('Inspector.targetCrashed', () => this.emit('crashed'));
    cdp.on('Page.domContentEventFired', () => this.emit('dom-ready'));
    cdp.on('Page.loadEventFired', () => {
      this.#isLoading = false;
      this.emit('load');
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (!frame.parentId) this.emit('navigated', toAppUrl(frame.url));
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#targetId) this.emit('navigated-in-page', toAppUrl(url));
    });
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.emit('popup', { url: toAppUrl(url), frameName: windowName, features: windowFeatures.join(',') }),
    );
    cdp.on('Page.javascriptDialogOpening', ({ type }) => {
      if (!isUnderPlaywright) void cdp.send('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' });
    });
    cdp.on('Fetch.requestPaused', (paused) => this.#onRequest(paused));
  }

  #onRequest(paused: Parameters<typeof serve>[1] & { readonly resourceType: string; readonly frameId: string }): void {
    const { requestId, request } = paused;
    const isTopDocument = paused.resourceType === 'Document' && paused.frameId === this.#targetId;
    if (isTopDocument && !this.#isLoading) {
      const event = cancellable({ url: toAppUrl(request.url) });
      this.emit('will-navigate', event);
      if (event.defaultPrevented) {
        // 204: the page stays where it is.
        void this.#cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
        return;
      }
    }
    if (isServedByApp(request.url)) void serve(this.#cdp, paused);
    else void this.#cdp.send('Fetch.continueRequest', { requestId }).catch(() => {});
  }

  #ask(question: Question, contextId: number): void {
    const appQuestion = { ...question, url: toAppUrl(question.url) };
    this.emit('question', appQuestion, (answer) => {
      const expression = `globalThis[Symbol.for('stand-in.answer')](${question.id}, ${JSON.stringify(answer)})`;
      // A page that navigated away meanwhile no longer waits.
      this.#cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => {});
    });
  }
}
