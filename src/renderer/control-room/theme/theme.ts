import { createTheme, type MantineColorsTuple, virtualColor } from '@mantine/core';

const teal: MantineColorsTuple = [
  '#e6f5f4',
  '#cbeae8',
  '#9ad7d2',
  '#63c4bd',
  '#2fb5ac',
  '#1c9e98',
  '#138b88',
  '#0e7c7b',
  '#0a6261',
  '#064847',
];

const slate: MantineColorsTuple = [
  '#f5f7f9',
  '#ebeff3',
  '#dbe2e8',
  '#d0d8df',
  '#bcc6cf',
  '#83909d',
  '#586674',
  '#3f4b57',
  '#29343f',
  '#17212b',
];

// Mantine's scale for dark ground: 0 is text, 4 borders, 6 fields, 7 the page.
const slateDark: MantineColorsTuple = [
  '#e2e8ee',
  '#c2ccd6',
  '#93a2b1',
  '#6a7a89',
  '#2c3a47',
  '#22303b',
  '#1a242e',
  '#141c24',
  '#0f161c',
  '#0a0f14',
];

const system = 'system-ui, sans-serif';

/** Mantine as Perch wears it: slate and one accent, small type for data, square-ish and flat. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: {
    teal,
    gray: slate,
    dark: slateDark,
    // Teal in both schemes; only a virtual colour gets its text chosen for each: white on the dark one, ink on the light.
    accent: virtualColor({ name: 'accent', light: 'teal', dark: 'teal' }),
  },
  black: '#17212b',
  fontFamily: `'Inter Variable', ${system}`,
  fontFamilyMonospace: `ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', monospace`,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 400, fz: 'xs', withArrow: true } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    },
    // Its placeholder is a focusable thing without a role, which a menu may not hold; the first entry is focused instead.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'sm' } },
  },
});
