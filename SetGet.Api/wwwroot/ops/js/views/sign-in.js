// The root key, entered once. It is tried before it is kept.
import { h, field, fill } from '../dom.js';
import { call, session } from '../api.js';
import { say } from '../ui.js';

/** `why` says what ended the last session, where something did. */
export function signIn(main, done, why) {
  const key = h('input', { type: 'password', name: 'root-key', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', required: true });
  const box = field('Root key', key, 'Kept in this tab only, and forgotten when it closes.');
  const go = h('button', { type: 'submit', class: 'button primary' }, 'Continue');
  const abort = new AbortController();

  const submit = async event => {
    event.preventDefault();
    if (!key.value) return box.fault('Enter the root key.');
    box.fault(null);
    go.disabled = true;
    go.textContent = 'Trying the key…';
    try {
      await call('GET', '/ops/api/session', { key: key.value, signal: abort.signal });
      session.open(key.value);
      done();
    } catch (error) {
      if (error.name === 'AbortError') return;
      const refused = error.status === 401 || error.status === 403;
      box.fault(refused ? 'That is not the root key. API keys of accounts do not open this page.' : say(error));
      key.focus();
      key.select();
    } finally {
      go.disabled = false;
      go.textContent = 'Continue';
    }
  };
  fill(main, h('div', { class: 'sign-in' }, h('form', { novalidate: true, on: { submit } },
    h('div', {}, h('img', { src: '/ops/icon.svg', alt: '', width: 44, height: 44 }), h('h1', {}, 'SetGet operations'),
      h('p', {}, 'What flows, what waits and what failed. For operators: it takes the root key of this installation.')),
    box, go)));
  if (why) box.fault(why);
  key.focus();
  return () => abort.abort();
}
