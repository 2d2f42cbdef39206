/** How a check ended. `unknown`: it can't be told from here, or not yet. */
export type DoctorState = 'ok' | 'warning' | 'trouble' | 'unknown';

/** What one button does about it. */
export interface DoctorAction {
  readonly label: string;
  /** `pairing`: opens the QR code and its addresses. `copy`: puts `text` into the clipboard. `again`: runs the checks anew. */
  readonly what: 'pairing' | 'copy' | 'again';
  /** A command to copy; null otherwise. */
  readonly text: string | null;
}

/** One rung of the doctor's ladder. */
export interface DoctorCheck {
  /** Stable, such as `address`: one check an id. */
  readonly id: string;
  readonly title: string;
  readonly state: DoctorState;
  /** What was found and what to do, in plain words. */
  readonly sentence: string;
  /** null: there is nothing to press. */
  readonly action: DoctorAction | null;
}
