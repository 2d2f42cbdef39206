import { HubError } from '../../../common/contract/errors';
import type { mjpegRequests } from '../../../common/contract/requests/mjpeg';
import type { HandlersOf } from '../../../common/contract/server';
import { type MjpegSources, parseMjpegAddress } from '../../screens';
import type { HubDevices } from '../device-directory';
import type { ScreenFinder } from '../screen-finder';

interface MjpegParts {
  readonly mjpeg: MjpegSources;
  readonly screenFinder: ScreenFinder;
  readonly devices: Pick<HubDevices, 'get'>;
}

type Address = NonNullable<ReturnType<typeof parseMjpegAddress>>;

/** How long a reader waits for the next picture, ms: well under the time after which a request counts as lost. */
const FRAME_PATIENCE_MS = 3_000;

export function mjpegHandlers({ mjpeg, screenFinder, devices }: MjpegParts): HandlersOf<typeof mjpegRequests> {
  const typed = (text: string): Address => {
    const address = parseMjpegAddress(text);
    if (address === null) throw new HubError('invalid_params', `"${text}" is no address of a screen.`);
    return address;
  };
  return {
    'mjpeg.list': () => ({ sources: [...mjpeg.list()] }),
    'mjpeg.find': async () => {
      await screenFinder.find();
      return { sources: [...mjpeg.list()] };
    },
    'mjpeg.add': ({ deviceId, address, pin }) => {
      if (deviceId === null && address === null)
        throw new HubError('invalid_params', 'A phone or an address is needed.');
      if (deviceId !== null && !devices.get(deviceId)) throw new HubError('not_found', 'There is no such device.');
      if (deviceId !== null && address === null && !screenFinder.addressOf(deviceId))
        throw new HubError('not_found', 'The address of this phone is not known.');
      const where = address === null ? null : typed(address);
      try {
        return { source: screenFinder.add(deviceId, where, pin) };
      } catch (error) {
        throw new HubError('conflict', error instanceof Error ? error.message : String(error));
      }
    },
    'mjpeg.remove': ({ sourceId }) => {
      if (!screenFinder.remove(sourceId)) throw new HubError('not_found', 'This screen is not shown any more.');
      return {};
    },
    'mjpeg.frame': async ({ sourceId, after }) => {
      const frame = await mjpeg.frame(sourceId, after, FRAME_PATIENCE_MS);
      return { frame: frame && { number: frame.number, jpeg: frame.jpeg.toString('base64'), atMs: frame.atMs } };
    },
  };
}
