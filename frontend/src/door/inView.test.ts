import { expect, it } from 'vitest';
import { createInView } from './inView';

it('a ticket held up to the camera is one scan, however long', () => {
  const view = createInView();
  const looks = [0, 150, 300, 2000, 4500, 7000, 9900].map((at) => view.isNew('ticket', at));
  expect(looks).toEqual([true, false, false, false, false, false, false]);
});

it('the same ticket is a new scan after it was out of view for 3 seconds', () => {
  const view = createInView();
  expect([0, 3001].map((at) => view.isNew('ticket', at))).toEqual([true, true]);
});

it('two tickets side by side are two scans', () => {
  const view = createInView();
  expect(['one', 'two', 'one', 'two'].map((text, at) => view.isNew(text, at))).toEqual([true, true, false, false]);
});
