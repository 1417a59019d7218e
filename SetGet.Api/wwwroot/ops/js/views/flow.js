// The first view: what flows per second, and what waits in the queues.
import { h, fill } from '../dom.js';
import { call } from '../api.js';
import { poll } from '../poll.js';
import { chart } from '../chart.js';
import { say } from '../ui.js';
import { compact, count, plural, rate, span } from '../format.js';

const SERIES = [
  ['accepted', 'Accepted', 'by the API'],
  ['stored', 'Stored', 'by the workers'],
  ['read', 'Read', 'by readers'],
  ['deadLettered', 'Dead-lettered', 'failed for good'],
];
const WINDOWS = [[180, '3 min'], [900, '15 min']];
const NOW_SECONDS = 10;

export function flow(main) {
  let range = WINDOWS[0][0];
  const cards = Object.fromEntries(SERIES.map(([name, title, note]) => [name, rateCard(name, title, note)]));
  const live = h('span', { class: 'live idle', role: 'status' }, 'Reading…');
  const windows = h('div', { class: 'segments', role: 'group', 'aria-label': 'Time shown' });
  const queues = [queuePanel(), deadPanel()];
  const faults = new Map();

  const report = (source, error) => {
    if (error) faults.set(source, say(error)); else faults.delete(source);
    const text = faults.size ? [...new Set(faults.values())].join(' ') : 'Live';
    if (live.textContent !== text) live.textContent = text;
    live.className = faults.size ? 'live bad' : 'live';
  };
  const ask = (source, path, query, use) => async signal => {
    try {
      use(await call('GET', path, { query: query(), signal }));
      report(source, null);
      return true;
    } catch (error) {
      if (error.name !== 'AbortError') report(source, error);
      return false;
    }
  };
  const flows = poll(ask('flow', '/ops/api/flow', () => ({ seconds: range }), data => { SERIES.forEach(([name]) => cards[name].draw(data, range)); queues[0].drawWait(data.wait); }), 2000);
  const depths = poll(ask('queues', '/ops/api/queues', () => ({}), data => queues.forEach(panel => panel.draw(data))), 3000);

  const choose = chosen => {
    range = chosen;
    for (const option of windows.children) option.setAttribute('aria-pressed', Number(option.value) === range);
    flows.now();
  };
  fill(windows, WINDOWS.map(([value, text]) => h('button', { type: 'button', value, on: { click: () => choose(value) } }, text)));
  choose(range);

  fill(main,
    h('div', { class: 'head' },
      h('div', { class: 'grow' }, h('h1', { tabindex: '-1' }, 'Traffic'), h('p', {}, 'Events per second over all processes, two seconds ago. What comes through API Gateway first counts when it is stored.')),
      h('div', { class: 'row' }, live, windows)),
    h('div', { class: 'stack' }, h('div', { class: 'rates' }, Object.values(cards)), queues));
  return () => { flows.stop(); depths.stop(); };
}

function rateCard(name, title, note) {
  const now = h('p', { class: 'rate-now' }, '–', h('small', {}, '/s'));
  const sum = h('p', { class: 'rate-sum' }, `Reading what was ${title.toLowerCase()} ${note}…`);
  const at = h('span', { class: 'rate-at' });
  let shown = null;
  const picture = chart(`${title} per second`, index => {
    at.textContent = index === null || !shown ? '' : `${rate(shown.values[index])}/s · ${span((shown.values.length - 1 - index) * shown.step * 1000)} ago`;
  });
  const card = h('section', { class: `panel rate series-${name}`, 'aria-label': `${title} per second` },
    h('div', { class: 'rate-head' }, h('h2', {}, title), at), now, sum, picture);
  card.draw = (data, range) => {
    shown = thin(data[name], range > 300 ? 5 : 1);
    const total = data[name].reduce((a, b) => a + b, 0);
    const last = mean(data[name].slice(-NOW_SECONDS));
    now.firstChild.data = rate(last);
    sum.textContent = `${compact(total)} in ${range / 60} min, ${note}`;
    picture.draw(shown.values, `${rate(last)} now, at most ${rate(Math.max(...shown.values, 0))} in the last ${range / 60} minutes`);
  };
  return card;
}

const mean = values => values.length ? values.reduce((a, b) => a + b, 0) / values.length : 0;

/** Means over `step` seconds each: a chart of 900 points would only show noise. */
function thin(values, step) {
  if (step === 1) return { values, step };
  const means = [];
  for (let at = values.length % step; at < values.length; at += step) means.push(mean(values.slice(at, at + step)));
  return { values: means, step };
}

function queuePanel() {
  const waiting = figure('Waiting', 'Messages that a worker may receive now.');
  const inFlight = figure('In flight', 'Received by a worker, not yet stored.');
  const delayed = figure('Delayed', 'Not yet due.');
  const eldest = figure('Oldest message', 'Reading the queue…');
  const panel = h('section', { class: 'panel', 'aria-label': 'Queue' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Queue'), h('p', {}, 'Between acceptance and the workers. SQS counts approximately.'))),
    h('dl', { class: 'figures' }, waiting, inFlight, delayed, eldest));
  let queue = { visible: 0, inFlight: 0 }, wait = null;
  const drawOldest = () => eldest.draw(...oldest(queue, wait));
  panel.drawWait = next => { wait = next; drawOldest(); };
  panel.draw = ({ events }) => {
    queue = events;
    waiting.draw(compact(events.visible));
    inFlight.draw(compact(events.inFlight));
    delayed.draw(compact(events.delayed));
    drawOldest();
  };
  return panel;
}

/** SQS tells a message's age only to whom it gives the message: what the page can know is how long the last received ones had waited. */
function oldest({ visible, inFlight }, wait) {
  const past = wait && (wait.secondsAgo < 5 ? 'just now' : `${span(wait.secondsAgo * 1000)} ago`);
  if (visible + inFlight === 0 && !(wait?.secondsAgo < 5))
    return ['none', wait ? `The queue is empty. What workers received ${past} had waited ${span(wait.milliseconds)}.` : 'The queue is empty.'];
  if (!wait) return ['–', 'No worker has received a message in the last minutes: is one running?'];
  if (wait.secondsAgo > 15 && visible > 0) return ['unknown', `No worker has received one for ${span(wait.secondsAgo * 1000)}: is one running?`];
  return [span(wait.milliseconds), `When it was received, of what workers received ${past}. What still waits may be older.`];
}

function deadPanel() {
  const text = h('p', {}, 'Reading the dead-letter queue…');
  const badge = h('span', { class: 'badge', hidden: true });
  const panel = h('section', { class: 'panel', 'aria-label': 'Dead letters' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Dead letters'), text), badge, h('a', { class: 'button slim', href: '#/dead-letters' }, 'Open')));
  panel.draw = ({ deadLetters }) => {
    const total = deadLetters.visible + deadLetters.inFlight + deadLetters.delayed;
    text.textContent = total === 0 ? 'None: every message could be processed.'
      : `${plural(total, 'message')} could not be processed. None is lost: look, mend the cause, redrive.`;
    badge.hidden = false;
    badge.textContent = total === 0 ? 'all clear' : count(total);
    badge.className = `badge ${total === 0 ? 'good' : 'bad'}`;
  };
  return panel;
}

function figure(name, note) {
  const value = h('span', {}, '–');
  const text = h('p', {}, note);
  const node = h('div', { class: 'figure' }, h('dt', {}, name), h('dd', {}, value, text));
  node.draw = (next, nextNote) => {
    value.textContent = next;
    if (nextNote !== undefined && text.textContent !== nextNote) text.textContent = nextNote;
  };
  return node;
}
