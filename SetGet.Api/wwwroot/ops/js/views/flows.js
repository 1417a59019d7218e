// From an account to one of its flows: those that events came for, or any other by name.
import { h, field } from '../dom.js';
import { call, seg } from '../api.js';
import { empty, show } from '../ui.js';
import { ago, count } from '../format.js';

export const flowLink = (account, flow) => `#/accounts/${seg(account)}/flows/${seg(flow)}`;

export const flowAnchor = (account, flow) => h('a', { class: 'whole wrap', href: flowLink(account, flow) }, flow);

// More are found by name.
const SHOWN = 50;

// What is known is the hour.
const since = time => Date.now() - new Date(time) < 3_600_000 ? 'within the hour' : ago(time);

const table = (account, flows) => h('table', { class: 'table cards' },
  h('thead', {}, h('tr', {}, ['Flow', 'Last event'].map(name => h('th', { scope: 'col' }, name)))),
  h('tbody', {}, flows.slice(0, SHOWN).map(({ flowId, lastEventAt }) => h('tr', {},
    h('td', { 'data-label': 'Flow', class: 'wrap' }, flowAnchor(account, flowId)), h('td', { 'data-label': 'Last event' }, since(lastEventAt))))));

export function flowPicker(account, signal) {
  const list = h('div'), more = h('p', { class: 'soft small' });
  show(list, 'the flows', async () => {
    const { flows } = await call('GET', `/ops/api/accounts/${seg(account)}/flows`, { signal });
    if (flows.length > SHOWN) more.textContent = `The ${SHOWN} that were used last, of ${count(flows.length)}.`;
    return flows.length ? table(account, flows) : empty('No event has come yet', 'Open a flow by its name to set up its sender.');
  });
  const name = h('input', { name: 'flow-page', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: 'orders', maxlength: 64 });
  const box = field('Flow to open', name);
  const open = event => {
    event.preventDefault();
    const flow = name.value.trim();
    const fits = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(flow);
    box.fault(!flow ? 'Enter a flow.' : fits ? null : 'A flow is named with A-Z a-z 0-9 . _ - and begins with a letter or digit.');
    if (fits) location.hash = flowLink(account, flow); else name.focus();
  };
  return h('section', { class: 'panel', 'aria-label': 'Flows' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Flows'), h('p', {}, 'Who sends a flow’s webhooks, which webhook keys they get, and how the last ones fared.'))),
    list,
    h('form', { class: 'panel-body ruled', novalidate: true, on: { submit: open } }, more, h('div', { class: 'form-row' }, box, h('button', { type: 'submit', class: 'button' }, 'Open flow'))));
}
