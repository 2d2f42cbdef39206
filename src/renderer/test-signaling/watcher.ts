import type { Signal } from './connection';

/** Watches everybody who offers. */
export class Watcher {
  readonly #send: (message: object) => void;
  readonly #into: HTMLElement;
  readonly #onCount: (count: number) => void;
  readonly #links = new Map<string, { readonly link: RTCPeerConnection; readonly figure: HTMLElement }>();

  constructor(into: HTMLElement, send: (message: object) => void, onCount: (count: number) => void) {
    this.#into = into;
    this.#send = send;
    this.#onCount = onCount;
  }

  async take(message: Signal): Promise<void> {
    const { type, from } = message;
    if (type === 'peer-left') this.#end(String(message.peerId));
    if (from === undefined) return;
    if (type === 'offer') await this.#answer(from, message.offer as RTCSessionDescriptionInit);
    else if (type === 'ice-candidate') {
      await this.#links.get(from)?.link.addIceCandidate(message.candidate as RTCIceCandidateInit);
    }
  }

  stop(): void {
    for (const from of [...this.#links.keys()]) this.#end(from);
  }

  async #answer(from: string, offer: RTCSessionDescriptionInit): Promise<void> {
    this.#end(from);
    const link = new RTCPeerConnection({ iceServers: [] });
    const { figure, video } = this.#show(from);
    this.#links.set(from, { link, figure });
    this.#onCount(this.#links.size);
    link.ontrack = ({ track, streams }) => {
      video.srcObject = streams[0] ?? new MediaStream([track]);
    };
    link.onicecandidate = ({ candidate }) => {
      if (candidate) this.#send({ type: 'ice-candidate', candidate, to: from });
    };
    link.onconnectionstatechange = () => {
      if (link.connectionState === 'failed' && this.#links.get(from)?.link === link) this.#end(from);
    };
    await link.setRemoteDescription(offer);
    await link.setLocalDescription();
    this.#send({ type: 'answer', answer: link.localDescription, to: from });
  }

  #show(from: string): { readonly figure: HTMLElement; readonly video: HTMLVideoElement } {
    const figure = document.createElement('figure');
    const video = document.createElement('video');
    video.autoplay = true;
    video.muted = true;
    video.playsInline = true;
    const caption = document.createElement('figcaption');
    caption.textContent = from;
    video.setAttribute('aria-label', `Shared by ${from}`);
    figure.append(video, caption);
    this.#into.append(figure);
    return { figure, video };
  }

  #end(from: string): void {
    const known = this.#links.get(from);
    if (!known) return;
    this.#links.delete(from);
    known.link.close();
    known.figure.remove();
    this.#onCount(this.#links.size);
  }
}
