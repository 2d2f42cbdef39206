import { expect, type Page } from '@playwright/test';

/** Goes through whatever steps the page has before it sends, as a person in a hurry: a name, then the main button. */
export async function startPhone(page: Page, name = 'Ann'): Promise<void> {
  const link = page.getByTestId('link');
  const delivered = page.getByTestId('delivered');
  const main = page.locator('button.button-main:enabled').first();
  await expect(async () => {
    const field = page.getByLabel('Your name');
    if (await field.isVisible()) await field.fill(name);
    if (await main.isVisible()) await main.click({ timeout: 1_000 });
    await expect(link.or(delivered).first()).toBeVisible({ timeout: 500 });
    // What is left from last time is counted before it starts, too.
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeHidden({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

/** The page's own count. */
export const countOf = async (page: Page, name: 'captured' | 'delivered' | 'waiting'): Promise<number> =>
  Number(((await page.getByTestId(name).textContent()) ?? '').replaceAll(/\D/g, ''));
