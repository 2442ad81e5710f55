import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sendGuestList, type Progress } from './importList';
import { FakeRequest } from './requests';

let told: Progress[];

beforeEach(() => {
  told = [];
  FakeRequest.made = [];
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const file = new File(['name\nAda'], 'list.csv');
const send = () => sendGuestList('e1', { file, dryRun: true, mapping: { 2: 'name', 0: '' }, hasHeader: false }, (p) => told.push(p));

it('what the organiser said of the file goes along', () => {
  send();
  expect(FakeRequest.last.path).toBe('/api/v1/events/e1/import');
  expect(FakeRequest.last.headers.Accept).toBe('application/x-ndjson');
  const { form } = FakeRequest.last;
  expect([form.get('dry_run'), form.get('has_header'), form.get('mapping')]).toEqual(['true', 'false', '{"0":"","2":"name"}']);
});

it('bytes sent and rows done are told as they come, also when a line comes in two parts', async () => {
  const { answer } = send();
  FakeRequest.last.upload.onprogress?.({ loaded: 5, total: 10 });
  FakeRequest.last.say('{"done": 0, "total"');
  FakeRequest.last.say(': 900}\n{"done": 500, "total": 900}\n{"summ');
  FakeRequest.last.say('ary": {"created": 3}}\n');
  FakeRequest.last.end();
  expect(told).toEqual([
    { of: 'file', done: 5, total: 10 },
    { of: 'rows', done: 500, total: 900 },
  ]);
  expect(await answer).toEqual({ created: 3 });
});

it('an error in the last line is a problem with the words of the server', async () => {
  const { answer } = send();
  FakeRequest.last.end({ error: { code: 'empty', message: 'The file is empty.', field: 'file' } });
  await expect(answer).rejects.toMatchObject({ code: 'empty', message: 'The file is empty.', field: 'file' });
});

it.each([
  ['<html>Too large</html>', 413],
  ['', 502],
  ['{"done": 1, "total": 2}\n', 200],
])('an answer %j that is not ours is a problem too', async (text, status) => {
  const { answer } = send();
  FakeRequest.last.say(text);
  FakeRequest.last.end(undefined, status);
  await expect(answer).rejects.toMatchObject({ code: 'broken', status });
});

it('no network and a long silence both end it', async () => {
  vi.useFakeTimers();
  const cut = send().answer;
  FakeRequest.last.onerror?.();
  await expect(cut).rejects.toMatchObject({ code: 'offline' });
  const silent = send().answer;
  vi.advanceTimersByTime(100_000);
  FakeRequest.last.say('{"done": 1, "total": 2}\n');
  vi.advanceTimersByTime(119_000);
  expect(FakeRequest.last.aborted).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(FakeRequest.last.aborted).toBe(true);
  await expect(silent).rejects.toMatchObject({ code: 'offline' });
});
