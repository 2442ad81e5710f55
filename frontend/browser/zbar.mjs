// Reads QR codes from grey pixels on stdin (one byte each, rows from the top) and prints [{text, points}] as JSON.
//   node zbar.mjs WIDTH HEIGHT < pixels
import { buffer } from 'node:stream/consumers';
import { scanGrayBuffer } from '@undecaf/zbar-wasm';

const [width, height] = process.argv.slice(2).map(Number);
const pixels = await buffer(process.stdin);
const found = await scanGrayBuffer(new Uint8Array(pixels).buffer, width, height);
console.log(JSON.stringify(found.map((code) => ({ text: code.decode(), points: code.points }))));
