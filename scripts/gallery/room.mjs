// Every screen of the control room, in one size and theme.

/** Walks through all of it. @param shoot takes a name and keeps a picture @param ready of the hub */
export const walkRoom = async (page, ready, shoot) => {
  await page.goto(ready.console);
  await page.getByTestId('roster-row').first().waitFor();
  await showEverybody(page);
  await shoot('map');
  await page.getByRole('button', { name: 'Pair phones' }).click();
  await page.getByTestId('qr').waitFor();
  await page.waitForTimeout(400);
  await shoot('pairing');
  await close(page);
  await shootTools(page, shoot);
  await shootSessions(page, shoot);
  await shootPerson(page, shoot);
};

const showEverybody = async (page) => {
  await page.getByRole('button', { name: 'Show everybody' }).click();
  await page.mouse.move(500, 720);
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  await page.waitForTimeout(700);
};

const close = async (page) => {
  await page.keyboard.press('Escape');
  await page.waitForTimeout(350);
};

const shootTools = async (page, shoot) => {
  const tools = page.getByRole('button', { name: 'Tools' });
  await tools.click();
  await page.waitForTimeout(300);
  await shoot('tools');
  const names = await page.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  for (const name of names) {
    await tools.click();
    await page.getByRole('menuitem', { name }).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(900);
    await shoot(`tool-${name.toLowerCase().replaceAll(/\W+/g, '-')}`);
    await close(page);
  }
};

const shootSessions = async (page, shoot) => {
  await page.getByRole('button', { name: 'Sessions' }).click();
  await page.waitForTimeout(500);
  await shoot('sessions');
  const menu = page.getByRole('button', { name: /^(More|Actions|Menu)/ }).last();
  if (await menu.isVisible()) {
    await menu.click();
    await page.waitForTimeout(300);
    await shoot('sessions-menu');
    await close(page);
  }
  await close(page);
  await page.getByRole('button', { name: 'Session: rename, start, stop' }).click();
  await page.waitForTimeout(300);
  await shoot('session-menu');
  await page.getByRole('menuitem', { name: 'Stop this session…' }).click();
  await page.waitForTimeout(400);
  await shoot('session-stop');
  await close(page);
  await page.getByRole('button', { name: /^Alerts/ }).click();
  await page.waitForTimeout(400);
  await shoot('alerts');
  await close(page);
};

const shootPerson = async (page, shoot) => {
  await page.getByTestId('roster-row').filter({ hasText: 'Ben' }).click();
  await page.getByTestId('detail').waitFor();
  await showEverybody(page);
  await shoot('detail-top');
  const scroller = page.getByTestId('detail').locator('.mantine-ScrollArea-viewport');
  await scroller.evaluate((element) => element.scrollTo(0, element.clientHeight - 60));
  await page.waitForTimeout(200);
  await shoot('detail-middle');
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.waitForTimeout(200);
  await shoot('detail-bottom');
  const actions = page.getByTestId('detail').getByRole('button', { name: 'Actions' });
  await actions.click();
  await page.waitForTimeout(300);
  await shoot('person-actions');
  await page.keyboard.press('Escape');
  for (const item of ['Send message…', 'Settings…', 'Remove from session…', 'Revoke keys…']) {
    await actions.click();
    await page.getByRole('menuitem', { name: item }).click();
    await page.waitForTimeout(500);
    await shoot(`person-${item.toLowerCase().replaceAll(/\W+/g, '-')}`);
    await close(page);
  }
  await page.getByTestId('roster-row').filter({ hasText: 'Ben' }).click();
};

/** The wall with as many shares as there are now. */
export const walkWall = async (page, count, shoot) => {
  await page.getByTestId('roster-row').first().waitFor();
  await page.getByText('Screens', { exact: false }).first().click();
  if (count > 0)
    await page
      .locator('[data-testid=tile][data-health=live]')
      .nth(count - 1)
      .waitFor();
  await page.waitForTimeout(500);
  await shoot(`wall-${count}`);
  if (count !== 6) return;
  await page.keyboard.press('1');
  await page.waitForTimeout(1500);
  await shoot('wall-focus');
  await page.keyboard.press('Escape');
  await page.getByText('Both', { exact: true }).click();
  await page.waitForTimeout(800);
  await shoot('wall-both');
};
