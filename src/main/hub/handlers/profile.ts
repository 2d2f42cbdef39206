import type { profileRequests } from '../../../common/contract/requests/profile';
import type { HandlersOf } from '../../../common/contract/server';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';

export function profileHandlers({ profile, phones, audit }: ConsoleParts): HandlersOf<typeof profileRequests> {
  return {
    'profile.get': () => ({ profile: profile.profile }),
    'profile.set': ({ profile: wanted }) => {
      profile.replace(wanted);
      const sensors = wanted.sensors.length === 0 ? 'no sensor' : wanted.sensors.join(', ');
      const detail = `Phones send every ${wanted.intervalMs / 1000} s at the most: ${sensors}.`;
      audit.record({ action: 'profile.changed', actor: OPERATOR, detail });
      return { profile: wanted, told: phones.configure() };
    },
  };
}
