/** An element of the page by its id. @throws Error when the page has none: a bug of ours. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`There is no ${kind.name} "${id}" on this page.`);
  return found;
}
