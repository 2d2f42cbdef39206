/** 0 to 1 as percent, without the noise of binary fractions (0.57 * 100 is 56.99999999999999). */
export const toPercent = (share: number): number => Math.round(share * 1e6) / 1e4;
