// The accounts that SetGet has met: found by the beginning of their name, a page at a time.
import { h, field, fill } from '../dom.js';
import { call, seg } from '../api.js';
import { empty, failed, loading, moreButton } from '../ui.js';

const PAGE = 50;
const TYPING_MS = 250;

export function accounts(main, { query }) {
  const prefix = h('input', { type: 'search', name: 'prefix', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: 'acme', maxlength: 64, value: query.get('q') ?? '' });
  const list = h('div');
  const more = h('div', { class: 'more', hidden: true });
  let abort = new AbortController(), timer = 0;

  const load = async after => {
    const startsWith = prefix.value.trim();
    try {
      const page = await call('GET', '/ops/api/accounts', { query: { startsWith, after, limit: PAGE }, signal: abort.signal });
      if (!after) fill(list, page.accounts.length || startsWith ? null : empty('No accounts yet', 'An account appears here with its first event, setting or API key. One that is not listed can be opened by its full name.'));
      const rows = list.querySelector('tbody') ?? start(list, startsWith, page.accounts);
      rows?.append(...page.accounts.map(({ accountId }) => row(accountId)));
      more.hidden = !page.next;
      fill(more, moreButton(() => load(page.next)));
    } catch (error) {
      if (error.name !== 'AbortError') { more.hidden = true; fill(list, failed(error, fresh)); }
    }
  };
  const fresh = () => { abort.abort(); abort = new AbortController(); fill(list, loading('the accounts')); load(null); };
  prefix.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(fresh, TYPING_MS); });
  const open = event => { event.preventDefault(); const id = prefix.value.trim(); if (id) location.hash = `#/accounts/${seg(id)}`; };

  fill(main,
    h('div', { class: 'head' },
      h('div', { class: 'grow' }, h('h1', { tabindex: '-1' }, 'Accounts'), h('p', {}, 'How long their events stay, and the API keys they use.')),
      h('a', { class: 'button', href: '#/accounts/*' }, 'Keys for all accounts')),
    h('section', { class: 'panel', 'aria-label': 'Accounts' },
      h('form', { class: 'panel-head', role: 'search', novalidate: true, on: { submit: open } },
        h('div', { class: 'form-row' }, field('Account begins with', prefix), h('button', { type: 'submit', class: 'button' }, 'Open by full name'))),
      list, more));
  fresh();
  return () => { clearTimeout(timer); abort.abort(); };
}

function start(list, startsWith, found) {
  if (found.length === 0) {
    if (startsWith) fill(list, empty('No account begins like this', `“${startsWith}” is not the beginning of a known account. One that has not been used yet can be opened by its full name.`));
    return null;
  }
  const rows = h('tbody');
  fill(list, h('table', { class: 'table' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Account'), h('th', { scope: 'col', class: 'end' }, h('span', { class: 'visually-hidden' }, 'Open')))), rows));
  return rows;
}

const row = id => h('tr', {},
  h('td', {}, h('a', { class: 'whole wrap', href: `#/accounts/${seg(id)}` }, id)),
  h('td', { class: 'end' }, h('a', { class: 'button slim', href: `#/accounts/${seg(id)}`, 'aria-label': `Open ${id}` }, 'Open')));
