import type { Alert } from '../../common/model/alert';

/** What a started hub tells about itself. One line of `--json` each. */
export type HubEvent =
  | { readonly event: 'connected'; readonly address: string; readonly connections: number }
  | {
      readonly event: 'handshake';
      readonly deviceId: string;
      readonly name: string;
      readonly clientId: string;
      readonly client: string | null;
      readonly address: string;
    }
  | {
      readonly event: 'disconnected';
      readonly deviceId: string | null;
      readonly address: string;
      readonly durationS: number;
      readonly frames: number;
      readonly connections: number;
    }
  | ({ readonly event: 'alert' } & Alert)
  | {
      readonly event: 'status';
      readonly connections: number;
      readonly devices: number;
      readonly framesStored: number;
      readonly framesPerSecond: number;
      readonly devicesById: Readonly<Record<string, DeviceStatus>>;
    };

/** One device in the `status` event. `lastAt`: RFC 3339 of the last stored frame; null before the first. */
interface DeviceStatus {
  readonly name: string;
  readonly frames: number;
  readonly lastAt: string | null;
}

/** Receives every event, in order. */
export type HubEventListener = (event: HubEvent) => void;
