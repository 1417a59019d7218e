// Dead letters: by reason, one looked at, redriven (all or one), dropped.
import { h, button, fill } from '../dom.js';
import { call, seg } from '../api.js';
import { poll } from '../poll.js';
import { confirm, dialog, empty, failed, finder, loading, moreButton, toast } from '../ui.js';
import { viewer } from '../viewer.js';
import { isJson } from '../json-text.js';
import { ago, count, plural, when } from '../format.js';
import { flowLink } from './flows.js';
import { redrivePanel } from './redrive.js';

const PAGE = 200, AGAIN_MS = 5000;

export function deadLetters(main) {
  const abort = new AbortController();
  const state = { items: [], next: null, reason: null };
  const list = h('div');
  const reasons = h('div', { class: 'reasons', role: 'group', 'aria-label': 'Filter by reason' });
  const more = h('div', { class: 'more', hidden: true });
  const summary = h('p', { role: 'status' });
  let again = 0;
  const redrive = redrivePanel(() => {
    load();
    // What fails as before comes back a moment later: that there is none is not believed at once.
    clearTimeout(again);
    again = setTimeout(() => state.items.length === 0 && load(), AGAIN_MS);
  });
  const search = finder('words', 'acme, orders, 4711 …', 'Account, flow, id, detail or message: of those that are read so far.', () => draw());

  const load = async (after = null) => {
    if (!after) { state.items = []; fill(list, loading('the dead letters')); fill(reasons); more.hidden = true; }
    try {
      const page = await call('GET', '/dead-letters', { query: { limit: PAGE, after }, signal: abort.signal });
      const known = new Set(state.items.map(item => item.id));
      state.items.push(...page.deadLetters.filter(item => !known.has(item.id)));
      state.next = page.next ?? null;
      draw();
    } catch (error) {
      if (error.name !== 'AbortError') { summary.textContent = ''; fill(list, failed(error, () => load(after))); }
    }
  };
  const forget = item => { state.items = state.items.filter(other => other.id !== item.id); draw(); list.closest('main')?.querySelector('h1')?.focus(); };
  const act = {
    redrive: async item => {
      const done = await confirm({
        title: 'Redrive this dead letter?', yes: 'Redrive', text: 'It goes back to the queue, unchanged, and a worker processes it again. If the cause is not mended it comes back here.',
        act: () => call('POST', `/dead-letters/${seg(item.id)}/redrive`),
      });
      if (done) { toast('Sent back to the queue.'); forget(item); }
    },
    drop: async item => {
      const done = await confirm({
        title: 'Drop this dead letter?', yes: 'Drop for good', danger: true, text: `The message ${item.id} is deleted and cannot be brought back.`,
        act: () => call('DELETE', `/dead-letters/${seg(item.id)}`),
      });
      if (done) { toast('Dropped.'); forget(item); }
    },
  };
  const draw = () => {
    if (state.reason && !state.items.some(item => item.reason === state.reason)) state.reason = null;
    drawReasons(reasons, state, draw);
    const shown = state.items.filter(item => (!state.reason || item.reason === state.reason) && search.finds(item.id, item.accountId, item.flowId, item.detail, item.body));
    search.node.hidden = state.items.length < 2;
    summary.textContent = state.items.length === 0 ? '' : `${plural(shown.length, 'dead letter')} shown${state.next ? ', there are more' : ''}.`;
    if (shown.length === 0 && state.items.length > 0) fill(list, empty('None contains this', state.next ? 'There are more to be read: load them below.' : 'Clear the field to see all of them.'));
    else fill(list, shown.length ? table(shown, act) : empty('No dead letters', 'Every message could be processed. What fails for good will be kept here, unchanged, with its reason.'));
    summary.parentElement.hidden = state.items.length === 0;
    more.hidden = !state.next;
    redrive.offer(state.items.length > 0);
  };
  fill(more, moreButton(() => load(state.next)));
  fill(main,
    h('div', { class: 'head' }, h('div', { class: 'grow' }, h('h1', { tabindex: '-1' }, 'Dead letters'),
      h('p', {}, 'Messages that could not be processed, unchanged, with their reason. Mend the cause first, then redrive.')),
    h('div', { class: 'row' }, button('Refresh', { kind: 'ghost', on: () => load() }), redrive.button)),
    h('section', { class: 'panel', 'aria-label': 'Dead letters' },
      h('div', { class: 'panel-head' }, summary), reasons, search.node, redrive.node, list, more));
  load();
  const progress = poll(signal => {
    for (const time of list.querySelectorAll('time')) time.textContent = ago(time.dateTime);
    return redrive.watch(signal);
  }, 1500);
  return () => { abort.abort(); progress.stop(); clearTimeout(again); };
}

