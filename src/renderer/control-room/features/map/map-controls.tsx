import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus, IconRoute, IconUsersGroup } from '@tabler/icons-react';
import L from 'leaflet';
import { type ReactNode, useEffect, useRef } from 'react';
import { useMap } from 'react-leaflet';
import { useLiveStore } from '../../stores/live-store';
import { useViewStore } from '../../stores/view-store';
import styles from './live-map.module.css';

/** Buttons over the map. */
export function MapControls() {
  const map = useMap();
  const box = useRef<HTMLDivElement>(null);
  const showTrails = useViewStore((state) => state.showTrails);
  const toggleTrails = useViewStore((state) => state.toggleTrails);
  const wish = useViewStore((state) => state.wish);
  useEffect(() => {
    if (!box.current) return;
    L.DomEvent.disableClickPropagation(box.current);
    L.DomEvent.disableScrollPropagation(box.current);
  }, []);
  return (
    <div ref={box} className={styles.controls}>
      <FollowChip />
      <div className={styles.buttons}>
        <MapButton label="Zoom in" onClick={() => map.zoomIn()} icon={<IconPlus size={17} />} />
        <MapButton label="Zoom out" onClick={() => map.zoomOut()} icon={<IconMinus size={17} />} />
        <MapButton
          label="Show everybody"
          onClick={() => wish({ kind: 'fit-all' })}
          icon={<IconUsersGroup size={17} stroke={1.75} />}
        />
        <MapButton
          label={showTrails ? 'Hide trails' : 'Show trails'}
          isOn={showTrails}
          onClick={toggleTrails}
          icon={<IconRoute size={17} stroke={1.75} />}
        />
      </div>
    </div>
  );
}

interface MapButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly isOn?: boolean;
  readonly onClick: () => void;
}

function MapButton({ label, icon, isOn, onClick }: MapButtonProps) {
  return (
    <Tooltip label={label} position="left">
      <ActionIcon size={34} radius={0} aria-label={label} aria-pressed={isOn} data-on={isOn} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function FollowChip() {
  const followedId = useViewStore((state) => state.followedId);
  const follow = useViewStore((state) => state.follow);
  const name = useLiveStore((state) => (followedId === null ? undefined : state.devices.get(followedId)?.name));
  if (name === undefined) return null;
  return (
    <button type="button" className={styles.chip} onClick={() => follow(null)} title="Stop following">
      <IconFocusCentered size={15} aria-hidden />
      Following {name}
    </button>
  );
}
