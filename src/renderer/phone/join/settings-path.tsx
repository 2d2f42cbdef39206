import { IconChevronRight } from '@tabler/icons-react';

/** What to press in the phone's settings, one below the other as the phone itself shows it. `path`: parted by ` > `. */
export function SettingsPath({ path }: { readonly path: string }) {
  return (
    <ol className="path">
      {path.split(' > ').map((row) => (
        <li key={row} className="path-row">
          <bdi>{row}</bdi>
          <IconChevronRight className="flips" size={18} aria-hidden="true" />
        </li>
      ))}
    </ol>
  );
}
