// Toasts, dialogs, copying, and the states that every list has: loading, empty, failed.
import { h, icon, button, field, fill } from './dom.js';
import { Problem } from './api.js';

export function toast(text) {
  const node = h('div', { class: 'toast' }, text);
  document.getElementById('toasts').append(node);
  setTimeout(() => node.remove(), 5000);
}

/** Never an empty place: `what` is what the page waits for. */
export const loading = what => h('div', { class: 'skeleton' },
  h('span'), h('span'), h('span'), h('p', { role: 'status' }, `Reading ${what}…`));

/** A field that narrows a list to what contains its text, whatever its case; `changed` is called while one types. */
export function finder(name, placeholder, hint, changed) {
  const words = h('input', { type: 'search', name, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder, maxlength: 200 });
  const node = h('div', { class: 'panel-body', hidden: true }, field('Contains', words, hint));
  words.addEventListener('input', changed);
  return {
    node,
    get text() { return words.value.trim().toLowerCase(); },
    finds(...parts) { return parts.some(part => part?.toLowerCase().includes(this.text)); },
  };
}

/** A button that reads the next page, and says so for as long as that takes. */
export function moreButton(load) {
  const node = button('Load more', { kind: 'slim', on: () => busy(node, 'Reading more…', load) });
  return node;
}

/** While `act` runs `node` says `text`, and a second press does nothing. */
export async function busy(node, text, act) {
  if (node.getAttribute('aria-busy')) return;
  const before = [...node.childNodes];
  node.setAttribute('aria-busy', 'true');
  node.replaceChildren(text);
  try {
    await act();
  } finally {
    node.removeAttribute('aria-busy');
    node.replaceChildren(...before);
  }
}

// Their titles are no headings: a state stands under whatever heading its place has.
export const empty = (title, text, action) => h('div', { class: 'state' }, icon('none'), h('p', { class: 'state-title' }, title), h('p', {}, text), action);

export const failed = (error, again) => h('div', { class: 'state bad', role: 'alert' }, icon('warn'),
  h('p', { class: 'state-title' }, error instanceof Problem && error.status ? error.title : 'That did not work'),
  h('p', {}, say(error)), again && button('Try again', { on: again }));

export const say = error => error instanceof Problem ? error.text : error.message;

/** Says in `place` that `what` is being read, then shows what `load` builds, or its error with a button to try again. */
export async function show(place, what, load) {
  fill(place, loading(what));
  try {
    fill(place, await load());
  } catch (error) {
    if (error.name === 'AbortError') return;
    fill(place, failed(error, () => show(place, what, load)));
  }
}

/**
 * A modal dialog. `body` and `foot` are nodes; resolves with what `close(value)` was given, or undefined when dismissed.
 * The browser keeps the focus inside, closes on Escape, and gives the focus back.
 */
export function dialog({ title, wide, body, foot, submit }) {
  return new Promise(resolve => {
    let answer;
    const close = value => { answer = value; node.close(); };
    const send = form => {
      const go = form.querySelector('[type="submit"]');
      busy(go, `${go.textContent}…`, () => submit(close));
    };
    const content = [
      h('div', { class: 'dialog-head' }, h('h2', { id: 'dialog-title' }, title),
        button('', { kind: 'ghost square', symbol: 'close', 'aria-label': 'Close', on: () => close() })),
      h('div', { class: 'dialog-body' }, body),
      foot && h('div', { class: 'dialog-foot' }, foot(close)),
    ];
    const inner = submit
      ? h('form', { novalidate: true, on: { submit: event => { event.preventDefault(); send(event.target); } } }, content)
      : content;
    const node = h('dialog', { class: wide ? 'wide' : '', 'aria-labelledby': 'dialog-title' }, inner);
    const leave = () => node.close();
    window.addEventListener('hashchange', leave);
    document.addEventListener('signed-out', leave);
    node.addEventListener('close', () => {
      window.removeEventListener('hashchange', leave);
      document.removeEventListener('signed-out', leave);
      node.remove();
      resolve(answer);
    });
    document.body.append(node);
    node.showModal();
    node.querySelector('[autofocus]')?.focus();
  });
}

/** Asks before something that cannot be undone; `act` runs while the dialog shows that it does. True when it was done. */
export function confirm({ title, text, yes, danger, act }) {
  const fault = h('p', { class: 'fault', role: 'alert', hidden: true });
  const go = h('button', { type: 'submit', class: `button primary ${danger ? 'danger' : ''}` }, yes);
  const submit = async close => {
    go.disabled = true;
    try {
      await act();
      close(true);
    } catch (error) {
      fault.textContent = say(error);
      fault.hidden = false;
      go.disabled = false;
      go.focus();
    }
  };
  return dialog({
    title, submit, body: [h('p', { class: 'wrap' }, text), fault],
    foot: close => [button('Cancel', { autofocus: true, on: () => close() }), go],
  }).then(done => done === true);
}

/** Copies, also where the clipboard API is absent because the page came over plain http from another machine. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'visually-hidden', 'aria-hidden': 'true', value: text });
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

/** A button that copies what `text()` gives, and says in its own place whether it did: a dialog may cover all else. */
export function copyButton(text, what, title = 'Copy') {
  const word = h('span', { role: 'status' }, title);
  const node = h('button', { type: 'button', class: 'button slim', 'aria-label': `Copy ${what}` }, icon('copy'), word);
  let timer = 0;
  node.addEventListener('click', async () => {
    const copied = await copy(text());
    node.focus();
    word.textContent = copied ? 'Copied' : 'Not allowed';
    node.setAttribute('aria-label', copied ? `Copied ${what}` : `The browser did not allow copying ${what}: select the text instead`);
    clearTimeout(timer);
    timer = setTimeout(() => { word.textContent = title; node.setAttribute('aria-label', `Copy ${what}`); }, 2500);
  });
  return node;
}
