import { describe, expect, it } from 'vitest';
import { asCode, pairingIn, readScan } from './secret';

describe('what a scanner read', () => {
  it('is the fragment of a ticket link, or the text itself', () => {
    const texts = ['https://example.org/t#S3cret_-x', ' S3cret_-x\n', 'K7QX-2M4P', 'a#b#c'];
    expect(texts.map(readScan)).toEqual(['S3cret_-x', 'S3cret_-x', 'K7QX-2M4P', 'b#c']);
  });

  it('is nothing when no ticket can be like that', () => {
    expect(['', '   ', 'x'.repeat(121), 'a\u0000b', 'a\nb'].map(readScan)).toEqual(['', '', '', '', '']);
    expect([...readScan('🎉'.repeat(120))].length).toBe(120);
  });

  it('is the same code with or without dashes, spaces and capitals', () => {
    expect(['K7QX-2M4P', 'k7qx 2m4p', 'K7QX2M4P'].map(asCode)).toEqual(['K7QX2M4P', 'K7QX2M4P', 'K7QX2M4P']);
  });

  it('is the digit where somebody typed the letter that looks like it', () => {
    expect(['oIl0-11aa'].map(asCode)).toEqual(['011011AA']);
  });

  it('is a pairing link only with our path and a code', () => {
    const links = ['https://example.org/scan/#abcDEF_-12345', '/scan/#abcDEF_-12345', 'https://example.org/t#abcDEF_-12345', '/scan/', '/scan/#x y'];
    expect(links.map(pairingIn)).toEqual(['abcDEF_-12345', 'abcDEF_-12345', null, null, null]);
  });
});
