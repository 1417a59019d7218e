// The signing secrets of a flow: listed without themselves, added, removed. They are never shown.
import { h, button, field } from '../dom.js';
import { call, faultText, seg } from '../api.js';
import { confirm, dialog, empty, say, show, toast } from '../ui.js';
import { ago, when } from '../format.js';
import { SCHEMES, VERIFY_TOKEN } from '../schemes.js';

const titles = { ...Object.fromEntries(Object.entries(SCHEMES).map(([name, { title }]) => [name, title])), [VERIFY_TOKEN[0]]: VERIFY_TOKEN[1] };

/** `usual()` is the scheme of a new one, unless another is chosen. `told` hears whether there is one that webhooks are signed with. */
export function secretsPanel(path, usual, told, signal) {
  const list = h('div');
  const more = button('Add secret', { kind: 'slim primary', symbol: 'plus', on: () => add(path, usual(), load) });
  const load = () => show(list, 'the signing secrets', async () => {
    const { secrets } = await call('GET', path, { signal });
    told(secrets.some(({ scheme }) => scheme !== VERIFY_TOKEN[0]));
    return secrets.length ? table(secrets, secret => remove(path, secret, () => { load(); more.focus(); })) : empty('No signing secret', 'Anyone with an API key for this account may send. With a secret, only what is signed with it comes in.');
  });
  load();
  return h('section', { class: 'panel', 'aria-label': 'Signing secrets' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Signing secrets'), h('p', {}, 'Several are valid at once, so that one can be replaced while webhooks come in.')),
      more),
    list);
}

function table(secrets, onRemove) {
  return h('table', { class: 'table cards' },
    h('thead', {}, h('tr', {}, ['Scheme', 'Added'].map(name => h('th', { scope: 'col' }, name)), h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, 'Actions')))),
    h('tbody', {}, secrets.map(secret => h('tr', {},
      h('td', { 'data-label': 'Scheme' }, titles[secret.scheme] ?? secret.scheme),
      h('td', { 'data-label': 'Added' }, h('time', { datetime: secret.createdAt, title: when(secret.createdAt) }, ago(secret.createdAt))),
      h('td', { class: 'end' }, button('Remove', { kind: 'slim danger', 'aria-label': `Remove the secret of ${secret.scheme}, ${secret.id}`, on: () => onRemove(secret) }))))));
}

async function remove(path, secret, done) {
  const gone = await confirm({
    title: 'Remove this secret?', yes: 'Remove', danger: true,
    text: `Within five seconds, webhooks that are signed with this secret of ${titles[secret.scheme] ?? secret.scheme} are refused. Without any secret, and with no scheme in the source, the flow asks for an API key again.`,
    act: () => call('DELETE', `${path}/${seg(secret.id)}`),
  });
  if (gone) { toast('Secret removed.'); done(); }
}

async function add(path, usual, done) {
  const scheme = h('select', { name: 'scheme' }, Object.entries(titles).map(([name, title]) => h('option', { value: name, selected: name === (usual || 'standard') }, title)));
  const secret = h('input', { type: 'password', name: 'secret', autofocus: true, autocomplete: 'new-password', spellcheck: 'false', maxlength: 256 });
  const schemeBox = field('Scheme', scheme), secretBox = field('Secret', secret, ' ');
  const hint = secretBox.querySelector('.hint');
  const describe = () => { hint.textContent = `${SCHEMES[scheme.value]?.secret ?? 'The verify token, as you enter it at Meta'}. It is kept, and never shown again.`; };
  scheme.addEventListener('change', describe);
  describe();
  const submit = async close => {
    schemeBox.fault(null);
    secretBox.fault(secret.value ? null : 'Enter the secret.');
    if (!secret.value) return secret.focus();
    try {
      close(await call('POST', path, { body: { scheme: scheme.value, secret: secret.value } }));
    } catch (error) {
      const { scheme: ofScheme, secret: ofSecret } = error.errors ?? {};
      schemeBox.fault(faultText(ofScheme));
      secretBox.fault(faultText(ofSecret) ?? (ofScheme ? null : say(error)));
      secret.focus();
    }
  };
  const added = await dialog({
    title: 'Add a signing secret', submit, body: [schemeBox, secretBox],
    foot: close => [button('Cancel', { on: () => close() }), h('button', { type: 'submit', class: 'button primary' }, 'Add')],
  });
  if (added) { toast('Secret added.'); done(); }
}
