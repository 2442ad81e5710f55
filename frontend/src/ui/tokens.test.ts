import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

type Palette = Record<string, string>;

/** The colours of the n-th :root block. */
function palette(selector: RegExp, base: Palette = {}): Palette {
  const block = css.slice(css.search(selector)).split('}')[0]!;
  const found = [...block.matchAll(/--((?:color|topic)-[\w-]+):\s*(#[0-9a-f]{6})/g)];
  return { ...base, ...Object.fromEntries(found.map(([, name, value]) => [name, value])) };
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const light = palette(/^:root \{/m);
const dark = palette(/^ {2}:root \{/m);
const hall = palette(/^:root\[data-surface='screen'\] \{/m);

const GROUNDS = ['page', 'surface', 'sunken'];
const WORDS = ['text', 'text-soft', 'primary', 'accent', 'good', 'warn', 'bad'];
const PAIRS = [
  ...WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground])),
  ...['primary', 'accent', 'good', 'warn', 'bad'].flatMap((tone) => [
    [tone, `${tone}-wash`],
    ['text', `${tone}-wash`],
    ['text-soft', `${tone}-wash`],
  ]),
  ['on-primary', 'primary'],
  ['on-primary', 'primary-strong'],
];

const tooWeak = (colours: Palette, pairs: string[][], least: number) =>
  pairs
    .map(([a, b]) => ({ a, b, ratio: contrast(colours[`color-${a}`]!, colours[`color-${b}`]!) }))
    .filter(({ ratio }) => ratio < least);

describe.each([
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['hall', hall, 7],
] as const)('%s', (_, colours, least) => {
  test(`words stand out ${least}:1 on every ground`, () => expect(tooWeak(colours, PAIRS, least)).toEqual([]));

  test('borders of controls and focus rings stand out 3:1', () => {
    const pairs = ['control', 'focus'].flatMap((line) => ['page', 'surface'].map((ground) => [line, ground]));
    expect(tooWeak(colours, pairs, 3)).toEqual([]);
  });

  test('topic dots stand out 3:1', () => {
    const dots = Object.keys(colours).filter((name) => name.startsWith('topic-'));
    const weak = dots.filter((dot) =>
      GROUNDS.some((ground) => contrast(colours[dot]!, colours[`color-${ground}`]!) < 3),
    );
    expect([dots.length, weak]).toEqual([10, []]);
  });
});
