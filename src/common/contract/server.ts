import type { z } from 'zod';
import { createRpcServer, type RpcAnswer } from '../rpc/server';
import type { Transport } from '../rpc/transport';
import { HubError } from './errors';
import type { EventName, EventPayload } from './events';
import { REQUESTS, type RequestName, type RequestParams, type RequestResult } from './requests';

/** Who is at the other end of a connection. A viewer may only look. */
export type ConsoleRole = 'viewer' | 'operator';

/** One function a request; it receives checked parameters and throws {@link HubError} to refuse. */
export type RequestHandlers = {
  readonly [N in RequestName]: (params: RequestParams<N>) => Promise<RequestResult<N>> | RequestResult<N>;
};

/** The handlers of one area of the table, such as `HandlersOf<typeof sessionRequests>`. */
export type HandlersOf<Area> = Pick<RequestHandlers, keyof Area & RequestName>;

/** The hub's end of one connection. */
export interface HubConnection {
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
}

/** Serves the contract on an open transport: checks name, role and parameters, then calls the handler. */
export function serveHub(
  transport: Transport,
  role: ConsoleRole,
  handlers: RequestHandlers,
  onBug: (error: unknown, request: string) => void,
): HubConnection {
  const server = createRpcServer(transport, (name, params) => answer(role, handlers, name, params), onBug);
  return { emit: (name, payload) => server.emit(name, payload) };
}

async function answer(role: ConsoleRole, handlers: RequestHandlers, name: string, params: unknown): Promise<RpcAnswer> {
  if (!Object.hasOwn(REQUESTS, name)) return refuse('unknown_request', `There is no request "${name}".`);
  const known = name as RequestName;
  const entry = REQUESTS[known];
  if (entry.access === 'operate' && role !== 'operator')
    return refuse('forbidden', `"${name}" needs the operator's key.`);
  const checked = entry.params.safeParse(params);
  if (!checked.success) return refuse('invalid_params', firstFault(checked.error));
  try {
    // The table ties the parameters of a name to its handler; TypeScript can't follow that through a union of names.
    const handler = handlers[known] as (params: unknown) => unknown;
    return { kind: 'result', result: await handler(checked.data) };
  } catch (error) {
    if (error instanceof HubError) return refuse(error.code, error.message);
    throw error;
  }
}

/** `deviceId: Invalid input: expected string, received number`. */
function firstFault(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.') || 'params'}: ${issue?.message ?? 'is not valid'}`;
}

function refuse(code: HubError['code'], message: string): RpcAnswer {
  return { kind: 'error', code, message };
}
