/** So many bytes a second, and as many at once. What is over it is paid by waiting. */
export class ByteBudget {
  readonly #perS: number;
  #spent = 0;
  #atMs = 0;

  constructor(perS: number) {
    this.#perS = perS;
  }

  /** @param nowMs of a clock that does not go back. @returns for how long nothing more may be spent, ms */
  spend(bytes: number, nowMs: number): number {
    const paid = ((nowMs - this.#atMs) * this.#perS) / 1000;
    this.#atMs = nowMs;
    this.#spent = Math.max(0, this.#spent - paid) + bytes;
    return Math.max(0, ((this.#spent - this.#perS) * 1000) / this.#perS);
  }
}
