import { mount } from 'svelte';
import '../ui/base.css';
import type { PhonePage } from '../live/contract';
import App from './App.svelte';

const page = JSON.parse(document.getElementById('page')!.textContent!) as PhonePage;

mount(App, { target: document.getElementById('app')!, props: { page } });

// Another link opened in the same tab changes the fragment only; a page belongs to one ticket.
addEventListener('hashchange', () => location.reload());
