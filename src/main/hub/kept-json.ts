/** JSON that the hub kept in its settings. What a failing disk made unreadable of it was never there: the hub starts. */
export function keptJson<T>(json: string | undefined, otherwise: T): T {
  if (json === undefined || json === '') return otherwise;
  try {
    return JSON.parse(json) as T;
  } catch {
    return otherwise;
  }
}
