import { HubError } from '../../../common/contract/errors';
import type { mjpegRequests } from '../../../common/contract/requests/mjpeg';
import type { HandlersOf } from '../../../common/contract/server';
import { type MjpegSources, parseMjpegAddress, SCREEN_STREAM_PORT } from '../../screens';
import type { HubDevices } from '../device-directory';

interface MjpegParts {
  readonly mjpeg: MjpegSources;
  readonly devices: Pick<HubDevices, 'get' | 'list'>;
}

type Address = NonNullable<ReturnType<typeof parseMjpegAddress>>;

/** How long a reader waits for the next picture, ms: well under the time after which a request counts as lost. */
const FRAME_PATIENCE_MS = 3_000;

export function mjpegHandlers({ mjpeg, devices }: MjpegParts): HandlersOf<typeof mjpegRequests> {
  const addressOf = (deviceId: string): Address => {
    const host = devices.get(deviceId)?.device.lastAddress;
    if (!host) throw new HubError('not_found', 'The address of this phone is not known.');
    return { host, port: SCREEN_STREAM_PORT, path: null };
  };
  const typed = (text: string): Address => {
    const address = parseMjpegAddress(text);
    if (address === null) throw new HubError('invalid_params', `"${text}" is no address of a screen.`);
    return address;
  };
  const find = async (deviceId: string): Promise<void> => {
    const address = addressOf(deviceId);
    if (await mjpeg.isScreenStream(address)) mjpeg.add({ deviceId, address, pin: null });
  };
  return {
    'mjpeg.list': () => ({ sources: [...mjpeg.list()] }),
    'mjpeg.find': async () => {
      const known = new Set(mjpeg.list().map(({ deviceId }) => deviceId));
      const there = devices.list().filter(({ live, device }) => live > 0 && !known.has(device.deviceId));
      await Promise.allSettled(there.map(({ device }) => find(device.deviceId)));
      return { sources: [...mjpeg.list()] };
    },
    'mjpeg.add': ({ deviceId, address, pin }) => {
      if (deviceId === null && address === null)
        throw new HubError('invalid_params', 'A phone or an address is needed.');
      if (deviceId !== null && !devices.get(deviceId)) throw new HubError('not_found', 'There is no such device.');
      const where = address === null ? addressOf(deviceId ?? '') : typed(address);
      try {
        return { source: mjpeg.add({ deviceId, address: where, pin }) };
      } catch (error) {
        throw new HubError('conflict', error instanceof Error ? error.message : String(error));
      }
    },
    'mjpeg.remove': ({ sourceId }) => {
      if (!mjpeg.remove(sourceId)) throw new HubError('not_found', 'This screen is not shown any more.');
      return {};
    },
    'mjpeg.frame': async ({ sourceId, after }) => {
      const frame = await mjpeg.frame(sourceId, after, FRAME_PATIENCE_MS);
      return { frame: frame && { number: frame.number, jpeg: frame.jpeg.toString('base64'), atMs: frame.atMs } };
    },
  };
}
