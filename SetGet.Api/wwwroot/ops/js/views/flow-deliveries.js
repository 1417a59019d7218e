// How the last deliveries fared, for as long as the page is open.
import { h, button, fill } from '../dom.js';
import { liveList } from '../live-list.js';
import { ago, plural, when } from '../format.js';
import { lookUpLink } from './events.js';

const FEW = 5;
const OUTCOMES = { accepted: ['good', 'accepted'], refused: ['bad', 'refused'], 'dead-letter': ['bad', 'dead letter'], dropped: ['warn', 'dropped'] };
const WAYS = { api: 'API', gateway: 'gateway' };

/** `onAccepted` is told of the last one that was accepted, each time the list is read. */
export function deliveriesPanel(path, account, onAccepted) {
  const more = h('div', { class: 'more', hidden: true });
  let all = false;
  const { list, live, stop, again } = liveList('the last deliveries', path, {
    rows({ deliveries }) {
      const some = all ? deliveries : few(deliveries);
      more.hidden = some.length === deliveries.length;
      return some;
    },
    draw: some => some.length ? table(some, account) : none(),
    status({ deliveries }) {
      const accepted = deliveries.find(isAccepted);
      if (accepted) onAccepted(accepted);
      const refused = deliveries.filter(each => !isAccepted(each)).length;
      return refused ? [`Live, ${plural(refused, 'delivery', 'deliveries')} not accepted`, 'warn'] : ['Live', ''];
    },
  });
  fill(more, button('Show all', { kind: 'slim', on: () => { all = true; again(); list.focus(); } }));
  const node = h('section', { class: 'panel', 'aria-label': 'Last deliveries' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Last deliveries'), h('p', {}, 'The last 20 that were not accepted, with the reason, and the last one that was.')), live), list, more);
  return { node, stop };
}

const isAccepted = ({ outcome }) => outcome === 'accepted';

/** The newest, and the accepted one in any case. */
const few = deliveries => deliveries.filter((each, at) => at < FEW || isAccepted(each));

const none = () => h('p', { class: 'panel-body soft' }, 'None in the last seven days. They are noted once the flow has a source or a signing secret, and appear here within two seconds.');

function table(deliveries, account) {
  return h('table', { class: 'table cards outcomes' },
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
      : [lookUpLink(account, webhookKey), h('span', { class: 'soft mono wrap' }, id)]));
}
