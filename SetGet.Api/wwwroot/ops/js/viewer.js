// Shows bytes as what they are: JSON, text, hex or base64. Everything can be copied, also what is too long to show.
import { h, fill } from './dom.js';
import { isJson, pretty } from './json-text.js';
import { copyButton } from './ui.js';
import { bytes as size } from './format.js';

const MAX_JSON = 200_000, MAX_TEXT = 400_000, MAX_HEX_BYTES = 16_384;

/** `content`: {text} or {base64}; `name` says what it is, for copying and for screen readers. */
export function viewer(content, name) {
  const raw = content.base64 === undefined ? new TextEncoder().encode(content.text) : fromBase64(content.base64);
  const text = content.text ?? asText(raw);
  const modes = modesFor(text, raw, content);
  const pre = h('pre', { tabindex: '0', role: 'region', 'aria-label': name });
  const cut = h('p', { class: 'cut', hidden: true });
  const tabs = h('div', { class: 'segments', role: 'group', 'aria-label': `Show ${name} as` });
  let current = modes[0];

  const choose = mode => {
    current = mode;
    const { nodes, whole } = mode.show();
    fill(pre, nodes);
    pre.className = mode.name === 'Hex' ? 'hex' : '';
    cut.hidden = whole;
    cut.textContent = whole ? '' : `Only the beginning is shown. Copy gives all ${size(raw.length)}.`;
    for (const tab of tabs.children) tab.setAttribute('aria-pressed', tab.textContent === mode.name);
  };
  fill(tabs, modes.map(mode => h('button', { type: 'button', on: { click: () => choose(mode) } }, mode.name)));
  choose(current);
  return h('div', { class: 'viewer' },
    h('div', { class: 'viewer-bar' }, tabs, copyButton(() => current.all(), name), h('span', { class: 'soft' }, size(raw.length))),
    pre, cut);
}

function modesFor(text, raw, content) {
  const modes = [];
  const start = (all, max) => ({ nodes: all.slice(0, max), whole: all.length <= max });
  if (text !== null && text.length <= MAX_JSON && isJson(text)) {
    modes.push({ name: 'JSON', all: () => text, show: () => ({ nodes: pretty(text), whole: true }) });
  }
  if (text !== null) modes.push({ name: 'Text', all: () => text, show: () => start(text, MAX_TEXT) });
  modes.push({ name: 'Hex', all: () => hex(raw, raw.length), show: () => ({ nodes: hex(raw, MAX_HEX_BYTES), whole: raw.length <= MAX_HEX_BYTES }) });
  const base64 = () => content.base64 ?? toBase64(raw);
  modes.push({ name: 'Base64', all: base64, show: () => start(base64(), MAX_TEXT) });
  return modes;
}

function asText(raw) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
    // Control characters other than tab and line ends: bytes that happen to be UTF-8, better shown as hex.
    return /[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function hex(raw, max) {
  const lines = [];
  for (let at = 0; at < Math.min(raw.length, max); at += 16) {
    const row = [...raw.subarray(at, Math.min(at + 16, max))];
    const codes = row.map(byte => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = row.map(byte => byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.').join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${codes.padEnd(47)}  ${letters}`);
  }
  return lines.join('\n');
}

const fromBase64 = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

function toBase64(raw) {
  let letters = '';
  for (let at = 0; at < raw.length; at += 8192) letters += String.fromCharCode(...raw.subarray(at, at + 8192));
  return btoa(letters);
}
