// API keys of an account: listed without secrets, created with the secret shown once, revoked.
import { h, button, field, fill } from '../dom.js';
import { call, seg } from '../api.js';
import { confirm, copyButton, dialog, empty, say, show, toast } from '../ui.js';
import { ago, when } from '../format.js';

const ROLES = [['set', 'set: send events'], ['get', 'get: read events'], ['admin', 'admin: settings and keys']];
const LIVES = [['', 'Never'], ['30', 'In 30 days'], ['90', 'In 90 days'], ['365', 'In a year']];

export function keysPanel(id, signal) {
  const path = `/accounts/${seg(id)}/keys`;
  const list = h('div');
  const load = () => show(list, 'the API keys', async () => {
    const { keys } = await call('GET', path, { signal });
    return keys.length ? table(keys, key => revoke(path, key, load)) : empty('No API keys', 'Without one only the root key can act for this account.');
  });
  load();
  return h('section', { class: 'panel', 'aria-label': 'API keys' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'API keys'), h('p', {}, 'Only a hash of each secret is kept: a lost one is replaced, not found.')),
      button('Create key', { kind: 'slim primary', symbol: 'plus', on: () => create(path, load) })),
    list);
}

const time = (value, none) => value ? h('time', { datetime: value, title: when(value) }, ago(value)) : none;

function table(keys, onRevoke) {
  const columns = ['Name', 'Id', 'Roles', 'Created', 'Last used', 'Expires'];
  return h('table', { class: 'table cards' },
    h('thead', {}, h('tr', {}, columns.map(name => h('th', { scope: 'col' }, name)), h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, 'Actions')))),
    h('tbody', {}, keys.map(key => h('tr', {},
      h('td', { 'data-label': 'Name', class: 'wrap' }, key.name),
      h('td', { 'data-label': 'Id', class: 'mono wrap' }, key.id),
      h('td', { 'data-label': 'Roles' }, h('span', { class: 'badges' }, key.roles.map(role => h('span', { class: `badge ${role === 'admin' ? 'warn' : ''}` }, role)))),
      h('td', { 'data-label': 'Created' }, time(key.createdAt, '–')),
      h('td', { 'data-label': 'Last used' }, time(key.lastUsedAt, 'never')),
      h('td', { 'data-label': 'Expires' }, key.expiresAt && new Date(key.expiresAt) < new Date() ? h('span', { class: 'badge bad' }, 'expired') : time(key.expiresAt, 'never')),
      h('td', { class: 'end' }, button('Revoke', { kind: 'slim danger', 'aria-label': `Revoke ${key.name}`, on: () => onRevoke(key) }))))));
}

async function revoke(path, key, done) {
  const gone = await confirm({
    title: `Revoke ${key.name}?`, yes: 'Revoke', danger: true, text: 'Within five seconds every request with this key is refused. This cannot be undone.',
    act: () => call('DELETE', `${path}/${seg(key.id)}`),
  });
  if (gone) { toast('Key revoked.'); done(); }
}

async function create(path, done) {
  const name = h('input', { name: 'name', autofocus: true, autocomplete: 'off', maxlength: 100, placeholder: 'kp-production' });
  const boxes = ROLES.map(([role, text]) => ({ role, input: h('input', { type: 'checkbox', name: 'role', value: role }), text }));
  const life = h('select', { name: 'expires' }, LIVES.map(([days, text]) => h('option', { value: days }, text)));
  const nameBox = field('Name', name, 'Who uses it: it is shown in the list and in logs by its id.');
  const fault = h('p', { class: 'fault', role: 'alert', hidden: true });
  const blame = text => { fault.textContent = text; fault.hidden = false; };
  const submit = async close => {
    nameBox.fault(name.value.trim() ? null : 'Enter a name.');
    if (!name.value.trim()) return name.focus();
    const roles = boxes.filter(box => box.input.checked).map(box => box.role);
    if (roles.length === 0) return blame('Choose at least one role.');
    const expiresAt = life.value ? new Date(Date.now() + Number(life.value) * 86_400_000).toISOString() : undefined;
    try {
      close(await call('POST', path, { body: { name: name.value.trim(), roles, expiresAt } }));
    } catch (error) {
      blame(say(error));
    }
  };
  const made = await dialog({
    title: 'Create an API key', submit,
    body: [nameBox, h('fieldset', {}, h('legend', { class: 'label' }, 'Roles'), h('div', { class: 'row' }, boxes.map(box => h('label', { class: 'check' }, box.input, box.text)))), field('Expires', life), fault],
    foot: close => [button('Cancel', { on: () => close() }), h('button', { type: 'submit', class: 'button primary' }, 'Create')],
  });
  if (!made) return;
  await showSecret(made);
  done();
}

const showSecret = ({ name, secret }) => dialog({
  title: `The secret of ${name}`,
  body: [h('p', {}, 'It is shown this once. Put it where it will be used, then close this.'),
    h('div', { class: 'secret' }, h('code', { id: 'secret' }, secret), copyButton(() => secret, 'secret'))],
  foot: close => [button('I have stored it', { kind: 'primary', on: () => close() })],
});
