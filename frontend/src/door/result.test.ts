import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../live/http';
import { timeOfDay } from '../lib/time';
import { resultOfAnswer, resultOfProblem } from './result';

const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
const answer = { at: at('18:10'), message: 'What the server says.', name: 'Ada Lovelace', attendee: 'a1' };

describe('what the door shows', () => {
  it('greets by first name and shows the whole name beneath', () => {
    expect(resultOfAnswer({ ...answer, code: 'entry', outcome: 'entry' })).toEqual({
      verdict: 'in',
      title: 'Welcome, Ada',
      detail: 'Ada Lovelace',
    });
  });

  it('says since when somebody is in, and does not call it an error', () => {
    expect(resultOfAnswer({ ...answer, code: 'already_in', outcome: 'already_in', since: at('18:04') })).toEqual({
      verdict: 'notice',
      title: `Ada is already in, since ${timeOfDay(at('18:04'))}`,
      detail: 'Ada Lovelace',
    });
  });

  it('refuses with what the server says to do next', () => {
    expect(resultOfProblem(new ApiProblem(404, 'unknown', 'Try the code from the mail.'))).toEqual({
      verdict: 'stop',
      title: 'Unknown ticket',
      detail: 'Try the code from the mail.',
    });
  });

  it('an error that is no outcome of the door is told as it is', () => {
    expect(resultOfProblem(new ApiProblem(429, 'throttled', 'Wait 20 seconds.'))).toEqual({
      verdict: 'stop',
      title: 'Not checked in',
      detail: 'Wait 20 seconds.',
    });
  });
});
