import { Suspense } from 'react';
import { useIsOperator } from '../../stores/connection-store';
import { useViewStore } from '../../stores/view-store';
import { TOOLS } from './tools';

/** The dialog of the tool that is open. */
export function ToolDialogs() {
  const dialog = useViewStore((state) => state.dialog);
  const open = useViewStore((state) => state.open);
  const isOperator = useIsOperator();
  const tool = TOOLS.find(({ name, isForOperator }) => name === dialog && (isOperator || !isForOperator));
  if (!tool) return null;
  return (
    <Suspense fallback={null}>
      <tool.Dialog onClose={() => open(null)} />
    </Suspense>
  );
}
