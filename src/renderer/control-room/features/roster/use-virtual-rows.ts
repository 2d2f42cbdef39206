import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/react-virtual';
import { useEffect, useState } from 'react';

/** Rows beyond the edges that are kept ready, so that fast scrolling shows no gaps. */
const OVERSCAN = 8;

type Rows = Virtualizer<HTMLDivElement, HTMLElement>;

/** Which of many rows of one height are in view. */
export interface VirtualRows {
  readonly items: readonly VirtualItem[];
  readonly totalPx: number;
  /** For the `ref` of the element that scrolls. */
  readonly setScroller: (element: HTMLDivElement | null) => void;
  readonly scrollTo: (index: number) => void;
}

/**
 * TanStack Virtual with its window as React state. Its own hook hands out functions that read hidden state, which
 * breaks under memoization; here what is read in a render is a value.
 */
export function useVirtualRows(count: number, rowHeightPx: number): VirtualRows {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [virtualizer, setVirtualizer] = useState<Rows | null>(null);
  const [items, setItems] = useState<readonly VirtualItem[]>([]);

  useEffect(() => {
    if (!scroller) return;
    const rows: Rows = new Virtualizer(optionsFor(scroller, 0, rowHeightPx, setItems));
    const unmount = rows._didMount();
    rows._willUpdate();
    // In a later task: the effect below then finds it, and no render is nested in this one.
    queueMicrotask(() => setVirtualizer(rows));
    return unmount;
  }, [scroller, rowHeightPx]);

  useEffect(() => {
    if (!virtualizer || !scroller) return;
    virtualizer.setOptions(optionsFor(scroller, count, rowHeightPx, setItems));
    virtualizer._willUpdate();
    virtualizer.measure();
  }, [virtualizer, scroller, count, rowHeightPx]);

  return {
    // The window of a moment ago may reach beyond a list that has just become shorter.
    items: items.filter(({ index }) => index < count),
    totalPx: count * rowHeightPx,
    setScroller,
    scrollTo: (index) => virtualizer?.scrollToIndex(index),
  };
}

function optionsFor(
  scroller: HTMLDivElement,
  count: number,
  rowHeightPx: number,
  onItems: (items: readonly VirtualItem[]) => void,
): VirtualizerOptions<HTMLDivElement, HTMLElement> {
  return {
    count,
    overscan: OVERSCAN,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeightPx,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: (rows) => onItems(rows.getVirtualItems()),
  };
}
