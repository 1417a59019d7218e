// The shell: who is signed in, which view the address names, and the focus after each change.
import { icon, fill } from './dom.js';
import { session } from './api.js';
import { signIn } from './views/sign-in.js';
import { flow } from './views/flow.js';
import { deadLetters } from './views/dead-letters.js';
import { events } from './views/events.js';
import { accounts } from './views/accounts.js';
import { account } from './views/account.js';
import { flowPage } from './views/flow-page.js';

const main = document.getElementById('main');
const bar = document.getElementById('bar');
let leave = null;

/** A view fills `main` and answers a function that stops it, or nothing. */
function route() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const query = new URLSearchParams(search);
  const parts = path.split('/').filter(Boolean).map(decode);
  if (parts[0] === 'dead-letters') return { tab: 'dead-letters', title: 'Dead letters', view: deadLetters, query };
  if (parts[0] === 'events') return { tab: 'events', title: 'Look up', view: events, query };
  if (parts[0] === 'accounts' && parts[2] === 'flows' && parts[3]) return { tab: 'accounts', title: parts[3], view: flowPage, query, id: parts[1], flow: parts[3] };
  if (parts[0] === 'accounts' && parts[1]) return { tab: 'accounts', title: parts[1], view: account, query, id: parts[1] };
  if (parts[0] === 'accounts') return { tab: 'accounts', title: 'Accounts', view: accounts, query };
  return { tab: 'flow', title: 'Traffic', view: flow, query };
}

function decode(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

function render(why) {
  leave?.();
  leave = null;
  bar.hidden = !session.key;
  if (!session.key) {
    document.title = 'Sign in · SetGet operations';
    leave = signIn(main, () => render(), why);
    return;
  }
  const target = route();
  document.title = `${target.title} · SetGet operations`;
  for (const tab of document.querySelectorAll('#tabs a')) {
    if (tab.dataset.tab === target.tab) tab.setAttribute('aria-current', 'page'); else tab.removeAttribute('aria-current');
  }
  leave = target.view(main, target);
  main.querySelector('h1')?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function setUpTheme() {
  const themes = { auto: 'As the system', light: 'Light', dark: 'Dark' };
  const toggle = document.getElementById('theme');
  const apply = name => {
    if (name === 'auto') delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = name;
    try { localStorage.setItem('setget.ops.theme', name); } catch { /* private mode: the choice lasts as long as the page */ }
    toggle.title = `Colours: ${themes[name]}`;
    toggle.setAttribute('aria-label', `Colours: ${themes[name]}. Press to change.`);
    fill(toggle, icon(name));
  };
  apply(document.documentElement.dataset.theme ?? 'auto');
  toggle.addEventListener('click', () => {
    const order = Object.keys(themes);
    apply(order[(order.indexOf(document.documentElement.dataset.theme ?? 'auto') + 1) % order.length]);
  });
}

setUpTheme();
document.getElementById('sign-out').addEventListener('click', () => session.close());
document.getElementById('skip').addEventListener('click', event => { event.preventDefault(); main.focus(); });
document.addEventListener('signed-out', event => render(event.detail));
window.addEventListener('hashchange', () => render());
render();
