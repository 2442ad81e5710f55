// Unpacks the packed Chromium with its libraries and a font: node unpack.mjs FOLDER
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const folder = process.argv[2];
const partial = `${folder}.partial`;
rmSync(partial, { recursive: true, force: true });
mkdirSync(partial, { recursive: true });

// The package reads both when it is imported: where to unpack, and that the libraries are wanted too.
process.env.TMPDIR = partial;
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');
await chromium.executablePath();

// On a machine without any font a page's text has no height; the package's own file expects /tmp/fonts.
writeFileSync(
  `${partial}/fonts/fonts.conf`,
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`,
);

// Renamed last, so that an interrupted unpacking is never taken for a whole browser.
renameSync(partial, folder);
