import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { LIMITS } from '../../../common/wire/limits';
import { toPersonName } from '../identity/person-name';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { Counters } from './counters';
import { Frame } from './frame';
import { LinkStrip } from './link-strip';
import { Notices } from './notices';
import { useNow } from './use-now';

interface StartViewProps {
  readonly session: PhoneSession;
  readonly hubName: string;
}

const FORM = 'start';

/** Frames of an earlier page load that are still on their way. */
function LeftOver({ session }: { readonly session: PhoneSession }) {
  const nowMs = useNow();
  return (
    <>
      <p className="quiet">Still on this phone from last time; they are delivered now:</p>
      <LinkStrip session={session} nowMs={nowMs} />
      <Counters />
    </>
  );
}

/** A name and one tap. Nothing is sensed or sent before it. */
export function StartView({ session, hubName }: StartViewProps) {
  const [name, setName] = useState(() => usePhone.getState().name);
  const [hadWaiting] = useState(() => usePhone.getState().counts.waiting > 0);
  const personName = toPersonName(name);
  const actions = (
    <button type="submit" form={FORM} className="button button-main" disabled={personName === ''}>
      <IconPlayerPlayFilled size={22} aria-hidden="true" />
      Start
    </button>
  );
  return (
    <Frame actions={actions}>
      <Notices session={session} />
      <h1 className="title">Join {hubName}</h1>
      <form
        id={FORM}
        className="field"
        onSubmit={(event) => {
          event.preventDefault();
          if (personName) session.start({ name: personName, colour: usePhone.getState().colour });
        }}
      >
        <label htmlFor="name">Your name</label>
        <input
          id="name"
          className="input"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={LIMITS.usernameLength}
          autoComplete="name"
          autoCapitalize="words"
          enterKeyHint="go"
          spellCheck={false}
          required
        />
      </form>
      <p className="consent">
        Start sends your <strong>position, orientation, motion and battery</strong>, and the photos you take, to{' '}
        <strong>{hubName}</strong> on this network, and nowhere else. Stop is one tap.
      </p>
      {!session.hasKey && (
        <p className="notice notice-wait" role="status">
          This address has no key. If the hub does not let you in, scan the QR code on the operator’s screen.
        </p>
      )}
      {hadWaiting && <LeftOver session={session} />}
    </Frame>
  );
}
