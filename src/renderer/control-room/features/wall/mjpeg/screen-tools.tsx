import { useDisclosure } from '@mantine/hooks';
import { IconDeviceMobilePlus, IconZoomScan } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useConnectionStore } from '../../../stores/connection-store';
import { BarButton } from '../bar-button';
import { AddScreenDialog } from './add-screen-dialog';
import { findScreens, lookForScreens } from './mjpeg-actions';

/** Ways to screens that nobody offers: apps on phones that serve theirs. Phones are looked at when the view opens. */
export function ScreenTools() {
  const client = useConnectionStore((state) => state.client);
  const [isAdding, adding] = useDisclosure(false);
  useEffect(() => {
    if (client) lookForScreens();
  }, [client]);
  return (
    <>
      <BarButton label="Find screens of phones" onClick={() => void findScreens()}>
        <IconZoomScan size={17} />
      </BarButton>
      <BarButton label="Add a screen by address…" onClick={adding.open}>
        <IconDeviceMobilePlus size={17} />
      </BarButton>
      <AddScreenDialog isOpen={isAdding} onClose={adding.close} />
    </>
  );
}
