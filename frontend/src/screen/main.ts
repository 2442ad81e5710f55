import '../ui/base.css';
import { start } from '../lib/start';
import App from './App.svelte';

void start(App, {});

addEventListener('hashchange', () => location.reload());
