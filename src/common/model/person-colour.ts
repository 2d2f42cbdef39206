/** One person's colour, CSS: for light and for dark ground, and the ink that is legible on each. */
export interface PersonColour {
  readonly light: string;
  readonly dark: string;
  readonly inkOnLight: string;
  readonly inkOnDark: string;
}

const WHITE = '#ffffff';
const BLACK = '#10161c';

const colour = (light: string, dark: string, inkOnLight = WHITE): PersonColour => ({
  light,
  dark,
  inkOnLight,
  inkOnDark: BLACK,
});

/**
 * Ten colours after Paul Tol's "muted" scheme (https://sronpersonalpages.nl/~pault/), which stay apart for the
 * colour-blind, lifted for dark ground, in an order that sets neighbours apart. No pure amber or red among them: those mean stale and trouble.
 * By the index of LiveDevice.colour: the same on the phone and in the control room.
 */
export const PERSON_COLOURS: readonly PersonColour[] = [
  colour('#2273b5', '#62aef0'),
  colour('#882255', '#d56b9c'),
  colour('#137a38', '#5cc07a'),
  colour('#3f2f9e', '#9a8ff0'),
  colour('#8a6d3b', '#d9c089'),
  colour('#4aa3c4', '#93d4f0', BLACK),
  colour('#c0607a', '#ee9fb2'),
  colour('#2a8c7d', '#4bbfa9'),
  colour('#9c4096', '#d88fd3'),
  colour('#7a7a22', '#bcbc4e'),
];
