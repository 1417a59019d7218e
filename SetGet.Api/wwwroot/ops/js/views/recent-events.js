// What became of an account's last events, for as long as the page is open.
import { h, field } from '../dom.js';
import { seg } from '../api.js';
import { liveList } from '../live-list.js';
import { empty } from '../ui.js';
import { ago, count, when } from '../format.js';
import { flowAnchor } from './flows.js';
import { lookUpLink } from './events.js';

const FEW = 10;
const OUTCOMES = { stored: 'good', duplicate: '', expired: 'warn', conflict: 'bad' };

export function recentPanel(account) {
  const words = h('input', { type: 'search', name: 'recent', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: 'orders, 4711, duplicate …', maxlength: 200 });
  const text = () => words.value.trim().toLowerCase();
  const finder = h('div', { class: 'panel-body', hidden: true }, field('Contains', words, 'Flow, webhook key, event id or outcome. Without a text the last ten are shown.'));
  const { list, live, stop, again } = liveList('the last events', `/ops/api/accounts/${seg(account)}/events`, {
    rows({ events }) {
      finder.hidden = events.length < 2;
      return text() ? events.filter(each => hasText(each, text())) : events.slice(0, FEW);
    },
    draw: some => some.length ? table(some, account) : text()
      ? empty('None contains this', 'Older events are found by their webhook key: Look up.')
      : empty('No event in the last day', 'One appears here within two seconds of being stored. What is not here either waits in the queue or is a dead letter.'),
  });
  words.addEventListener('input', again);
  const node = h('section', { class: 'panel', 'aria-label': 'Last events' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Last events'), h('p', {}, 'Of the last fifty, what became of each. A webhook key leads to the data.')), live), finder, list);
  return { node, stop };
}

const hasText = ({ id, flowId, webhookKey, outcome }, text) => [id, flowId, webhookKey, outcome].some(part => part.toLowerCase().includes(text));

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
