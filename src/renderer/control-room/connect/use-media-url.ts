import { useEffect, useState } from 'react';
import type { HubLink } from './hub-link';
import { useControlRoomLink } from './hub-link-context';

/** Photos kept in memory for this page: at some 300 kB each a dozen megabytes. */
const CACHE_LIMIT = 40;

/** Object URLs by SHA-256, least recently used first. The content never changes, so they never go stale. */
const urls = new Map<string, string>();

/** What there is of a photo: `null` while it loads. */
export type MediaUrl = { readonly kind: 'ready'; readonly url: string } | { readonly kind: 'failed' } | null;

/** The bytes of a photo as a URL for an `img`; fetched once, with whatever key the hub wants. */
export function useMediaUrl(sha256: string | null): MediaUrl {
  const { hub } = useControlRoomLink();
  const [loaded, setLoaded] = useState<{ readonly sha256: string; readonly media: MediaUrl } | null>(null);
  useEffect(() => {
    if (sha256 === null) return;
    let isGone = false;
    const show = (media: MediaUrl): void => {
      if (!isGone) setLoaded({ sha256, media });
    };
    fetchMedia(hub, sha256).then(
      (url) => show({ kind: 'ready', url }),
      () => show({ kind: 'failed' }),
    );
    return () => {
      isGone = true;
    };
  }, [hub, sha256]);
  return loaded !== null && loaded.sha256 === sha256 ? loaded.media : null;
}

async function fetchMedia(hub: HubLink, sha256: string): Promise<string> {
  const known = urls.get(sha256);
  if (known !== undefined) {
    urls.delete(sha256);
    urls.set(sha256, known);
    return known;
  }
  const response = await hub.fetch(`/api/v1/media/${sha256}`);
  if (!response.ok) throw new Error(`The hub answered ${response.status}.`);
  const url = URL.createObjectURL(await response.blob());
  const raced = urls.get(sha256);
  if (raced !== undefined) URL.revokeObjectURL(url);
  urls.set(sha256, raced ?? url);
  for (const [oldest, oldUrl] of urls) {
    if (urls.size <= CACHE_LIMIT) break;
    urls.delete(oldest);
    URL.revokeObjectURL(oldUrl);
  }
  return raced ?? url;
}
