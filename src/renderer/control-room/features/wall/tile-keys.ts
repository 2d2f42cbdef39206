/** The keys that show a tile large, in the order of the tiles: one row of the keyboard. Tiles beyond have none. */
export const TILE_KEYS: readonly string[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '='];
