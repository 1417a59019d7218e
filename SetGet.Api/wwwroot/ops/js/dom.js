// Elements without innerHTML: text is always text, whatever an event carries.
const SVG = 'http://www.w3.org/2000/svg';

/** On a phone a table is drawn as cards, which takes its meaning from it where that is not said. */
const ROLES = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', th: 'columnheader', td: 'cell' };

/** h('button', {class: 'x', type: 'button', on: {click}}, 'text', child, [children], null) */
export function h(tag, props = {}, ...children) {
  return build(document.createElement(tag), tag in ROLES ? { role: ROLES[tag], ...props } : props, children);
}

export function svg(tag, props = {}, ...children) {
  return build(document.createElementNS(SVG, tag), props, children);
}

export function icon(name) {
  return svg('svg', { class: 'icon', 'aria-hidden': 'true', focusable: 'false' }, svg('use', { href: `#i-${name}` }));
}

/** A button with an optional icon; `kind` is a list of classes. */
export function button(text, { kind = '', symbol, on, ...rest } = {}) {
  return h('button', { type: 'button', class: `button ${kind}`, on: on && { click: on }, ...rest }, symbol && icon(symbol), text);
}

export function fill(node, ...children) {
  node.replaceChildren(...clean(children));
  return node;
}

function build(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (name === 'value') node.value = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...clean(children));
  return node;
}

function clean(children) {
  return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
}

let ids = 0;

/** A labelled input with its hint; `field.fault(text)` shows what is wrong with it. */
export function field(text, input, hint) {
  const id = `f${++ids}`;
  input.id = id;
  const fault = h('p', { class: 'fault', id: `${id}-fault`, role: 'alert', hidden: true });
  const note = hint && h('p', { class: 'hint', id: `${id}-hint` }, hint);
  input.setAttribute('aria-describedby', [note && note.id, fault.id].filter(Boolean).join(' '));
  const node = h('div', {}, h('label', { for: id }, text), input, note, fault);
  node.fault = message => {
    fault.textContent = message ?? '';
    fault.hidden = !message;
    if (message) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
  };
  return node;
}
