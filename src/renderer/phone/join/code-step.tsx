import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CODE_LENGTH, type CodeFault, toJoinCode } from './redeem-code';
import { Step } from './step';

const FORM = 'code';

interface CodeStepProps {
  /** Why the last code did not do. */
  readonly fault: CodeFault | null;
  readonly isBusy: boolean;
  readonly use: (code: string) => void;
  readonly onBack: (() => void) | null;
  /** Below the main button. */
  readonly other?: ReactNode;
}

/** For who cannot scan: the code below the QR code. */
export function CodeStep({ fault, isBusy, use, onBack, other }: CodeStepProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const isWhole = code.length === CODE_LENGTH;
  return (
    <Step
      phase="reach"
      title={t('join.code.title')}
      lead={t('join.code.lead')}
      onBack={onBack}
      actions={
        <>
          <button type="submit" form={FORM} className="button button-main" disabled={!isWhole || isBusy}>
            {t('join.code.send')}
          </button>
          {other}
        </>
      }
    >
      <form
        id={FORM}
        className="field"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) use(code);
        }}
      >
        <label htmlFor="join-code">{t('join.code.label')}</label>
        <input
          id="join-code"
          className="input input-code"
          dir="ltr"
          value={code}
          onChange={(event) => setCode(toJoinCode(event.currentTarget.value))}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          enterKeyHint="go"
          spellCheck={false}
          aria-invalid={fault !== null}
          aria-describedby={fault ? 'join-code-fault' : undefined}
        />
        {fault && (
          <p className="notice notice-bad" role="alert" id="join-code-fault">
            {t(`join.code.${fault}`)}
          </p>
        )}
      </form>
    </Step>
  );
}
