import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Long enough that no pocket and no glove does it, ms. */
const HOLD_MS = 2_000;
/** A press shorter than this was meant as a tap: who cannot hold (or uses a screen reader) is asked instead. */
const TAP_MS = 500;

interface HoldButtonProps {
  readonly className: string;
  /** Shown; `isHolding` while the finger is down. */
  readonly children: (isHolding: boolean) => ReactNode;
  readonly done: () => void;
  readonly tapped: () => void;
}

/** Acts after it was held for 2 s; let go before that, nothing happens. The filling edge shows how far it is. */
export function HoldButton({ className, children, done, tapped }: HoldButtonProps) {
  const [isHolding, setIsHolding] = useState(false);
  const hold = useRef<{ timer: ReturnType<typeof setTimeout>; startedAtMs: number } | null>(null);
  const wasHeld = useRef(false);
  const letGo = (): void => {
    if (hold.current) {
      clearTimeout(hold.current.timer);
      wasHeld.current = Date.now() - hold.current.startedAtMs > TAP_MS;
    }
    hold.current = null;
    setIsHolding(false);
  };
  useEffect(() => () => clearTimeout(hold.current?.timer), []);
  const press = (): void => {
    letGo();
    navigator.vibrate?.(40);
    const timer = setTimeout(() => {
      letGo();
      wasHeld.current = true;
      navigator.vibrate?.([200, 80, 200]);
      done();
    }, HOLD_MS);
    hold.current = { timer, startedAtMs: Date.now() };
    setIsHolding(true);
  };
  return (
    <button
      type="button"
      className={`button hold ${className}`}
      data-holding={isHolding}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      }}
      onPointerUp={letGo}
      onPointerCancel={() => {
        letGo();
        // No click follows: the next one is meant.
        wasHeld.current = false;
      }}
      onContextMenu={(event) => event.preventDefault()}
      onClick={({ detail }) => {
        // By keyboard or screen reader nothing was held.
        if (detail === 0 || !wasHeld.current) tapped();
        wasHeld.current = false;
      }}
    >
      <span className="hold-fill" aria-hidden="true" />
      <span className="hold-words">{children(isHolding)}</span>
    </button>
  );
}
