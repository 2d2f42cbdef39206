import type { JsonObject } from '../../../common/model/frame';
import type { PhoneConfig } from '../../../common/wire/ingest';
import type { FrameQueue } from '../queue/frame-queue';
import { clearSensors, showSensor, usePhone } from '../stores/phone-store';
import { AudioNotes } from './audio-note';
import { toPhotoDataUrl } from './photo';
import { INTERVAL_MS, ProfileKeeper } from './profile-keeper';
import type { Place } from './readings';
import { Recorder } from './recorder';
import type { Strain } from './saving';

/** Until the hub says how long a note may be, s. */
const LONGEST_NOTE_S = 60;

/** Puts into the queue what the phone senses and what the person makes: photos, notes, places. */
export class Capturing {
  readonly #queue: FrameQueue;
  readonly #kept: () => void;
  readonly #recorder: Recorder;
  readonly #profile: ProfileKeeper;
  readonly #notes: AudioNotes;

  /** `kept`: one more waits in the queue. */
  constructor(queue: FrameQueue, kept: () => void) {
    this.#queue = queue;
    this.#kept = kept;
    this.#recorder = new Recorder(INTERVAL_MS, {
      captured: (frame, capturedAtMs) => this.#capture(frame, capturedAtMs),
      read: (readings) => usePhone.setState({ readings }),
      sensorChanged: showSensor,
    });
    this.#notes = new AudioNotes({
      changed: (audio) => usePhone.setState({ audio }),
      recorded: (audioBase64, startedAtMs) => this.#recorder.add({ audioBase64 }, startedAtMs),
    });
    this.#profile = new ProfileKeeper(this.#recorder, readStrain, (profile) => usePhone.setState(profile));
  }

  /** Inside the tap of the person who agrees to send. */
  start(): void {
    this.#recorder.start();
  }

  stop(): void {
    this.#recorder.stop();
    clearSensors();
  }

  /** What the operator wants sent, and how often. */
  obey(config: PhoneConfig): void {
    this.#profile.obey(config);
  }

  /** Asks for a fresh fix. False while nothing is sensed. */
  locate(): boolean {
    return this.#recorder.locate();
  }

  placeAt(place: Place): void {
    this.#recorder.placeAt(place);
  }

  /** Resolves with whether there is a microphone to record from. It ends by itself when it is as long as it may be. */
  async startAudio(): Promise<boolean> {
    const { config } = usePhone.getState();
    return this.#notes.start(config?.media.audioSeconds ?? LONGEST_NOTE_S);
  }

  stopAudio(): void {
    this.#notes.stop();
  }

  cancelAudio(): void {
    this.#notes.cancel();
  }

  /** Resolves with whether the photo could be read. */
  async addPhoto(file: Blob, caption?: string): Promise<boolean> {
    usePhone.setState({ photo: 'working' });
    try {
      const photo = await toPhotoDataUrl(file, usePhone.getState().config?.media.photoSidePx);
      this.#recorder.add({ photoBase64: photo, ...(caption ? { text: caption } : {}) });
      usePhone.setState({ photo: 'kept' });
      return true;
    } catch {
      usePhone.setState({ photo: 'failed' });
      return false;
    }
  }

  #capture(frame: JsonObject, capturedAtMs: number): void {
    this.#queue.capture(frame, capturedAtMs).then(
      () => this.#kept(),
      () => usePhone.setState({ trouble: 'storage-full' }),
    );
  }
}

function readStrain(): Strain {
  const { readings, link, roundTripMs, counts } = usePhone.getState();
  const { battery, isCharging } = readings;
  return { battery, isCharging, isConnected: link.kind === 'connected', roundTripMs, waiting: counts.waiting };
}
