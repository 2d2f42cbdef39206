// The rooms of docs/architecture.md as rules: what a folder may import. A breach fails `npm test`.
const rooms = [
  'lan',
  'ingest',
  'signaling',
  'screens',
  'store',
  'export',
  'import',
  'feeds',
  'forwarding',
  'cluster',
  'maps',
  'doctor',
  'drill',
  'log',
  'thumbnails',
];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule(
      'no-circular',
      'A circle hides which part may change first; types count.',
      { path: '^(src|bench)' },
      { circular: true },
    ),
    rule(
      'no-circular-in-tests',
      "Electron's objects refer to each other, and so do the types of their stand-in; at run time nothing may.",
      { path: '^test' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'no-unresolvable',
      'An import that leads nowhere.',
      {},
      { couldNotResolve: true, pathNot: '\\?(modulePath|url|raw)$' },
    ),
    rule(
      'common-is-plain',
      'common/ runs everywhere: no Node, no DOM, no Electron.',
      { path: '^src/common' },
      { pathNot: '^(src/common|node_modules/zod)' },
    ),
    rule(
      'wire-and-model-are-light',
      'The phone page loads these: no schema library.',
      { path: '^src/common/(model|wire)' },
      { pathNot: '^src/common/(model|wire)' },
    ),
    rule(
      'rpc-knows-no-product',
      'The transport layer knows neither ws nor Electron nor the contract.',
      { path: '^src/common/rpc' },
      { path: '^src/common/(wire|model)' },
    ),
    rule(
      'renderer-imports-common-only',
      'The renderer runs in a browser unchanged.',
      { path: '^src/renderer' },
      { path: '^src/(main|preload)' },
    ),
    rule(
      'renderer-no-node',
      'No Node built-ins in the renderer.',
      { path: '^src/renderer' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'phone-stays-small',
      'Phones load this over bad radio.',
      { path: '^src/renderer/phone' },
      { path: '^src/(renderer/control-room|common/(contract|rpc))' },
    ),
    rule(
      'control-room-not-phone',
      'Two pages, nothing shared by accident.',
      { path: '^src/renderer/control-room' },
      { path: '^src/renderer/phone' },
    ),
    rule(
      'preload-is-one-transport',
      'The preload exposes a Transport and nothing else.',
      { path: '^src/preload' },
      { pathNot: '^(src/(preload|common/rpc)|electron|node_modules/electron)' },
    ),
    ...rooms.map((room) =>
      rule(
        `room-${room}`,
        'A room of main imports common and itself; hub/ composes.',
        { path: `^src/main/${room}/` },
        { path: '^src/(main|preload|renderer)', pathNot: `^src/main/${room}/` },
      ),
    ),
    rule(
      'hub-no-entry',
      'The hub knows neither its window nor its command line.',
      { path: '^src/main/hub' },
      { path: '^src/main/(electron|cli|index|headless)' },
    ),
    rule(
      'only-electron-imports-electron',
      'Everything else must run under plain Node.',
      { path: '^src/(common|renderer|main)', pathNot: '^src/main/(electron/|index\\.ts)' },
      { path: '(^|/)electron($|/)', pathNot: '^src/main/electron' },
    ),
    rule(
      'sqlite-lives-in-store',
      'One owner of the database binding.',
      { path: '^src', pathNot: '^src/main/store/' },
      { path: 'better-sqlite3' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
