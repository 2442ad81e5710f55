/** What an evening comes to later, in a file of its own. */
export { default as RoomPlan } from '../../ui/RoomPlan.svelte';
export { default as AboutMe } from './AboutMe.svelte';
export { default as After } from './After.svelte';
export { default as Calls } from './Calls.svelte';
export { default as Ended } from './Ended.svelte';
export { default as NoTicket } from './NoTicket.svelte';
export { default as Question } from './Question.svelte';
export { default as Resting } from './Resting.svelte';
export { default as SittingOut } from './SittingOut.svelte';
export { recognise } from './recognise';
