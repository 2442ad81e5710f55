/** The steps at a poster that few people take, in a file of their own. */
export { default as Inside } from './Inside.svelte';
export { default as MailCode } from './MailCode.svelte';
export { default as Spent } from './Spent.svelte';
