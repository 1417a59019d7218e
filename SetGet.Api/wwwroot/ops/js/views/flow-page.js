// One flow: how its deliveries fare, who sends them, and which keys they get.
import { h, icon, fill } from '../dom.js';
import { seg } from '../api.js';
import { addressPanel } from './flow-address.js';
import { deliveriesPanel } from './flow-deliveries.js';
import { secretsPanel } from './flow-secrets.js';
import { sourcePanel } from './flow-source.js';
import { ruleLines } from './flow-rules.js';
import { trialBox } from './flow-trial.js';

export function flowPage(main, { id, flow }) {
  const abort = new AbortController();
  const path = `/accounts/${seg(id)}/flows/${seg(flow)}`;
  const address = addressPanel(id, flow, abort.signal);
  const rules = ruleLines(() => { trial.run(); source.changed(); });
  const trial = trialBox(`${path}/source/try`, id, rules, abort.signal);
  const source = sourcePanel(`${path}/source`, flow, { rules, trial, address }, abort.signal);
  const deliveries = deliveriesPanel(`${path}/source/deliveries`, id, last => trial.offer(last));

  fill(main,
    h('div', { class: 'head' }, h('div', { class: 'grow' },
      h('a', { class: 'back', href: `#/accounts/${seg(id)}` }, icon('back'), h('span', { class: 'wrap' }, id)),
      h('h1', { tabindex: '-1', class: 'wrap' }, flow),
      h('p', {}, 'Who sends this flow’s webhooks, which webhook keys they get, and how the last ones fared.'))),
    h('div', { class: 'stack' }, deliveries.node, h('div', { class: 'pair' }, secretsPanel(`${path}/signing`, () => source.scheme(), some => address.secrets(some), abort.signal), address.node), source.node));
  return () => { abort.abort(); deliveries.stop(); trial.stop(); };
}
