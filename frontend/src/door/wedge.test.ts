import { expect, it } from 'vitest';
import { createWedge, type Wedge } from './wedge';

function type(wedge: Wedge, text: string, gap: number, start = 0): string | null {
  let scanned: string | null = null;
  [...text, 'Enter'].forEach((key, index) => {
    scanned = wedge.key(key, start + index * gap);
  });
  return scanned;
}

it('fast keystrokes that end in Enter are a scan', () => {
  expect(type(createWedge(), 'A7K2-9QXM', 8)).toBe('A7K2-9QXM');
});

it('a person typing is never taken for a scanner', () => {
  expect(type(createWedge(), 'A7K2-9QXM', 140)).toBeNull();
});

it('what a person typed before does not stick to the scan', () => {
  const wedge = createWedge();
  wedge.key('x', 0);
  expect(type(wedge, 'A7K29QXM', 8, 500)).toBe('A7K29QXM');
});

it('a fast double press and Enter is too short to be a ticket', () => {
  expect(type(createWedge(), 'ab', 8)).toBeNull();
});

it('Shift and other named keys leave no trace', () => {
  const wedge = createWedge();
  const keys = ['Shift', 'A', 'Shift', 'B', 'c', '1', '2', '3', 'Enter'];
  expect(keys.map((key, index) => wedge.key(key, index * 8)).at(-1)).toBe('ABc123');
});

it('two scans in a row are two scans', () => {
  const wedge = createWedge();
  expect(type(wedge, 'FIRST-ONE', 8)).toBe('FIRST-ONE');
  expect(type(wedge, 'SECOND-ONE', 8, 90)).toBe('SECOND-ONE');
});
