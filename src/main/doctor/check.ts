import type { DoctorAction, DoctorCheck, DoctorState } from '../../common/model/doctor';

/** A check's id and title. */
export interface Rung {
  readonly id: string;
  readonly title: string;
}

const found =
  (state: DoctorState) =>
  ({ id, title }: Rung, sentence: string, action: DoctorAction | null = null): DoctorCheck => ({
    id,
    title,
    state,
    sentence,
    action,
  });

export const ok = found('ok');
export const warning = found('warning');
export const trouble = found('trouble');
export const unknown = found('unknown');

export const AGAIN: DoctorAction = { label: 'Check again', what: 'again', text: null };
export const CHOOSE_ADDRESS: DoctorAction = { label: 'Choose another address', what: 'pairing', text: null };
export const SHOW_CODE: DoctorAction = { label: 'Show the QR code', what: 'pairing', text: null };
export const copy = (label: string, text: string): DoctorAction => ({ label, what: 'copy', text });
