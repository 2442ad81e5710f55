/** Telling the person at the door without their looking: a short sound and a buzz, different for in, notice and stop. */
import type { Verdict } from './verdict';

const TONES: Record<Verdict, number[]> = { in: [660, 880], notice: [520, 520], stop: [196] };
const BUZZES: Record<Verdict, number[]> = { in: [60], notice: [60, 60, 60], stop: [300] };
const TONE_SECONDS = { in: 0.09, notice: 0.09, stop: 0.35 };

let audio: AudioContext | undefined;

export function signal(verdict: Verdict): void {
  navigator.vibrate?.(BUZZES[verdict]);
  if (typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  // Browsers keep the sound off until the page was touched once.
  void audio.resume();
  TONES[verdict].forEach((tone, index) => beep(audio!, tone, index * 0.12, TONE_SECONDS[verdict]));
}

function beep(context: AudioContext, tone: number, after: number, seconds: number): void {
  const begins = context.currentTime + after;
  const oscillator = new OscillatorNode(context, { frequency: tone });
  const gain = new GainNode(context, { gain: 0.15 });
  gain.gain.setTargetAtTime(0, begins + seconds, 0.02);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(begins);
  oscillator.stop(begins + seconds + 0.15);
}
