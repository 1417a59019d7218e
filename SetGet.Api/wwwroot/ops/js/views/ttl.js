// TTLs: the effective one with its source, edited and deleted, for an account and for its flows.
import { h, button, field, fill } from '../dom.js';
import { call, seg } from '../api.js';
import { confirm, dialog, empty, say, show, toast } from '../ui.js';
import { count, seconds } from '../format.js';
import { flowAnchor } from './flows.js';

const UNITS = [['days', 86_400], ['hours', 3_600], ['minutes', 60], ['seconds', 1]];
const SOURCES = { flow: 'set for the flow', account: 'set for the account', default: 'the default' };

const accountPath = id => `/accounts/${seg(id)}/ttl`;
const flowPath = (id, flow) => `/accounts/${seg(id)}/flows/${seg(flow)}/ttl`;
const read = (id, signal) => call('GET', `/ops/api/accounts/${seg(id)}`, { signal });

export function ttlPanel(id, signal) {
  const body = h('div', { class: 'panel-body' });
  const actions = h('div', { class: 'row' });
  const load = () => show(body, 'the TTL', async () => {
    const { ttlSeconds, source } = await read(id, signal);
    const own = source === 'account';
    fill(actions,
      button(own ? 'Change' : 'Set', { kind: 'slim', symbol: 'edit', 'aria-label': own ? 'Change the TTL of the account' : 'Set a TTL for the account', on: () => edit(`TTL of ${id}`, accountPath(id), ttlSeconds, load) }),
      own && button('Remove', { kind: 'slim danger', 'aria-label': 'Remove the TTL of the account', on: () => remove(`the account ${id}`, accountPath(id), load) }));
    return ttlLine(ttlSeconds, source);
  });
  load();
  return h('section', { class: 'panel', 'aria-label': 'TTL of the account' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'TTL of the account'), h('p', {}, 'For events that name no TTL, in flows that have none of their own.')), actions), body);
}

const sourceBadge = source => h('span', { class: `badge ${source === 'default' ? '' : 'accent'}` }, SOURCES[source] ?? source);

function ttlLine(ttlSeconds, source) {
  const words = seconds(ttlSeconds), exact = `${count(ttlSeconds)} seconds`;
  return h('p', { class: 'ttl' }, h('b', {}, words), words !== exact && h('span', { class: 'soft' }, exact), sourceBadge(source));
}

export function flowsPanel(id, signal) {
  const list = h('div');
  const flow = h('input', { name: 'flow', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: 'orders', maxlength: 64 });
  const box = field('Flow', flow);
  const found = h('div', { class: 'panel-body', hidden: true, role: 'status' });
  const load = () => show(list, 'the TTLs of flows', async () => {
    found.hidden = true;
    const { flows } = await read(id, signal);
    return flows.length ? table(id, flows, load) : empty('No flow has its own TTL', 'All flows of this account use the TTL above. Look one up to give it its own.');
  });
  const find = async event => {
    event.preventDefault();
    const name = flow.value.trim();
    box.fault(name ? null : 'Enter a flow.');
    if (!name) return flow.focus();
    found.hidden = false;
    fill(found, `Reading the TTL of ${name}…`);
    try {
      const { ttlSeconds, source } = await call('GET', flowPath(id, name), { signal });
      fill(found, h('div', { class: 'row' }, flowAnchor(id, name), h('span', {}, seconds(ttlSeconds)), sourceBadge(source), rowActions(id, name, ttlSeconds, source, load)));
    } catch (error) {
      found.hidden = true;
      if (error.name !== 'AbortError') box.fault(say(error));
    }
  };
  load();
  return h('section', { class: 'panel', 'aria-label': 'TTLs of flows' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'TTLs of flows'), h('p', {}, 'A flow’s own TTL comes before the account’s.'))),
    list,
    h('form', { class: 'panel-body ruled', novalidate: true, on: { submit: find } }, h('div', { class: 'form-row' }, box, h('button', { type: 'submit', class: 'button' }, 'Look up flow'))),
    found);
}

function rowActions(id, flow, ttlSeconds, source, load) {
  const own = source === 'flow';
  return h('span', { class: 'row end' },
    button(own ? 'Change' : 'Set', { kind: 'slim', 'aria-label': own ? `Change the TTL of flow ${flow}` : `Set a TTL for flow ${flow}`, on: () => edit(`TTL of flow ${flow}`, flowPath(id, flow), ttlSeconds, load) }),
    own && button('Remove', { kind: 'slim danger', 'aria-label': `Remove the TTL of flow ${flow}`, on: () => remove(`the flow ${flow}`, flowPath(id, flow), load) }));
}

function table(id, flows, load) {
  return h('table', { class: 'table cards' },
    h('thead', {}, h('tr', {}, ['Flow', 'TTL', 'From'].map(name => h('th', { scope: 'col' }, name)), h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, 'Actions')))),
    h('tbody', {}, flows.map(({ flowId, ttlSeconds }) => h('tr', {},
      h('td', { 'data-label': 'Flow', class: 'wrap' }, flowAnchor(id, flowId)), h('td', { 'data-label': 'TTL' }, seconds(ttlSeconds)), h('td', { 'data-label': 'From' }, sourceBadge('flow')),
      h('td', { class: 'end' }, rowActions(id, flowId, ttlSeconds, 'flow', load))))));
}

async function edit(title, path, ttlSeconds, done) {
  const [start, size] = UNITS.find(([, unit]) => ttlSeconds % unit === 0);
  const number = h('input', { type: 'text', inputmode: 'numeric', name: 'ttl', autofocus: true, autocomplete: 'off', value: String(ttlSeconds / size) });
  const unit = h('select', { name: 'unit' }, UNITS.map(([name]) => h('option', { value: name, selected: name === start }, name)));
  const box = field('Kept for', number), unitBox = field('Unit', unit);
  const submit = async close => {
    const total = Number(number.value) * UNITS.find(([name]) => name === unit.value)[1];
    if (!/^\d+$/.test(number.value.trim()) || !Number.isSafeInteger(total)) return box.fault('Enter a whole number.');
    try {
      await call('PUT', path, { body: { ttlSeconds: total } });
      close(true);
    } catch (error) {
      box.fault(say(error));
      number.focus();
    }
  };
  const saved = await dialog({
    title, submit,
    body: [h('div', { class: 'form-row' }, box, unitBox), h('p', { class: 'soft small' }, 'Applies within five seconds to events accepted from then on. What is kept already keeps its time.')],
    foot: close => [button('Cancel', { on: () => close() }), h('button', { type: 'submit', class: 'button primary' }, 'Save')],
  });
  if (saved) { toast('TTL saved.'); done(); }
}

async function remove(what, path, done) {
  const gone = await confirm({
    title: 'Remove this TTL?', yes: 'Remove', danger: true, text: `New events of ${what} then stay as long as the next wider setting says. What is kept already keeps its time.`,
    act: () => call('DELETE', path),
  });
  if (gone) { toast('TTL removed.'); done(); }
}
