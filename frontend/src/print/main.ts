/** A page to print: words are made to fit their boxes, a change of paper shows at once, and a button prints. */
import './print.css';
import { fit } from './fit';

const form = document.querySelector('form')!;
form.querySelector<HTMLButtonElement>('.show')!.hidden = true;
form.addEventListener('change', () => form.requestSubmit());

const button = form.querySelector<HTMLButtonElement>('.print');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

void document.fonts.ready.then(() => {
  fit(document.querySelectorAll<HTMLElement>('[data-fit]'));
  document.documentElement.dataset.fitted = '';
});
