import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type PhoneState, usePhone } from '../stores/phone-store';
import { formatAccuracy, formatSeconds } from '../views/format';
import type { Findings, Remedy, Rung } from './ladder';

const BUTTONS = {
  again: 'doctor.again',
  secure: 'doctor.tls.fix',
  microphone: 'doctor.microphone.fix',
  camera: 'doctor.microphone.fix',
  start: 'doctor.fix.button',
  connect: 'doctor.socket.fix',
  photo: 'doctor.photo.fix',
} as const satisfies Record<Remedy, string>;

interface RungText {
  /** What is wrong and what to do. */
  readonly sentence: string | null;
  readonly button: string | null;
}

export function useRungText(rung: Rung, findings: Findings): RungText {
  const { t, i18n } = useTranslation();
  const phone = usePhone();
  return {
    sentence: rung.why === null ? null : sentenceOf(t, i18n.language, rung, phone, findings),
    button: rung.remedy && t(BUTTONS[rung.remedy]),
  };
}

function sentenceOf(
  t: TFunction,
  language: string,
  { name, why }: Rung,
  { sensors, readings, clockAheadMs: measuredMs }: PhoneState,
  { clockAheadMs }: Findings,
): string | null {
  switch (name) {
    case 'position':
    case 'orientation':
    case 'motion':
    case 'screen': {
      const state = sensors[name];
      return 'hint' in state && state.hint ? t(`sensor.hint.${state.hint}`) : null;
    }
    case 'fix':
      if (why === 'start') return t('doctor.fix.start');
      if (why !== 'coarse') return t('doctor.fix.bad');
      return t('doctor.fix.coarse', { accuracy: formatAccuracy(language, readings.fix?.position.accuracy ?? null) });
    case 'clock':
      return t('doctor.clock.bad', { time: formatSeconds(language, Math.abs(measuredMs ?? clockAheadMs ?? 0)) });
    case 'socket':
      return why === 'slower' ? t('doctor.socket.slower') : t('doctor.socket.bad');
    case 'photo':
      return why === 'late' ? t('doctor.photo.late') : t('doctor.photo.bad');
    case 'camera':
      return why === 'ask' ? t('doctor.camera.ask') : t('doctor.camera.bad');
    case 'reach':
    case 'tls':
    case 'microphone':
    case 'frame':
      return t(`doctor.${name}.bad`);
  }
}
