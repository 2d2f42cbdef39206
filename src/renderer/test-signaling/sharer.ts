import type { Signal } from './connection';

/**
 * Shares one stream with everybody who answers. The first answer is to the offer that went to all; who answers after that is
 * sent an offer of its own, since a connection has one other end.
 */
export class Sharer {
  readonly #send: (message: object) => void;
  readonly #stream: MediaStream;
  /** Those that have no other end yet are under ''. */
  readonly #links = new Map<string, RTCPeerConnection>();

  constructor(stream: MediaStream, send: (message: object) => void) {
    this.#stream = stream;
    this.#send = send;
  }

  start(): Promise<void> {
    return this.#offer(null);
  }

  async take(message: Signal): Promise<void> {
    const { type, from } = message;
    if (from === undefined) return;
    if (type === 'answer') await this.#answered(from, message.answer as RTCSessionDescriptionInit);
    else if (type === 'ice-candidate')
      await this.#links.get(from)?.addIceCandidate(message.candidate as RTCIceCandidateInit);
    else if (type === 'peer-left') this.#links.get(from)?.close();
  }

  stop(): void {
    for (const link of this.#links.values()) link.close();
    for (const track of this.#stream.getTracks()) track.stop();
  }

  async #answered(from: string, answer: RTCSessionDescriptionInit): Promise<void> {
    const known = this.#links.get(from);
    if (known?.signalingState === 'have-local-offer') {
      await known.setRemoteDescription(answer);
      return;
    }
    if (known) return;
    const waiting = this.#links.get('');
    if (!waiting) {
      await this.#offer(from);
      return;
    }
    this.#links.delete('');
    this.#links.set(from, waiting);
    await waiting.setRemoteDescription(answer);
  }

  async #offer(to: string | null): Promise<void> {
    const link = new RTCPeerConnection({ iceServers: [] });
    const address = to === null ? {} : { to };
    this.#links.set(to ?? '', link);
    for (const track of this.#stream.getTracks()) link.addTrack(track, this.#stream);
    link.onicecandidate = ({ candidate }) => {
      if (candidate) this.#send({ type: 'ice-candidate', candidate, ...address });
    };
    await link.setLocalDescription();
    this.#send({ type: 'offer', offer: link.localDescription, ...address });
  }
}
