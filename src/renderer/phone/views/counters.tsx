import { usePhone } from '../stores/phone-store';
import { toReasonText } from './engine-words';

interface CounterProps {
  readonly name: 'captured' | 'delivered' | 'waiting';
  readonly value: number;
}

// role=status names the number for assistive technology; aria-live is off, as it would speak every second.
const Counter = ({ name, value }: CounterProps) => (
  <div className="counter" data-name={name} data-some={value > 0} data-long={value > 99_999}>
    <span className="counter-name" id={`counter-${name}`}>
      {name}
    </span>
    <span
      className="counter-value"
      role="status"
      aria-live="off"
      aria-labelledby={`counter-${name}`}
      data-testid={name}
    >
      {value}
    </span>
  </div>
);

/** Captured = delivered + refused + waiting, and a bar of how much of it the hub has. */
export function Counters() {
  const { counts, refusal } = usePhone();
  const share = counts.captured === 0 ? 0 : counts.delivered / counts.captured;
  return (
    <section className="counters" aria-label="Frames">
      <div className="counters-row">
        <Counter name="captured" value={counts.captured} />
        <Counter name="delivered" value={counts.delivered} />
        <Counter name="waiting" value={counts.waiting} />
      </div>
      <div className="counters-bar" aria-hidden="true">
        <div className="counters-bar-done" style={{ transform: `scaleX(${share})` }} />
      </div>
      {counts.refused > 0 && (
        <p className="counters-refused" role="status">
          <strong data-testid="refused">{counts.refused}</strong> refused by the hub
          {refusal ? `: ${toReasonText(refusal)}` : ''}
        </p>
      )}
    </section>
  );
}
