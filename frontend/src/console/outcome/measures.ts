/** What an evening is measured by, and what of it an organiser may set out to reach. */
import { localised } from '../../lib/language';
import type { Figure, Measure, OutcomeReport } from '../../live/contract';
import type { Target } from '../api';

export const MEASURES: Measure[] = ['seated_soon', 'topic_cover', 'introduced', 'followed_up', 'pitched', 'worth'];

/** More than this many at once is no aim but a wish list. */
export const MOST_TARGETS = 4;

/** What a good evening may well reach, to begin from. */
const SUGGESTED: Record<Measure, number> = {
  seated_soon: 0.8,
  topic_cover: 0.9,
  introduced: 0.4,
  followed_up: 0.5,
  pitched: 0.05,
  worth: 0.8,
};
const SUGGESTED_FIRST: Measure[] = ['seated_soon', 'introduced', 'followed_up', 'pitched'];

/** Of this one the less the better, of all others the more. */
export const isCeiling = (measure: Measure): boolean => measure === 'pitched';

/** One line of the form: chosen or not, in percent as it is typed. */
export interface Choice {
  measure: Measure;
  chosen: boolean;
  percent: number | null;
}

/** A line for each measure: as the targets that were set, else as suggested. */
export function choices(targets: Target[]): Choice[] {
  const known = new Map(targets.map(({ measure, value }) => [measure, value]));
  return MEASURES.map((measure) => ({
    measure,
    chosen: targets.length ? known.has(measure) : SUGGESTED_FIRST.includes(measure),
    percent: Math.round(100 * (known.get(measure) ?? SUGGESTED[measure])),
  }));
}

/** What is sent; what is no number goes as it is, since the server knows the bounds and says them. */
export function targetsOf(lines: Choice[]): Target[] {
  return lines.filter(({ chosen }) => chosen).map(({ measure, percent }) => ({ measure, value: percent === null ? -1 : percent / 100 }));
}

export interface Standing {
  measure: Measure;
  figure: Figure;
  /** null: nothing was set out to be reached. */
  target: { value: number; met: boolean | null } | null;
}

const NOT_YET = { value: null, of: null, why_hidden: 'not_yet' } as const;

/** All measures, those with a target first. */
export function standings({ figures, targets }: Pick<OutcomeReport, 'figures' | 'targets'>): Standing[] {
  const all = MEASURES.map((measure) => ({
    measure,
    figure: figures.find((figure) => figure.measure === measure) ?? { measure, ...NOT_YET },
    target: targets.find((target) => target.measure === measure) ?? null,
  }));
  return [...all.filter(({ target }) => target), ...all.filter(({ target }) => !target)];
}

// A tenth of a percent: else 79.6 % would look like the 80 % it has missed.
const format = localised((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));

export const percent = (share: number): string => format().format(share);
