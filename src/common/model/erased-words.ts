/** What an erasure took away, counted. */
export interface ErasedCounts {
  readonly frames: number;
  readonly mediaFiles: number;
  readonly recordings: number;
}

/** In words: `2 frames, 1 media file, 0 recordings`. @param format how a number is written; plain digits when left out */
export function erasedWords(counts: ErasedCounts, format: (count: number) => string = String): string {
  const { frames, mediaFiles, recordings } = counts;
  const words = [
    [frames, 'frame'],
    [mediaFiles, 'media file'],
    [recordings, 'recording'],
  ] as const;
  return words.map(([count, word]) => `${format(count)} ${word}${count === 1 ? '' : 's'}`).join(', ');
}
