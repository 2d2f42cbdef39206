import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { JoinAnswer } from '../../../common/wire/join-code';
import type { Lan } from '../../lan';
import type { AlertBoard } from '../alerts';
import type { AuditLog } from '../audit';
import { CODE_GUESSED_ALERT_ID, codeGuessedAlert, wrongCodesAlert } from '../phone-alerts';
import type { CodeVerdict, JoinCodes } from './join-codes';
import { codeUsed, codeWithdrawn } from './key-audit';
import type { KeyBook } from './key-book';

interface JoinRouteParts {
  readonly joinCodes: JoinCodes;
  readonly keyBook: Pick<KeyBook, 'roots'>;
  readonly alerts: AlertBoard;
  readonly audit: AuditLog;
}

/** A code with its dash, and nothing else. */
const BODY_LIMIT = 1024;
const schema = z.object({ code: z.string().min(1).max(64) });

const REFUSALS = {
  wrong: {
    status: 401,
    code: 'wrong_code',
    message: 'This code is wrong, used or too old: ask for the one on the laptop’s screen now.',
  },
  tooManyHere: {
    status: 429,
    code: 'too_many_wrong_codes',
    message: 'Too many wrong codes came from this phone: scan the QR code, or ask for a new code.',
  },
  tooManyInAll: {
    status: 429,
    code: 'code_withdrawn',
    message: 'Too many wrong codes came, so this one was taken back: ask for a new code.',
  },
} as const satisfies Record<Exclude<CodeVerdict, 'right'>, object>;

/** Opens `POST /join`: a code that a person types becomes the join key (docs/wire-protocol.md, section 2). */
export function openJoinRoute({ http, guesses }: Lan, { joinCodes, keyBook, alerts, audit }: JoinRouteParts): void {
  joinCodes.happened.listen((what) => {
    if (what === 'guessed') {
      alerts.raise(codeGuessedAlert);
      audit.record(codeWithdrawn);
    }
    if (what === 'made') alerts.clear(CODE_GUESSED_ALERT_ID);
  });
  const config = { access: 'public', ownPagesOnly: true } as const;
  http.post('/join', { config, bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const { address } = request.caller;
    const body = schema.safeParse(request.body);
    if (!body.success)
      return refuse(reply, {
        status: 400,
        code: 'invalid_params',
        message: 'A code is missing: {"code": "ACDE-3467"}.',
      });
    // Whoever sends wrong codes as fast as they can is read no further while answers are held back.
    const verdict = guesses.mayTry(address) ? joinCodes.redeem(body.data.code, address) : 'tooManyHere';
    if (verdict === 'right') audit.record(codeUsed(address));
    if (verdict === 'right') return { key: keyBook.roots.joinKey } satisfies JoinAnswer;
    if (verdict === 'tooManyHere') alerts.raise(wrongCodesAlert(address));
    await guesses.countWrong(address);
    return refuse(reply, REFUSALS[verdict]);
  });
}

function refuse(
  reply: FastifyReply,
  { status, code, message }: { readonly status: number; readonly code: string; readonly message: string },
): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}