function drawReasons(place, state, draw) {
  const counts = new Map();
  for (const { reason } of state.items) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const choices = [[null, state.items.length], ...[...counts].sort((a, b) => b[1] - a[1])];
  const focused = document.activeElement?.closest('.reason')?.dataset.reason;
  fill(place, state.items.length === 0 ? [] : choices.map(([reason, number]) => h('button', {
    type: 'button', class: 'reason', 'data-reason': reason ?? '', 'aria-pressed': String(reason === state.reason),
    on: { click: () => { state.reason = reason; draw(); } },
  }, reason ?? 'All', h('b', {}, count(number)))));
  place.hidden = state.items.length === 0;
  if (focused !== undefined) [...place.children].find(choice => choice.dataset.reason === focused)?.focus();
}

function table(items, act) {
  const columns = ['Reason', 'Account', 'Flow', 'Failed', 'Tries'];
  return h('table', { class: 'table cards letters' },
    h('thead', {}, h('tr', {}, columns.map(name => h('th', { scope: 'col' }, name)), h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, 'Actions')))),
    h('tbody', {}, items.map(item => h('tr', {},
      h('td', { 'data-label': 'Reason' }, h('span', { class: 'badge bad' }, item.reason)),
      h('td', { 'data-label': 'Account' }, item.accountId ?? '–'),
      h('td', { 'data-label': 'Flow' }, item.flowId ?? '–'),
      h('td', { 'data-label': 'Failed' }, item.deadAt ? h('time', { datetime: item.deadAt, title: when(item.deadAt) }, ago(item.deadAt)) : '–'),
      h('td', { 'data-label': 'Tries' }, count(item.receiveCount)),
      h('td', { class: 'end' }, button('Look', { kind: 'slim', symbol: 'eye', 'aria-label': `Look at dead letter ${item.id}`, on: () => look(item, act) }))))));
}

async function look(item, act) {
  const times = [['Accepted', item.acceptedAt], ['Failed', item.deadAt]].filter(([, time]) => time).map(([name, time]) => [name, `${when(time)} (${ago(time)})`]);
  const facts = [['Reason', item.reason], ['Detail', item.detail], ['Id', item.id], ['Account', item.accountId], ['Flow', flowOf(item)], ...times, ['Received', plural(item.receiveCount, 'time')]];
  const chosen = await dialog({
    title: 'Dead letter', wide: true,
    body: [
      h('dl', { class: 'facts' }, facts.filter(([, value]) => value).map(([name, value]) => [h('dt', {}, name), h('dd', { class: name === 'Id' ? 'mono' : '' }, value)])),
      viewer({ text: item.body }, 'body'),
      webhookBody(item.body),
    ],
    foot: close => [h('div', { class: 'left' }, button('Drop', { kind: 'danger', symbol: 'drop', on: () => close('drop') })),
      button('Close', { on: () => close() }), button('Redrive', { kind: 'primary', symbol: 'redrive', on: () => close('redrive') })],
  });
  if (chosen) await act[chosen](item);
}

/** Where its rules and secrets are mended. */
const flowOf = ({ accountId, flowId }) => accountId && flowId ? h('a', { href: flowLink(accountId, flowId), 'aria-label': `Open flow ${flowId}` }, flowId) : flowId;

/** A raw webhook's body is base64 in its envelope: shown as what it is, where the envelope is sound enough. */
function webhookBody(text) {
  const base64 = isJson(text) ? JSON.parse(text)?.hook?.body : null;
  if (typeof base64 !== 'string') return null;
  try {
    return h('div', {}, h('p', { class: 'label' }, 'The webhook’s body'), viewer({ base64 }, 'webhook body'));
  } catch {
    return null;
  }
}
