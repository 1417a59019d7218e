// Look up a webhook key: what is kept under it, oldest first, with its data.
import { h, field, fill } from '../dom.js';
import { callText, seg } from '../api.js';
import { elements, members } from '../json-text.js';
import { copyButton, empty, failed, loading, moreButton } from '../ui.js';
import { viewer } from '../viewer.js';
import { ago, plural, when } from '../format.js';

const PAGE = 20;

const viewOf = (account, key) => `#/events?${new URLSearchParams({ account, key })}`;

/** Leads to the data of a webhook key. */
export const lookUpLink = (account, key) => h('a', { class: 'mono wrap', href: viewOf(account, key), 'aria-label': `Look up ${key}` }, key);

/** What KP asks; the key stays in its reader's shell. A name holds nothing that a shell would take for more. */
const curlOf = (account, key) => `curl -H "X-Api-Key: $SETGET_KEY" "${location.origin}/get/${seg(key)}?account=${seg(account)}"`;

export function events(main, { query }) {
  const account = h('input', { name: 'account', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: 'acme', maxlength: 64, value: query.get('account') ?? '' });
  const key = h('input', { name: 'key', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: 'orders:1042', maxlength: 128, value: query.get('key') ?? '' });
  const fields = [field('Account', account), field('Webhook key', key)];
  const result = h('section', { class: 'panel', 'aria-label': 'Events' });
  let abort = new AbortController();

  const find = async () => {
    abort.abort();
    abort = new AbortController();
    fields[0].fault(account.value.trim() ? null : 'Enter the account that the key belongs to.');
    fields[1].fault(key.value.trim() ? null : 'Enter a webhook key.');
    if (!account.value.trim()) return account.focus();
    if (!key.value.trim()) return key.focus();
    const address = viewOf(account.value.trim(), key.value.trim());
    if (location.hash !== address) history.replaceState(null, '', address);
    await showEvents(result, account.value.trim(), key.value.trim(), abort.signal);
  };
  fill(main,
    h('div', { class: 'head' }, h('div', { class: 'grow' }, h('h1', { tabindex: '-1' }, 'Look up'), h('p', {}, 'What is kept under a webhook key. Looking takes nothing away from its readers.'))),
    h('div', { class: 'stack' },
      h('form', { class: 'panel', novalidate: true, on: { submit: event => { event.preventDefault(); find(); } } },
        h('div', { class: 'panel-head' }, h('div', { class: 'form-row' }, fields, h('button', { type: 'submit', class: 'button primary' }, 'Look up')))),
      result));
  fill(result, empty('Nothing looked up yet', 'The same key in two accounts is two keys, so both are needed.'));
  if (account.value && key.value) find();
  return () => abort.abort();
}

async function showEvents(place, account, key, signal) {
  const list = h('div');
  const note = h('p', { role: 'status' });
  const more = h('div', { class: 'more', hidden: true });
  let shown = 0;

  const load = async after => {
    try {
      const { events: page, next } = readPage(await callText('GET', `/get/${seg(key)}/events`, { query: { account, after, limit: PAGE }, signal }));
      shown += page.length;
      list.append(...page.map(event));
      const last = page.length < PAGE;
      note.textContent = last ? `${plural(shown, 'event')}, oldest first.` : `The oldest ${plural(shown, 'event')}.`;
      more.hidden = last;
      fill(more, moreButton(() => load(next)));
      if (shown === 0) return fill(place, empty('No events under this key', `Nothing is kept under ${key} in ${account}: none came, all have expired, or readers took them.`));
      if (!list.isConnected) fill(place, h('div', { class: 'panel-head' }, h('div', {}, h('h2', { class: 'wrap' }, key), note), copyButton(() => curlOf(account, key), 'as curl', 'Copy as curl')), list, more);
    } catch (error) {
      if (error.name !== 'AbortError') fill(place, failed(error, () => showEvents(place, account, key, signal)));
    }
  };
  fill(place, loading('the events'));
  await load(null);
}

/** The page with each event's data as the text that was sent: no number rounded, no member lost. */
function readPage(text) {
  const outer = members(text);
  const next = JSON.parse(outer.get('next') ?? 'null');
  const page = elements(outer.get('events')).map(raw => {
    const found = members(raw);
    const data = found.get('data');
    found.delete('data');
    return { ...Object.fromEntries([...found].map(([name, value]) => [name, JSON.parse(value)])), data };
  });
  return { events: page, next };
}

function event({ id, flowId, acceptedAt, expiresAt, contentType, data, dataBase64 }) {
  const content = dataBase64 !== undefined ? { base64: dataBase64 } : { text: data };
  return h('article', { class: 'event', 'aria-label': `Event ${id}` },
    h('div', { class: 'event-head' }, h('span', { class: 'mono' }, id),
      h('span', { class: 'soft' }, `flow ${flowId}`), h('span', { class: 'soft' }, contentType),
      h('span', { class: 'soft', title: when(acceptedAt) }, `accepted ${ago(acceptedAt)}`), h('span', { class: 'soft', title: when(expiresAt) }, `expires ${ago(expiresAt)}`)),
    viewer(content, 'data'));
}
