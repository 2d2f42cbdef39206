/** The port is taken; the message is a sentence for the operator. */
export class PortInUseError extends Error {
  readonly port: number;
  /** The process that has it, such as `nginx (pid 812)`; null when it can't be found. */
  readonly holder: string | null;
  constructor(port: number, holder: string | null) {
    super(`Port ${port} is already in use by ${holder ?? 'another program'}.`);
    this.name = 'PortInUseError';
    this.port = port;
    this.holder = holder;
  }
}
