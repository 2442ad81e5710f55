import '../ui/base.css';
import './console.css';
import { mount } from 'svelte';
import type { ConsolePage } from '../live/contract';
import App from './App.svelte';

const page = JSON.parse(document.getElementById('page')!.textContent!) as ConsolePage;

mount(App, { target: document.getElementById('app')!, props: page });
