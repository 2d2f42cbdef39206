import { expect, test } from '../../helpers/control-room';

/** The path and fragment names of a join link: everything but the key in it. */
const keyOf = (link: string | null): string => new URL(link ?? '').hash;

test('a code to type is shown, and gone when it was used', async ({ controlRoom }) => {
  const { page } = controlRoom;
  await page.getByRole('button', { name: 'No camera? Show a code to type' }).click();
  const shown = page.getByTestId('join-code').getByRole('status');
  await expect(shown).toHaveText(/^[A-Z3-9]{4}-[A-Z3-9]{4}$/);
  const join = new URL((await page.getByTestId('qr').getAttribute('data-join-url')) ?? '');
  const answer = await fetch(`http://${join.host}/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: await shown.textContent() }),
  });
  expect(await answer.json()).toEqual({ key: join.hash.replace('#k=', '') });
  await expect(page.getByText('The code is used up or too old.')).toBeVisible();
  await expect(page.getByTestId('join-code')).toBeHidden();
});

test('the code of the pairing dialog is replaced after a question', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const qr = page.getByTestId('qr');
  const before = keyOf(await qr.getAttribute('data-join-url'));
  await page.getByRole('button', { name: 'Replace this code' }).click();
  await expect(page.getByTestId('dependents')).toContainText('Nobody here depends on it');
  await page.getByRole('button', { name: 'Replace it' }).click();
  await expect.poll(async () => keyOf(await qr.getAttribute('data-join-url'))).not.toBe(before);
});

test('badges are made of pasted names, and nothing else is on the paper', async ({ controlRoom }) => {
  const { page } = controlRoom;
  await page.getByRole('button', { name: 'Personal badges' }).click();
  await page.getByLabel('Names').fill('Ann\nBen; Chen\n');
  await page.getByRole('button', { name: 'Make 3 badges' }).click();
  await expect(page.getByTestId('badge')).toHaveCount(3);
  const links = await page
    .getByTestId('badge-qr')
    .evaluateAll((codes) => codes.map((one) => one.dataset.joinUrl ?? ''));
  expect(new Set(links).size).toBe(3);
  for (const link of links) expect(keyOf(link)).toMatch(/^#k=personal-/);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('sheet')).toBeVisible();
  await expect(page.getByLabel('Names')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await page.emulateMedia({ media: null });
});

test('a link for a teammate is made, shown, and revoked', async ({ controlRoom }) => {
  const { page } = controlRoom;
  await page.getByRole('button', { name: 'Keys and links' }).click();
  await page.getByLabel('For whom').fill('Medic');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await expect(page.getByTestId('shown-key')).toHaveAttribute('data-link', /^https:\/\/.+\/room#k=viewer-/);
  await page.keyboard.press('Escape');
  const row = page.getByTestId('made-key');
  await expect(row).toContainText('Medic');
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await expect(page.getByText('No link yet.')).toBeVisible();
});
