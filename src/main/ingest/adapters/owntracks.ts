import type { JsonObject, JsonValue } from '../../../common/model/frame';
import { fault } from '../fault';
import type { App, AppMessage, AppRequest } from './app-message';
import { fromKmh, fromPercent, given, toMeasure, toNumber, toObject, toText, toTime } from './values';

/** OwnTracks in HTTP mode: https://owntracks.org/booklet/tech/http/ and /tech/json/. */
export const OWNTRACKS: App = {
  source: 'owntracks',
  path: '/owntracks',
  methods: ['POST'],
  // The answer may hold commands to the phone; we have none.
  answer: [],
  changing: [],
  read,
};

function read(request: AppRequest): AppMessage {
  // The app posts an empty body when its owner removes a friend.
  if (request.json === undefined && request.fields.size === 0) return { id: null, name: null, frames: [] };
  const message = toObject(request.json, 'the message');
  const { _type: type } = message;
  if (typeof type !== 'string') throw fault('_type', 'must be a string', type, 'invalid_message');
  const owner = ownerOf(request, message);
  return { ...owner, frames: [type === 'location' ? toLocation(message) : toEvent(type, message)] };
}

/**
 * User and device as the app says them in its headers (X-Limit-U, X-Limit-D), in the query (u, d) or in the topic it
 * would publish to (`owntracks/USER/DEVICE`, followed by the kind of message); else the two letters of the tracker id.
 */
function ownerOf(request: AppRequest, message: JsonObject): Pick<AppMessage, 'id' | 'name'> {
  const [, topicUser, topicDevice] = /^[^/]*\/([^/]+)\/([^/]+)/.exec(toText(message.topic) ?? '') ?? [];
  const user = request.header('x-limit-u') ?? request.fields.get('u')?.[0] ?? topicUser ?? null;
  const device = request.header('x-limit-d') ?? request.fields.get('d')?.[0] ?? topicDevice ?? null;
  const trackerId = toText(message.tid);
  const parts = [user, device].filter((part) => part !== null);
  return parts.length > 0 ? { id: parts.join('/'), name: user ?? trackerId } : { id: trackerId, name: trackerId };
}

function toLocation(message: JsonObject): JsonObject {
  const { lat, lon, alt, acc, vac, cog, vel, batt, tst, poi, image, ...rest } = message;
  return {
    ...given({ timestamp: toTime(tst) }),
    gps: {
      latitude: toNumber(lat),
      longitude: toNumber(lon),
      ...given({
        altitude: toNumber(alt),
        accuracy: toMeasure(acc),
        altitudeAccuracy: toMeasure(vac),
        heading: toMeasure(cog),
        speed: fromKmh(vel),
      }),
    },
    ...given({ battery: fromPercent(batt), text: poi, photoBase64: image }),
    owntracks: rest,
  };
}

/** Kinds of message whose `tst` says when it happened; in others it is the birth of a region, or of a connection. */
const TIMED: ReadonlySet<string> = new Set(['transition', 'beacon', 'steps', 'status']);

/** Of a configuration: what opens doors, the hub's own key among it. */
const SECRETS: ReadonlySet<string> = new Set([
  'password',
  'passphrase',
  'tlsClientCrtPassword',
  'encryptionKey',
  'opencageApiKey',
  'url',
]);

/** No position: `lat` and `lon` of a region or a beacon are not those of the phone, which sends its own beside it. */
function toEvent(type: string, message: JsonObject): JsonObject {
  const isSecret = type === 'configuration' || type === 'dump';
  return {
    ...given({ timestamp: TIMED.has(type) ? toTime(message.tst) : null, text: textOf(type, message) }),
    owntracks: isSecret ? withoutSecrets(message) : message,
  };
}

function textOf(type: string, message: JsonObject): string | null {
  if (type !== 'transition') return null;
  return [message.event, message.desc].filter((part) => typeof part === 'string').join(' ');
}

function withoutSecrets(message: JsonObject): JsonObject {
  const clean = (one: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(one).filter(([name]) => !SECRETS.has(name)));
  const { configuration } = message;
  return { ...clean(message), ...(isObject(configuration) ? { configuration: clean(configuration) } : {}) };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
