import { IconCheck } from '@tabler/icons-react';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PERSON_COLOURS } from '../../../common/model/person-colour';
import { LIMITS } from '../../../common/wire/limits';
import { toPersonName } from '../identity/person-name';
import type { Person, PhoneSession } from '../phone-session';
import { Step } from './step';

const FORM = 'you';

interface YouStepProps {
  readonly session: PhoneSession;
  readonly person: Person;
  readonly next: (person: Person) => void;
  readonly onBack: (() => void) | null;
}

/** A name and a colour: what the operator sees on the map. */
export function YouStep({ session, person, next, onBack }: YouStepProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(person.name);
  const [colour, setColour] = useState(person.colour);
  const cleanName = toPersonName(name);
  return (
    <Step
      phase="you"
      session={session}
      title={t('join.you.title')}
      onBack={onBack}
      actions={
        <button type="submit" form={FORM} className="button button-main" disabled={cleanName === ''}>
          {t('common.next')}
        </button>
      }
    >
      <form
        id={FORM}
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (cleanName) next({ name: cleanName, colour });
        }}
      >
        <div className="field">
          <label htmlFor="name">{t('join.you.name')}</label>
          <input
            id="name"
            className="input"
            dir="auto"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={LIMITS.usernameLength}
            autoComplete="name"
            autoCapitalize="words"
            enterKeyHint="next"
            spellCheck={false}
            required
          />
        </div>
        <fieldset className="swatches">
          <legend>{t('join.you.colour')}</legend>
          {PERSON_COLOURS.map(({ light, dark, inkOnLight, inkOnDark }, index) => (
            <label
              key={light}
              className="swatch"
              style={
                {
                  '--light': light,
                  '--dark': dark,
                  '--ink-light': inkOnLight,
                  '--ink-dark': inkOnDark,
                } as CSSProperties
              }
            >
              <input
                type="radio"
                name="colour"
                className="swatch-input"
                aria-label={t('join.you.colourN', { n: index + 1 })}
                checked={colour === index}
                onChange={() => setColour(index)}
              />
              {colour === index && <IconCheck size={26} stroke={3} aria-hidden="true" />}
            </label>
          ))}
        </fieldset>
      </form>
    </Step>
  );
}
