// From an account to one of its flows: by name, because no list of all flows is kept.
import { h, field } from '../dom.js';
import { seg } from '../api.js';

export const flowLink = (account, flow) => `#/accounts/${seg(account)}/flows/${seg(flow)}`;

export function flowPicker(account) {
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
    h('form', { class: 'panel-body', novalidate: true, on: { submit: open } }, h('div', { class: 'form-row' }, box, h('button', { type: 'submit', class: 'button' }, 'Open flow'))));
}
