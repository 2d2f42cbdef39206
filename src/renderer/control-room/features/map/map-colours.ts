/** What a canvas needs to be told: it can't read CSS variables. */
export interface MapColours {
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly gridLine: string;
  readonly gridText: string;
  readonly gridHalo: string;
}

export const MAP_COLOURS: Record<'light' | 'dark', MapColours> = {
  light: {
    land: '#f4f5f2',
    coast: '#a9b8c2',
    border: '#d5dade',
    gridLine: 'rgba(40, 60, 80, 0.13)',
    gridText: '#5d6b78',
    gridHalo: 'rgba(244, 245, 242, 0.85)',
  },
  dark: {
    land: '#18212a',
    coast: '#3d4e5c',
    border: '#28343f',
    gridLine: 'rgba(170, 195, 215, 0.13)',
    gridText: '#8494a2',
    gridHalo: 'rgba(18, 26, 33, 0.85)',
  },
};
