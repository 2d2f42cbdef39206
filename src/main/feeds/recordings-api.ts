import { basename, dirname } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { HubError } from '../../common/contract/errors';
import type { Recording } from '../../common/model/recording';
import { attachment } from './attachment';

/** A file, and what it is called when it is saved. */
interface PlayableFile {
  readonly path: string;
  readonly fileName: string;
}

/** What the recordings need of the hub. */
export interface RecordingPorts {
  currentSessionId(): string;
  recordings(sessionId: string): readonly Recording[];
  recording(recordingId: string): PlayableFile | null;
  watched(ticket: string): PlayableFile | null;
}

const READ = { config: { access: 'read' } } as const;
const PUBLIC = { config: { access: 'public' } } as const;

/** Adds the recordings of a session, and their files, with ranges: a player seeks in them. */
export function registerRecordings(app: FastifyInstance, ports: RecordingPorts): void {
  app.get<{ Params: { id: string } }>('/api/v1/sessions/:id/recordings', READ, ({ params }) => {
    const sessionId = params.id === 'latest' ? ports.currentSessionId() : params.id;
    const items = ports.recordings(sessionId).map(({ recordingId, ...about }) => ({ id: recordingId, ...about }));
    return { items, next: null };
  });
  app.get<{ Params: { id: string } }>('/api/v1/recordings/:id', READ, ({ params }, reply) =>
    sendFile(ports.recording(params.id), reply, true),
  );
  // The link itself is the right to follow it: random, for 12 hours, given to a signed-in control room whose video element
  // can send no header.
  app.get<{ Params: { ticket: string }; Querystring: { save?: string } }>(
    '/api/v1/watch/:ticket',
    PUBLIC,
    ({ params, query }, reply) => sendFile(ports.watched(params.ticket), reply, query.save !== undefined),
  );
}

function sendFile(file: PlayableFile | null, reply: FastifyReply, isDownload: boolean): FastifyReply {
  if (!file) throw new HubError('not_found', 'There is no such recording, or the link to it is too old.');
  if (isDownload) reply.header('content-disposition', attachment(file.fileName));
  // Not by its name: one that is not finished yet has another.
  return reply.type('video/webm').sendFile(basename(file.path), dirname(file.path), { contentType: false });
}
