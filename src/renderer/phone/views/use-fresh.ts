import { useEffect, useState } from 'react';

/** True for `forMs` after `value` has changed, and for good while `isPending`: news goes, what waits stays. */
export function useFresh(value: unknown, isPending: boolean, forMs = 8_000): boolean {
  const [old, setOld] = useState<unknown>(value);
  useEffect(() => {
    if (isPending || value === old) return;
    const timer = setTimeout(() => setOld(value), forMs);
    return () => clearTimeout(timer);
  }, [value, old, isPending, forMs]);
  return isPending || value !== old;
}
