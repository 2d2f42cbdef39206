import {
  IconActivity,
  IconBattery3,
  IconCamera,
  IconCompass,
  IconDeviceMobile,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import type { PhoneSession } from '../phone-session';
import { type PhotoState, usePhone } from '../stores/phone-store';
import { Counters } from './counters';
import { TROUBLE_WORDS } from './engine-words';
import { formatBattery, formatMotion, formatOrientation } from './format';
import { Frame } from './frame';
import { LinkStrip } from './link-strip';
import { Notices } from './notices';
import { PhotoButton } from './photo-button';
import { PositionCard } from './position-card';
import { SensorRow } from './sensor-row';
import { ShareButton } from './share-button';
import { ShareView } from './share-view';
import { useNow } from './use-now';

const PHOTO_WORDS: Record<PhotoState, string | null> = {
  none: null,
  working: 'Preparing the photo',
  kept: 'Photo kept, on its way',
  failed: 'This photo could not be read. Take it again.',
};

function SensorList() {
  const { readings, sensors } = usePhone();
  const { orientation, motion, battery } = readings;
  return (
    <ul className="sensors" aria-label="Sensors">
      <SensorRow
        sensor="orientation"
        label="Orientation"
        icon={IconCompass}
        state={sensors.orientation}
        value={orientation && formatOrientation(orientation)}
      />
      <SensorRow
        sensor="motion"
        label="Motion"
        icon={IconActivity}
        state={sensors.motion}
        value={motion && formatMotion(motion)}
      />
      <SensorRow
        sensor="battery"
        label="Battery"
        icon={IconBattery3}
        state={sensors.battery}
        value={battery === null ? null : formatBattery(battery)}
      />
      <SensorRow
        sensor="screen"
        label="Screen"
        icon={IconDeviceMobile}
        state={sensors.screen}
        value="kept on"
        missingWord="by hand"
      />
    </ul>
  );
}

interface StreamingViewProps {
  readonly session: PhoneSession;
  readonly hubName: string;
}

/** One glance: is it getting through, how much waits, what is sensed. Stop is one tap. */
export function StreamingView({ session, hubName }: StreamingViewProps) {
  const nowMs = useNow();
  const { stage, name, trouble, photo, counts, notices } = usePhone();
  const isStreaming = stage === 'streaming';
  const photoWords = PHOTO_WORDS[photo];
  const actions = isStreaming ? (
    <>
      <PhotoButton
        icon={IconCamera}
        isBusy={photo === 'working'}
        isWanted={notices.some(({ kind }) => kind === 'photo')}
        onPhoto={(file) => void session.addPhoto(file)}
      />
      <ShareButton session={session} />
      <button type="button" className="button button-stop" onClick={() => session.stop()}>
        <IconPlayerStopFilled size={22} aria-hidden="true" />
        Stop
      </button>
    </>
  ) : (
    <button
      type="button"
      className="button button-main"
      onClick={() => session.start({ name, colour: usePhone.getState().colour })}
    >
      <IconPlayerPlayFilled size={22} aria-hidden="true" />
      Start again
    </button>
  );
  return (
    <Frame aside={<span className="frame-name">{name}</span>} actions={actions}>
      <Notices session={session} />
      <ShareView session={session.share} />
      <LinkStrip session={session} nowMs={nowMs} />
      {trouble && (
        <p className="notice notice-bad" role="alert">
          {TROUBLE_WORDS[trouble]}
        </p>
      )}
      <Counters />
      {isStreaming ? (
        <>
          <PositionCard nowMs={nowMs} />
          <SensorList />
          {photoWords && (
            <p className="quiet" role="status" data-testid="photo-state">
              {photoWords}
            </p>
          )}
          <p className="quiet">
            Keep the screen on and this page in front: in the background a browser stops its sensors.
          </p>
        </>
      ) : (
        <p className="quiet">
          Nothing is sensed any more.
          {counts.waiting > 0 && ` What waits is still delivered to ${hubName} while this page is open.`}
        </p>
      )}
    </Frame>
  );
}
