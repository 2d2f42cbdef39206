import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface SheetProps {
  readonly title: string;
  readonly close: () => void;
  readonly children?: ReactNode;
  /** Under the thumb. */
  readonly actions?: ReactNode;
}

/** Comes up from below over everything. The browser's own dialog keeps the focus inside and gives it back. */
export function Sheet({ title, close, children, actions }: SheetProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const latestClose = useRef(close);
  const id = useId();
  useEffect(() => {
    latestClose.current = close;
  });
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (!element.open) element.showModal();
    // Not the first button: what opened is what is read out.
    heading.current?.focus();
    // The dialog itself is hit only beside what is in it.
    const beside = (event: MouseEvent): void => {
      if (event.target === element) latestClose.current();
    };
    element.addEventListener('click', beside);
    return () => {
      element.removeEventListener('click', beside);
      element.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div className="sheet-body">
        <header className="sheet-header">
          <h2 className="sheet-title" id={id} tabIndex={-1} ref={heading}>
            {title}
          </h2>
          <button type="button" className="icon-button" aria-label={t('common.close')} onClick={close}>
            <IconX size={24} aria-hidden="true" />
          </button>
        </header>
        {children}
        {actions && <div className="sheet-actions">{actions}</div>}
      </div>
    </dialog>
  );
}
