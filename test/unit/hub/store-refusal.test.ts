import { expect, test } from 'vitest';
import { HubError } from '../../../src/common/contract/errors';
import { askStore } from '../../../src/main/hub/store-refusal';
import { StoreError } from '../../../src/main/store';

test.each([
  [new StoreError('not_found', 'There is no session "x".'), 'not_found', 'There is no session "x".'],
  [new StoreError('storage_unavailable', 'The disk is full.'), 'storage_unavailable', 'The disk is full.'],
  [new StoreError('closed', 'closed'), 'storage_unavailable', 'The hub is shutting down.'],
])('%s is said as %s', async (refusal, code, message) => {
  const error = await askStore(Promise.reject(refusal)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HubError);
  expect(error).toMatchObject({ code, message });
});

test.each([new StoreError('internal', 'a bug'), new TypeError('a bug'), new HubError('conflict', 'no')])(
  '%s stays what it is',
  async (error) => {
    await expect(askStore(Promise.reject(error))).rejects.toBe(error);
  },
);

test('an answer is an answer', async () => {
  await expect(askStore(Promise.resolve(5))).resolves.toBe(5);
});
