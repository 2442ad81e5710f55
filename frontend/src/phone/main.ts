import '../ui/base.css';
import type { PhonePage } from '../live/contract';
import { start } from '../lib/start';
import App from './App.svelte';

const page = JSON.parse(document.getElementById('page')!.textContent!) as PhonePage;

void start(App, { page });

// Another link opened in the same tab changes the fragment only; a page belongs to one ticket.
addEventListener('hashchange', () => location.reload());
