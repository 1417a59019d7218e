// What became of an account's last events, for as long as the page is open.
import { h } from '../dom.js';
import { seg } from '../api.js';
import { liveList } from '../live-list.js';
import { empty, finder } from '../ui.js';
import { ago, count, when } from '../format.js';
import { flowAnchor } from './flows.js';
import { lookUpLink } from './events.js';

const FEW = 10;
const OUTCOMES = { stored: 'good', duplicate: '', expired: 'warn', conflict: 'bad' };

export function recentPanel(account) {
  const search = finder('recent', 'orders, 4711, duplicate …', 'Flow, webhook key, event id or outcome. Without a text the last ten are shown.', () => again());
  const { list, live, stop, again } = liveList('the last events', `/ops/api/accounts/${seg(account)}/events`, {
    rows({ events }) {
      search.node.hidden = events.length < 2;
      return search.text ? events.filter(({ id, flowId, webhookKey, outcome }) => search.finds(id, flowId, webhookKey, outcome)) : events.slice(0, FEW);
    },
    draw: some => some.length ? table(some, account) : search.text
      ? empty('None contains this', 'Older events are found by their webhook key: Look up.')
      : empty('No event in the last day', 'One appears here within two seconds of being stored. What is not here either waits in the queue or is a dead letter.'),
  });
  const node = h('section', { class: 'panel', 'aria-label': 'Last events' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Last events'), h('p', {}, 'Of the last fifty, what became of each. A webhook key leads to the data.')), live), search.node, list);
  return { node, stop };
}

function table(events, account) {
  return h('table', { class: 'table cards outcomes' },
    h('thead', {}, h('tr', {}, ['Outcome', 'Accepted', 'Flow', 'Webhook key'].map(name => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, events.map(each => row(each, account))));
}

function row({ id, flowId, webhookKey, webhookKeys, acceptedAt, outcome }, account) {
  return h('tr', {},
    h('td', { 'data-label': 'Outcome' }, h('span', { class: `badge ${OUTCOMES[outcome] ?? ''}` }, outcome)),
    h('td', { 'data-label': 'Accepted', class: 'nowrap' }, h('time', { datetime: acceptedAt, title: when(acceptedAt) }, ago(acceptedAt))),
    h('td', { 'data-label': 'Flow', class: 'wrap' }, flowAnchor(account, flowId)),
    h('td', { 'data-label': 'Webhook key', class: 'why' }, lookUpLink(account, webhookKey), webhookKeys > 1 && h('span', { class: 'soft' }, `and ${count(webhookKeys - 1)} more`), h('span', { class: 'soft mono wrap' }, id)));
}
