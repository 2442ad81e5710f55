/** The language this page speaks. The server has chosen it, by its cookie or by what the browser asks for, so that its answers match. */
import type { Language } from '../live/contract';

/** Each by its own name. A further one also needs its catalogues, words/<language>.ts. */
export const LANGUAGES: Record<Language, string> = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' };

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

let spoken = known(document.documentElement.lang) ?? 'en';

function known(language: string): Language | null {
  return language in LANGUAGES ? (language as Language) : null;
}

export function language(): Language {
  return spoken;
}

/** The reader's own variety of it, as in "en-GB": dates and clocks are written as they are used to. Some browsers list what is none. */
export function locale(): string {
  const variety = new RegExp(`^${spoken}(-[a-z0-9]{2,8})*$`, 'i');
  return navigator.languages.find((wanted) => variety.test(wanted)) ?? spoken;
}

/** For the page as it stands: what speaks of it is `speak` in ./text. */
export function settle(on: Language): void {
  spoken = on;
  document.documentElement.lang = on;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(on) ? 'rtl' : 'ltr';
}

/** The reader's own choice, kept where the server finds it. The page starts anew in it. */
export function choose(on: Language): void {
  document.cookie = `django_language=${on}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}

/** A formatter of the language spoken, made when first asked for and anew in another language. */
export function localised<Formatter>(make: (locale: string) => Formatter): () => Formatter {
  let made: Formatter;
  let madeFor = '';
  return () => {
    if (madeFor !== locale()) {
      madeFor = locale();
      made = make(madeFor);
    }
    return made;
  };
}
