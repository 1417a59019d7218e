// JSON as text. JSON.parse rounds large numbers and drops repeated members; what a sender sent is shown as it was sent.
import { h } from './dom.js';

const TOKEN = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/gy;
const SPACE = /[ \t\r\n]*/y;

/** Where the value that starts at `from` ends. No recursion: depth is the sender's choice. */
function endOf(text, from) {
  let depth = 0, at = from;
  do {
    at = skip(text, at);
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) throw new SyntaxError(`not JSON at ${at}`);
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    at += token.length;
  } while (depth > 0);
  return at;
}

function skip(text, at) {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

/** The raw text of each member of the object at `from`, by name; the last of a repeated one. */
export function members(text, from = 0) {
  const found = new Map();
  for (let at = skip(text, skip(text, from) + 1); text[at] !== '}'; at = skip(text, at)) {
    if (text[at] === ',') at = skip(text, at + 1);
    const nameEnd = endOf(text, at);
    const value = skip(text, skip(text, nameEnd) + 1);
    const end = endOf(text, value);
    found.set(JSON.parse(text.slice(at, nameEnd)), text.slice(value, end));
    at = end;
  }
  return found;
}

/** The raw text of each element of an array. */
export function elements(text) {
  const found = [];
  for (let at = skip(text, skip(text, 0) + 1); text[at] !== ']'; at = skip(text, at)) {
    if (text[at] === ',') at = skip(text, at + 1);
    const end = endOf(text, at);
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}

export function isJson(text) {
  try { JSON.parse(text); return true; } catch { return false; }
}

/** Valid JSON, indented and coloured, literals unchanged. */
export function pretty(text) {
  const out = [];
  let depth = 0, open = false, plain = '';
  const flush = () => { if (plain) out.push(plain); plain = ''; };
  const line = () => { plain += `\n${'  '.repeat(depth)}`; };
  const tokens = text.match(new RegExp(TOKEN.source, 'g')) ?? [];
  tokens.forEach((token, i) => {
    if (token === '}' || token === ']') {
      depth--;
      if (!open) line();
      plain += token;
      open = false;
      return;
    }
    if (open) line();
    open = token === '{' || token === '[';
    if (open) depth++;
    const kind = kindOf(token, tokens[i + 1]);
    if (kind) { flush(); out.push(h('span', { class: kind }, token)); } else plain += token;
    if (token === ',') line();
    if (token === ':') plain += ' ';
  });
  flush();
  return out;
}

function kindOf(token, next) {
  if (token[0] === '"') return next === ':' ? 'j-name' : 'j-string';
  if (/^-?\d/.test(token)) return 'j-number';
  return /^[tfn]/.test(token) ? 'j-literal' : null;
}
