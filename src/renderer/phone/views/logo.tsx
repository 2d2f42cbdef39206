/** The mark of resources/icon.svg without its tile, in the colour of the text and the accent. */
export function Logo() {
  return (
    <svg className="logo" viewBox="76 100 360 292" aria-hidden="true">
      <path
        className="logo-bird"
        d="M330 118c-47 0-82 30-91 74l-3 14c-6 27-24 48-51 60l-94 43c-10 5-7 19 4 19h158c78 0 139-58 139-134v-9l40-20c7-4 6-14-2-16l-44-9c-12-14-33-22-56-22Z"
      />
      <path className="logo-legs" d="M222 318V364M268 318V364" />
      <path className="logo-line" d="M88 366H424" />
    </svg>
  );
}
