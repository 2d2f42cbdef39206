import { byId } from './elements';

/** Lines shown; the oldest goes first. */
const MAX_LINES = 200;
/** Characters of one line: an SDP is long. */
const MAX_LENGTH = 600;

const list = byId('log', HTMLOListElement);
const empty = byId('no-log', HTMLParagraphElement);

/** Shows one message, newest first. What others sent is text and nothing else. */
export function show(direction: 'sent' | 'received', text: string): void {
  const line = document.createElement('li');
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString();
  const word = document.createElement('b');
  word.textContent = direction === 'sent' ? ' → ' : ' ← ';
  word.setAttribute('aria-label', direction);
  const shown = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}… (${text.length} characters)` : text;
  line.append(time, word, shown);
  list.prepend(line);
  empty.hidden = true;
  if (list.children.length > MAX_LINES) list.lastElementChild?.remove();
}

byId('clear', HTMLButtonElement).addEventListener('click', () => {
  list.replaceChildren();
  empty.hidden = false;
});
