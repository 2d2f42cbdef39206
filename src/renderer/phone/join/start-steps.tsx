import { useState } from 'react';
import { readPersonColour } from '../identity/person-colour';
import type { Person, PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { ConsentStep } from './consent-step';
import { YouStep } from './you-step';

interface StartStepsProps {
  readonly session: PhoneSession;
  readonly hubName: string;
  readonly isLite: boolean;
}

/** Name and colour, then consent; who was here before is asked only for the Start. */
export function StartSteps({ session, hubName, isLite }: StartStepsProps) {
  const [person, setPerson] = useState<Person>(() => ({
    name: usePhone.getState().name,
    colour: readPersonColour(localStorage),
  }));
  const [isAsking, setIsAsking] = useState(person.name === '');
  return isAsking ? (
    <YouStep
      session={session}
      person={person}
      next={(chosen) => {
        setPerson(chosen);
        setIsAsking(false);
      }}
      onBack={null}
    />
  ) : (
    <ConsentStep session={session} person={person} hubName={hubName} isLite={isLite} change={() => setIsAsking(true)} />
  );
}
