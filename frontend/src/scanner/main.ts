import '../ui/base.css';
import './scanner.css';
import type { ScannerPage } from '../live/contract';
import { start } from '../lib/start';
import App from './App.svelte';
import { keepPage } from './worker';

const page = JSON.parse(document.getElementById('page')!.textContent!) as ScannerPage;

void start(App, {});
void keepPage(page.build);
