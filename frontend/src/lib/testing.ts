/** Before any test: every catalogue of words is fetched, in English. */
import { spoken } from './text';

await Promise.all(Object.values(import.meta.glob(['../**/text.ts', '../**/*-text.ts', './why.ts'])).map((load) => load()));
await spoken();
