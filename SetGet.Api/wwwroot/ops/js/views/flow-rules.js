// The key rules, one per line, edited in place; beside each what is wrong with it, or which keys it makes of the example.
import { h, button, fill } from '../dom.js';
import { faultText } from '../api.js';

const MOST = 20, MOST_SHOWN = 12;

/** `changed` is called after each edit. Empty lines are no rules. */
export function ruleLines(changed) {
  const list = h('ol', { class: 'rules' });
  const fault = h('p', { class: 'fault', role: 'alert', hidden: true });
  const more = button('Add rule', { kind: 'slim', symbol: 'plus', on: () => { insert(); changed(); } });
  let lines = [];

  const number = () => {
    lines.forEach((line, at) => line.number(at + 1));
    more.disabled = lines.length >= MOST;
  };
  const insert = (text = '', at = lines.length, focus = true) => {
    if (lines.length >= MOST) return;
    const line = ruleLine(text, {
      changed,
      next: () => { insert('', lines.indexOf(line) + 1); changed(); },
      remove: () => remove(line),
    });
    lines.splice(at, 0, line);
    list.insertBefore(line.node, list.children[at] ?? null);
    number();
    if (focus) line.input.focus();
  };
  const remove = line => {
    const at = lines.indexOf(line);
    lines.splice(at, 1);
    line.node.remove();
    if (lines.length === 0) insert('', 0, false);
    number();
    lines[Math.max(0, at - 1)].input.focus();
    changed();
  };

  return {
    node: h('div', { role: 'group', 'aria-label': 'Key rules' }, list, fault, h('div', { class: 'row' }, more)),
    set(texts) {
      lines = [];
      fill(list);
      for (const text of texts.length ? texts : ['']) insert(text, lines.length, false);
    },
    /** The rules as they are now, and the line of each: answers come when there may be others. */
    read() {
      const filled = lines.filter(line => line.input.value.trim());
      return { texts: filled.map(line => line.input.value.trim()), lines: filled };
    },
    /** Shows the faults of these lines, by keyRules[i]; answers the lines that have none. */
    blame(read, errors) {
      const ofAll = faultText(errors.keyRules);
      fault.textContent = ofAll;
      fault.hidden = !ofAll;
      for (const line of lines) line.fault(null);
      read.forEach((line, i) => line.fault(faultText(errors[`keyRules[${i}]`])));
      return read.filter((_, i) => !errors[`keyRules[${i}]`]);
    },
    explain(read, outcomes) {
      for (const line of lines) line.explain(null);
      read.forEach((line, i) => line.explain(outcomes[i] ?? null));
    },
  };
}

let ids = 0;

function ruleLine(text, { changed, next, remove }) {
  const id = `rule${++ids}`;
  // No alert: a rule that is being typed is wrong most of the time.
  const fault = h('p', { class: 'fault', id: `${id}-fault`, hidden: true });
  const outcome = h('p', { class: 'outcome', id: `${id}-keys`, hidden: true });
  const input = h('input', {
    name: 'rule', class: 'mono', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: 256, placeholder: 'order-{/orderId}', value: text,
    'aria-describedby': `${fault.id} ${outcome.id}`,
    on: {
      input: changed,
      keydown: event => {
        if (event.isComposing) return;
        if (event.key === 'Enter') { event.preventDefault(); next(); }
        if (event.key === 'Backspace' && input.value === '') { event.preventDefault(); remove(); }
      },
    },
  });
  const drop = button('', { kind: 'ghost square', symbol: 'close', on: remove });
  return {
    input,
    node: h('li', {}, h('div', { class: 'rule' }, input, drop), fault, outcome),
    number(at) {
      input.setAttribute('aria-label', `Rule ${at}`);
      drop.setAttribute('aria-label', `Remove rule ${at}`);
    },
    fault(message) {
      if (fault.textContent !== (message ?? '')) fault.textContent = message ?? '';
      fault.hidden = !message;
      if (message) { input.setAttribute('aria-invalid', 'true'); outcome.hidden = true; } else input.removeAttribute('aria-invalid');
    },
    explain(found) {
      outcome.hidden = !found;
      if (!found) return;
      const { keys, why } = found;
      outcome.classList.toggle('none', keys.length === 0);
      fill(outcome, keys.length ? [keys.slice(0, MOST_SHOWN).map(key => h('span', { class: 'badge good mono wrap' }, key)), keys.length > MOST_SHOWN && h('span', { class: 'soft small' }, `and ${keys.length - MOST_SHOWN} more`)] : `No key: ${why}`);
    },
  };
}
