import { useElementSize } from '@mantine/hooks';
import type { CSSProperties } from 'react';
import { useShareStore } from '../../stores/share-store';
import { shownShares } from './shown-shares';
import { Tile } from './tile';
import { useWallKeys } from './use-wall-keys';
import styles from './wall.module.css';
import { WallEmpty } from './wall-empty';
import { layOutWall, usualAspect } from './wall-layout';
import { useWallStore } from './wall-store';

/** Every share there is, as large as fits; one of them large beside the others when it is focused. */
export function Wall() {
  const shares = useShareStore((state) => state.shares);
  const focusedId = useWallStore((state) => state.focusedId);
  const { ref, width, height } = useElementSize();
  useWallKeys();
  const hidden = useWallStore((state) => state.hidden);
  const list = shownShares(shares, hidden);
  if (list.length === 0) return <WallEmpty hiddenCount={shares.size} />;
  const focused = list.length > 1 ? list.find(({ shareId }) => shareId === focusedId) : undefined;
  const aspect = usualAspect(list.flatMap(({ quality }) => quality ?? []));
  const layout = layOutWall(list.length, width, height, aspect);
  return (
    <div className={styles.scroll} data-testid="wall" data-count={list.length}>
      <div
        ref={ref}
        className={styles.wall}
        data-has-focus={focused !== undefined}
        data-is-scrolling={layout.isScrolling}
        style={
          {
            '--columns': layout.columns,
            '--tile-height': `${layout.tileHeight}px`,
            '--wall-height': `${height}px`,
          } as CSSProperties
        }
      >
        {list.map((share, index) => (
          <Tile
            key={share.shareId}
            share={share}
            number={index + 1}
            isFocused={share === focused}
            isOnly={list.length === 1}
          />
        ))}
      </div>
    </div>
  );
}
