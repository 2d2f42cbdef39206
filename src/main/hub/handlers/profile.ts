import type { profileRequests } from '../../../common/contract/requests/profile';
import type { HandlersOf } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';

export function profileHandlers({ profile, phones }: ConsoleParts): HandlersOf<typeof profileRequests> {
  return {
    'profile.get': () => ({ profile: profile.profile }),
    'profile.set': ({ profile: wanted }) => {
      profile.replace(wanted);
      return { profile: wanted, told: phones.configure() };
    },
  };
}
