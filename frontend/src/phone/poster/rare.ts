/** The steps behind the poster's first page, in a file of their own: it comes while that page is read. */
export { default as Inside } from './Inside.svelte';
export { default as MailCode } from './MailCode.svelte';
export { default as NewHere } from './NewHere.svelte';
export { default as Spent } from './Spent.svelte';
export { default as TicketEntry } from './TicketEntry.svelte';
