import { Button, Group, Input, useComputedColorScheme } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { COLOUR_COUNT } from '../../../../common/model/live-device';
import { personColour } from '../../theme/person-colour';
import styles from './words.module.css';

interface Props {
  /** The colour the person has. */
  readonly shown: number;
  /** Undefined: left as it is. Null: nobody's choice. */
  readonly chosen: number | null | undefined;
  readonly onChoose: (colour: number | null) => void;
}

const COLOURS = Array.from({ length: COLOUR_COUNT }, (_, index) => index);

/** One of the colours that can be told apart. */
export function ColourChoice({ shown, chosen, onChoose }: Props) {
  const isDark = useComputedColorScheme() === 'dark';
  const current = chosen === undefined ? shown : chosen;
  return (
    <Input.Wrapper label="Colour" labelElement="div">
      <Group gap={6} mt={4} role="radiogroup" aria-label="Colour">
        {COLOURS.map((index) => {
          const { light, dark, inkOnLight, inkOnDark } = personColour(index);
          return (
            <label
              key={index}
              className={styles.swatch}
              style={{ background: isDark ? dark : light, color: isDark ? inkOnDark : inkOnLight }}
            >
              <input
                type="radio"
                name="colour"
                aria-label={`Colour ${index + 1}`}
                checked={current === index}
                onChange={() => onChoose(index)}
              />
              {current === index && <IconCheck size={16} stroke={3} aria-hidden />}
            </label>
          );
        })}
        <Button
          size="compact-sm"
          variant={chosen === null ? 'light' : 'subtle'}
          aria-pressed={chosen === null}
          onClick={() => onChoose(null)}
        >
          Automatic
        </Button>
      </Group>
    </Input.Wrapper>
  );
}
