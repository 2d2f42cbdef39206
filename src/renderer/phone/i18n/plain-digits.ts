/** Where the Arabic-Indic digits and the extended ones (Persian, Urdu) begin in Unicode. */
const ZEROS = [0x0660, 0x06f0] as const;

/** An Arabic keyboard types ٤٧ where others type 47: the same number. */
export function toPlainDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= ZEROS[1] ? ZEROS[1] : ZEROS[0]));
  });
}
