/** How the command line ends (docs/wire-protocol.md, section 8). */
export const EXIT = { done: 0, failed: 1, usage: 2, portInUse: 3 } as const;

/** Ends the command with a sentence on stderr. */
export class CommandFailure extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, message: string) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}
