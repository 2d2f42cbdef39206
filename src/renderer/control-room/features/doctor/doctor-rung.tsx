import { Button, CopyButton, Text } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHelpCircle,
} from '@tabler/icons-react';
import type { DoctorAction, DoctorCheck, DoctorState } from '../../../../common/model/doctor';
import { useViewStore } from '../../stores/view-store';
import classes from './doctor.module.css';

const MARKS: Record<DoctorState, { readonly Icon: Icon; readonly word: string }> = {
  ok: { Icon: IconCircleCheckFilled, word: 'In order' },
  warning: { Icon: IconAlertTriangleFilled, word: 'Look at this' },
  trouble: { Icon: IconCircleXFilled, word: 'Trouble' },
  unknown: { Icon: IconHelpCircle, word: 'Not known' },
};

interface DoctorRungProps {
  readonly check: DoctorCheck;
  readonly onAgain: () => void;
}

export function DoctorRung({ check: { id, title, state, sentence, action }, onAgain }: DoctorRungProps) {
  const { Icon, word } = MARKS[state];
  return (
    <li className={classes.rung} data-testid="doctor-check" data-id={id} data-state={state}>
      <Icon className={classes.mark} size={20} role="img" aria-label={word} />
      <div className={classes.words}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" className={classes.sentence}>
          {sentence}
        </Text>
      </div>
      {action && state !== 'ok' && <ActionButton action={action} onAgain={onAgain} />}
    </li>
  );
}

function ActionButton({ action, onAgain }: { readonly action: DoctorAction; readonly onAgain: () => void }) {
  const open = useViewStore((state) => state.open);
  if (action.what === 'copy') {
    return (
      <CopyButton value={action.text ?? ''}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" className={classes.button} onClick={copy}>
            {copied ? 'Copied' : action.label}
          </Button>
        )}
      </CopyButton>
    );
  }
  const press = action.what === 'pairing' ? () => open('pairing') : onAgain;
  return (
    <Button size="xs" variant="default" className={classes.button} onClick={press}>
      {action.label}
    </Button>
  );
}
