import type { PeerRole, SignalingHello } from '../../common/wire/signaling';
import { Connection, type Signal } from './connection';
import { byId } from './elements';
import { follow, forgetAll } from './peer-list';
import { SOURCES } from './pictures';
import { Sharer } from './sharer';
import { Watcher } from './watcher';

const button = (id: string): HTMLButtonElement => byId(id, HTMLButtonElement);
const state = byId('state', HTMLParagraphElement);
const key = byId('key', HTMLInputElement);
const shareNote = byId('share-note', HTMLParagraphElement);
const shared = byId('shared', HTMLVideoElement);
const starts = (['canvas', 'camera', 'screen'] as const).map((kind) => [kind, button(`share-${kind}`)] as const);
const needLink = [button('hello-viewer'), button('hello-sharer'), button('send-button')];

let sharer: Sharer | null = null;

const send = (message: object): void => connection.send(message);
const watcher = new Watcher(byId('watched', HTMLDivElement), send, (count) => {
  byId('no-watched', HTMLParagraphElement).hidden = count > 0;
});
const connection = new Connection({ onState, onMessage });

function onState(connected: Signal | null, reason: string | null): void {
  state.dataset.state = connected ? 'open' : reason === null ? 'closed' : 'failed';
  state.textContent = connected
    ? `Connected as ${String(connected.peerId)}, one of ${String(connected.clientsCount)}.`
    : (reason ?? 'Not connected.');
  button('connect-button').textContent = connected ? 'Disconnect' : 'Connect';
  if (!connected) {
    stopSharing();
    watcher.stop();
    forgetAll();
  }
  draw();
}

function draw(): void {
  for (const one of needLink) one.disabled = !connection.isOpen;
  for (const [, start] of starts) {
    start.disabled = !connection.isOpen;
    start.hidden = sharer !== null;
  }
  button('share-stop').hidden = sharer === null;
  shared.hidden = sharer === null;
}

/** One at a time and in order: a candidate may not overtake its offer. */
let work: Promise<unknown> = Promise.resolve();
function onMessage(message: Signal): void {
  follow(message);
  work = work
    .then(async () => {
      await sharer?.take(message);
      if (byId('watch', HTMLInputElement).checked) await watcher.take(message);
    })
    .catch((error: unknown) => console.warn('A message could not be used:', error));
}

async function share(kind: keyof typeof SOURCES): Promise<void> {
  try {
    const stream = await SOURCES[kind]();
    stopSharing();
    sharer = new Sharer(stream, send);
    shared.srcObject = stream;
    for (const track of stream.getTracks()) track.onended = stopSharing;
    shareNote.textContent = 'Sharing. Everybody who answers gets the picture.';
    draw();
    await sharer.start();
  } catch (error) {
    shareNote.textContent = `Nothing is shared: ${error instanceof Error ? error.message : 'the browser refused.'}`;
  }
}

function stopSharing(): void {
  if (!sharer) return;
  sharer.stop();
  sharer = null;
  shared.srcObject = null;
  shareNote.textContent = 'Not sharing.';
  draw();
}

byId('connect', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  if (connection.isOpen) connection.close();
  else connection.open(key.value.trim());
});
byId('send', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const note = byId('send-note', HTMLParagraphElement);
  note.hidden = true;
  try {
    send(JSON.parse(byId('message', HTMLTextAreaElement).value) as object);
  } catch (error) {
    note.textContent = error instanceof Error ? `This is not JSON: ${error.message}` : 'This is not JSON.';
    note.hidden = false;
  }
});
for (const [kind, start] of starts) start.addEventListener('click', () => void share(kind));
button('share-stop').addEventListener('click', stopSharing);
const sayHello = (role: PeerRole): void => send({ type: 'hello', role, name: 'Test page' } satisfies SignalingHello);
button('hello-viewer').addEventListener('click', () => sayHello('viewer'));
button('hello-sharer').addEventListener('click', () => sayHello('sharer'));

// A key in the fragment is taken out of the address at once: it would stay in the history.
const given = new URLSearchParams(location.hash.slice(1)).get('k');
if (given) {
  key.value = given;
  history.replaceState(null, '', location.pathname);
  connection.open(given);
}
