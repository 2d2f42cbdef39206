import { IconMapPin } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../capture/readings';
import type { PhoneSession } from '../phone-session';
import { ActButton } from '../views/act-button';
import { formatDegrees } from '../views/format';
import { Sheet } from '../views/sheet';
import { toPlace } from './parse-place';
import './lite.css';

const PlaceMap = lazy(async () => ({ default: (await import('./place-map')).PlaceMap }));

/** Where the person says to be: with the cross of a map, or typed. */
export function PlaceAction({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [sent, setSent] = useState<Place | null>(null);
  const send = (place: Place): void => {
    session.placeAt(place);
    setSent(place);
    setIsOpen(false);
  };
  return (
    <>
      <ActButton icon={IconMapPin} label={t('lite.place')} onClick={() => setIsOpen(true)} />
      {isOpen && <PlaceSheet first={sent} send={send} close={() => setIsOpen(false)} />}
      {sent && !isOpen && (
        <p className="placed" role="status" data-testid="placed">
          {t('lite.placedAt', { place: `${formatDegrees(sent.latitude)}, ${formatDegrees(sent.longitude)}` })}
        </p>
      )}
    </>
  );
}

interface PlaceSheetProps {
  readonly first: Place | null;
  readonly send: (place: Place) => void;
  readonly close: () => void;
}

function PlaceSheet({ first, send, close }: PlaceSheetProps) {
  const { t } = useTranslation();
  const [isTyping, setIsTyping] = useState(false);
  const [onMap, setOnMap] = useState<Place | null>(null);
  const [latitude, setLatitude] = useState(first ? String(first.latitude) : '');
  const [longitude, setLongitude] = useState(first ? String(first.longitude) : '');
  const place = isTyping ? toPlace(latitude, longitude) : onMap;
  const isWrong = isTyping && place === null && latitude !== '' && longitude !== '';
  return (
    <Sheet
      title={t('lite.placeTitle')}
      close={close}
      actions={
        <>
          <button
            type="button"
            className="button button-main"
            disabled={place === null}
            onClick={() => place && send(place)}
          >
            {t('lite.placeSend')}
          </button>
          <button type="button" className="button button-plain" onClick={() => setIsTyping(!isTyping)}>
            {isTyping ? t('lite.placePick') : t('lite.placeType')}
          </button>
        </>
      }
    >
      {isTyping ? (
        <div className="coordinates">
          <Coordinate id="latitude" label={t('lite.latitude')} value={latitude} change={setLatitude} />
          <Coordinate id="longitude" label={t('lite.longitude')} value={longitude} change={setLongitude} />
          {isWrong && (
            <p className="notice notice-bad" role="alert">
              {t('lite.placeWrong')}
            </p>
          )}
        </div>
      ) : (
        <>
          <p className="quiet">{t('lite.placeMap')}</p>
          <Suspense fallback={<div className="place-map" />}>
            <PlaceMap first={first} moved={setOnMap} />
          </Suspense>
        </>
      )}
    </Sheet>
  );
}

interface CoordinateProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

const Coordinate = ({ id, label, value, change }: CoordinateProps) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      className="input"
      dir="ltr"
      // Not decimal: some phones' decimal keys have no minus.
      inputMode="text"
      value={value}
      autoComplete="off"
      onChange={(event) => change(event.currentTarget.value)}
    />
  </div>
);
