import { create } from 'zustand';
import type { ShareKind } from '../../../common/model/share';
import type { CaptureTrouble, Facing } from '../share/capture';

/** What the phone shares, if anything. */
export type ShareState =
  | { readonly kind: 'off' }
  /** The person is asked what to share. */
  | { readonly kind: 'choosing' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'live';
      readonly what: ShareKind;
      readonly stream: MediaStream;
      /** Of a camera. */
      readonly facing: Facing;
      readonly torch: 'none' | 'off' | 'on';
      readonly hasSound: boolean;
    };

/** How the share stands to the hub: nobody sees it before `online`. `blocked`: the browser refuses the socket it needs. */
export type ShareLink = 'connecting' | 'online' | 'refused' | 'blocked';

/** Written by the share session only. */
interface PhoneShareState {
  readonly share: ShareState;
  readonly trouble: CaptureTrouble | null;
  readonly link: ShareLink;
  /** Control rooms that get it just now. */
  readonly watchers: number;
  /** This phone's own address as the hub sees it; null while not known. */
  readonly ownAddress: string | null;
}

export const usePhoneShare = create<PhoneShareState>(() => ({
  share: { kind: 'off' },
  trouble: null,
  link: 'connecting',
  watchers: 0,
  ownAddress: null,
}));
