import { IconPlayerRecordFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useRecordingStore } from '../../../stores/recording-store';
import { TileTool } from '../tile-tool';
import { recorders } from './recorders';

/** Records one share, or ends that. */
export function RecordTool({ shareId }: { readonly shareId: string }) {
  const isOn = useRecordingStore(({ own }) => own.has(shareId));
  return (
    <TileTool label={isOn ? 'Stop recording' : 'Record'} onClick={() => recorders.set(shareId, !isOn)}>
      {isOn ? <IconPlayerStopFilled size={16} /> : <IconPlayerRecordFilled size={16} />}
    </TileTool>
  );
}
