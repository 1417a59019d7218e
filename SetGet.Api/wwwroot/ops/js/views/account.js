// One account: its last events, its flows, its TTL, the flows' TTLs, its API keys.
import { h, icon, fill } from '../dom.js';
import { ttlPanel, flowsPanel } from './ttl.js';
import { flowPicker } from './flows.js';
import { recentPanel } from './recent-events.js';
import { keysPanel } from './api-keys.js';

/** The name that API keys for every account are kept under. It has no TTL. */
const ALL = '*';

export function account(main, { id }) {
  const abort = new AbortController();
  const everyone = id === ALL;
  const recent = everyone ? null : recentPanel(id);
  fill(main,
    h('div', { class: 'head' }, h('div', { class: 'grow' },
      h('a', { class: 'back', href: '#/accounts' }, icon('back'), 'Accounts'),
      h('h1', { tabindex: '-1', class: 'wrap' }, everyone ? 'All accounts' : id),
      everyone && h('p', {}, 'API keys that may act for every account. Give one only to what really serves them all.'))),
    h('div', { class: 'stack' },
      everyone ? null : [recent.node, flowPicker(id, abort.signal), ttlPanel(id, abort.signal), flowsPanel(id, abort.signal)],
      keysPanel(id, abort.signal)));
  return () => { abort.abort(); recent?.stop(); };
}
