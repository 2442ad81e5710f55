import '../ui/base.css';
import './scanner.css';
import { mount } from 'svelte';
import type { ScannerPage } from '../live/contract';
import App from './App.svelte';
import { keepPage } from './worker';

const page = JSON.parse(document.getElementById('page')!.textContent!) as ScannerPage;

mount(App, { target: document.getElementById('app')! });
void keepPage(page.build);
