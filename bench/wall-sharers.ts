/** What the page of the sharers is told. */
export interface SharersOptions {
  /** `ws://` address of `/signaling`, key included. */
  readonly url: string;
  readonly count: number;
}

interface PeerFields {
  readonly peerId: string;
  readonly operator: boolean;
  readonly role: string | null;
}

/** Of what comes here, the fields that are read. */
interface Message extends PeerFields {
  readonly type: string;
  readonly from: string;
  readonly peers: readonly PeerFields[];
  readonly answer: RTCSessionDescriptionInit;
  readonly candidate: RTCIceCandidateInit;
  readonly height: number;
  readonly fps: number;
}

/**
 * Runs in a page of its own: as many sharers as wanted, each a drawing of 1280 x 720 in which something moves, sent as
 * the phone page sends it. Resolves when all said hello.
 */
export async function runSharers({ url, count }: SharersOptions): Promise<void> {
  const draw: (() => void)[] = [];
  const begin = async (index: number): Promise<void> => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const pen = canvas.getContext('2d');
    let at = 0;
    draw.push(() => {
      if (!pen) return;
      pen.fillStyle = `hsl(${index * 30} 50% 80%)`;
      pen.fillRect(0, 0, 1280, 720);
      pen.fillStyle = '#223344';
      at = (at + 9) % 720;
      pen.fillRect(0, at, 1280, 24);
      pen.fillText(`${index}: ${at}`, 40, 60);
    });
    const stream = canvas.captureStream(30);
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error('A canvas gave no track.');
    track.contentHint = 'detail';
    const socket = new WebSocket(url);
    const send = (message: object): void => socket.send(JSON.stringify(message));
    const links = new Map<string, RTCPeerConnection>();
    const offer = async (peerId: string): Promise<void> => {
      const link = new RTCPeerConnection();
      links.set(peerId, link);
      link.addTrack(track, stream);
      link.onicecandidate = ({ candidate }) => send({ type: 'ice-candidate', candidate, to: peerId });
      await link.setLocalDescription();
      send({ type: 'offer', offer: link.localDescription, to: peerId });
    };
    const want = async (link: RTCPeerConnection, height: number, fps: number): Promise<void> => {
      const [sender] = link.getSenders();
      const parameters = sender?.getParameters();
      const [encoding] = parameters?.encodings ?? [];
      if (!sender || !parameters || !encoding) return;
      // The one shown large at 720p, the others as tiles.
      Object.assign(encoding, {
        scaleResolutionDownBy: Math.max(1, 720 / Math.max(height, 90)),
        maxFramerate: fps || 1,
      });
      await sender.setParameters(parameters);
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as Message;
      const link = links.get(message.from);
      if (message.type === 'peers') {
        for (const peer of message.peers) {
          if (peer.operator && peer.role === 'viewer') void offer(peer.peerId);
        }
      } else if (message.type === 'peer-joined' && message.operator && message.role === 'viewer') {
        void offer(message.peerId);
      } else if (message.type === 'answer') void link?.setRemoteDescription(message.answer);
      else if (message.type === 'ice-candidate') void link?.addIceCandidate(message.candidate).catch(() => undefined);
      else if (message.type === 'want' && link) void want(link, message.height, message.fps);
    };
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    send({ type: 'hello', role: 'sharer', name: `Sharer ${index + 1}`, kind: 'screen' });
  };
  for (let index = 0; index < count; index += 1) await begin(index);
  setInterval(() => {
    for (const one of draw) one();
  }, 33);
}
