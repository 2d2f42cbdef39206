import { ScrollArea } from '@mantine/core';
import { useLiveDevice } from '../../stores/live-store';
import { CustodySection } from '../custody/custody-section';
import { MergedSection } from '../operator/merged-section';
import { NoteSection } from '../operator/note-section';
import { WordsSection } from '../operator/words-section';
import { ShareSection } from '../wall/share-section';
import styles from './detail.module.css';
import { DetailHeader } from './detail-header';
import { LastPhoto } from './last-photo';
import { PositionSection } from './position-section';
import { DeviceSection, MotionSection, ObjectsSection, OrientationSection, WeatherSection } from './reading-sections';
import { TrackSection } from './track-section';

/** Everything known of one person right now, each reading with its age. */
export function DetailPanel({ deviceId }: { readonly deviceId: string }) {
  const device = useLiveDevice(deviceId);
  if (!device) return null;
  return (
    <aside
      className={styles.panel}
      aria-label={`Details of ${device.name}`}
      data-testid="detail"
      data-device-id={deviceId}
    >
      <DetailHeader device={device} />
      <ScrollArea className={styles.scroll} type="auto" scrollbarSize={8}>
        <div className={styles.sections}>
          <NoteSection device={device} />
          <WordsSection device={device} />
          <ShareSection device={device} />
          <DeviceSection device={device} />
          <MergedSection device={device} />
          {/* Merged with another, or taken apart, it has other counts. */}
          <CustodySection key={device.merged.join()} device={device} />
          <PositionSection device={device} />
          <TrackSection device={device} />
          <LastPhoto device={device} />
          <MotionSection motion={device.motion} />
          <OrientationSection orientation={device.orientation} />
          <WeatherSection weather={device.weather} />
          <ObjectsSection objects={device.objects} />
        </div>
      </ScrollArea>
    </aside>
  );
}
