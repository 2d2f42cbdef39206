/** The mark: a bird on its perch. */
export function PerchMark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="6" fill="#0e7c7b" />
      <path
        d="M6 8.6C6 6.6 7.6 5 9.7 5c2.3 0 3.7 1.5 3.9 3.6l.2 1.6 5 4.6-5.3.4c-.9.7-2 1.1-3.1 1.1C7.6 16.3 6 14 6 11.2V8.6Z"
        fill="#fff"
      />
      <circle cx="9.4" cy="8.4" r="1" fill="#0e7c7b" />
      <path d="M4 19h16" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
