/** Decides which words are shown, never what is tried: user agents lie. */
export const isApplePhone = (userAgent: string): boolean => /iPhone|iPad|iPod/.test(userAgent);
