// How the last deliveries fared, for as long as the page is open.
import { h, button, fill } from '../dom.js';
import { call, seg } from '../api.js';
import { poll } from '../poll.js';
import { failed, loading, say } from '../ui.js';
import { ago, plural, when } from '../format.js';

const EVERY_MS = 2000, FEW = 5;
const OUTCOMES = { accepted: ['good', 'accepted'], refused: ['bad', 'refused'], 'dead-letter': ['bad', 'dead letter'], dropped: ['warn', 'dropped'] };
const WAYS = { api: 'API', gateway: 'gateway' };

/** `onAccepted` is told of the last one that was accepted, each time the list is read. */
export function deliveriesPanel(path, account, onAccepted) {
  const list = h('div', { tabindex: '-1' });
  const live = h('span', { class: 'live idle', role: 'status' }, 'Connecting');
  const more = h('div', { class: 'more', hidden: true });
  let shown = null, all = false, last = [];

  const report = (text, kind) => {
    if (live.textContent !== text) live.textContent = text;
    live.className = `live ${kind}`;
  };
  const draw = deliveries => {
    const some = all ? deliveries : few(deliveries);
    const text = JSON.stringify(some);
    // Only what changed is drawn anew: whoever has the focus in the table keeps it.
    if (text !== shown) fill(list, some.length ? table(some, account) : none());
    else for (const time of list.querySelectorAll('time')) time.textContent = ago(time.dateTime);
    shown = text;
    more.hidden = some.length === deliveries.length;
    last = deliveries;
  };
  fill(more, button('Show all', { kind: 'slim', on: () => { all = true; draw(last); list.focus(); } }));
  const asking = poll(async signal => {
    try {
      const { deliveries } = await call('GET', path, { signal });
      draw(deliveries);
      const refused = deliveries.filter(each => !isAccepted(each)).length;
      report(refused ? `Live, ${plural(refused, 'delivery', 'deliveries')} not accepted` : 'Live', refused ? 'warn' : '');
      const accepted = deliveries.find(isAccepted);
      if (accepted) onAccepted(accepted);
      return true;
    } catch (error) {
      if (error.name === 'AbortError') return false;
      if (shown === null) fill(list, failed(error, () => asking.now()));
      report(say(error), 'bad');
      return false;
    }
  }, EVERY_MS);
  fill(list, loading('the last deliveries'));
  const node = h('section', { class: 'panel', 'aria-label': 'Last deliveries' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Last deliveries'), h('p', {}, 'The last 20 that were not accepted, with the reason, and the last one that was.')), live), list, more);
  return { node, stop: asking.stop };
}

const isAccepted = ({ outcome }) => outcome === 'accepted';

/** The newest, and the accepted one in any case. */
const few = deliveries => deliveries.filter((each, at) => at < FEW || isAccepted(each));

const none = () => h('p', { class: 'panel-body soft' }, 'None in the last seven days. They are noted once the flow has a source or a signing secret, and appear here within two seconds.');

function table(deliveries, account) {
  return h('table', { class: 'table cards deliveries' },
    h('thead', {}, h('tr', {}, ['Outcome', 'When', 'Way', 'Why'].map(name => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, deliveries.map(each => row(each, account))));
}

function row({ at, way, outcome, reason, detail, id, webhookKey }, account) {
  const [kind, text] = OUTCOMES[outcome] ?? ['', outcome];
  return h('tr', {},
    h('td', { 'data-label': 'Outcome' }, h('span', { class: `badge ${kind}` }, text)),
    h('td', { 'data-label': 'When', class: 'nowrap' }, h('time', { datetime: at, title: when(at) }, ago(at))),
    h('td', { 'data-label': 'Way' }, WAYS[way] ?? way),
    h('td', { class: 'why' }, reason
      ? [h('b', { class: 'mono' }, reason), h('span', { class: 'soft' }, detail)]
      : [h('a', { class: 'mono wrap', href: `#/events?${new URLSearchParams({ account, key: webhookKey })}`, 'aria-label': `Look up ${webhookKey}` }, webhookKey), h('span', { class: 'soft mono wrap' }, id)]));
}
