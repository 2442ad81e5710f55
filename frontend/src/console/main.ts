import '../ui/base.css';
import './console.css';
import { start } from '../lib/start';
import type { ConsolePage } from '../live/contract';
import App from './App.svelte';

const page = JSON.parse(document.getElementById('page')!.textContent!) as ConsolePage;

void start(App, page);
