/** Counts what is there, in all and by address. */
export interface Occupancy {
  readonly total: number;
  ofAddress(address: string): number;
  add(address: string): void;
  /** Of one that was added. */
  remove(address: string): void;
}

/** Bounded by what it counts: an address without a place is forgotten. */
export function createOccupancy(): Occupancy {
  const byAddress = new Map<string, number>();
  let total = 0;
  return {
    get total() {
      return total;
    },
    ofAddress: (address) => byAddress.get(address) ?? 0,
    add: (address) => {
      total += 1;
      byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
    },
    remove: (address) => {
      total -= 1;
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left === 0) byAddress.delete(address);
      else byAddress.set(address, left);
    },
  };
}
