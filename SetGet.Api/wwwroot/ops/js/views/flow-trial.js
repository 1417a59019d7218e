// The try-out: an example, filled with the last event, and what the rules make of it while they are typed. Nothing is stored.
import { h, button, field, fill } from '../dom.js';
import { answer, call, faultText, seg } from '../api.js';
import { say } from '../ui.js';
import { plural } from '../format.js';

const TYPING_MS = 250, MOST_TRIES = 5, MOST_SHOWN = 50;
const OF_SENDER = 'setget-header-';

export function trialBox(path, account, rules, signal) {
  const body = h('textarea', { name: 'body', class: 'mono', rows: 11, spellcheck: 'false', placeholder: '{"orderId": 4711}' });
  const headers = h('textarea', { name: 'headers', class: 'mono', rows: 4, spellcheck: 'false', placeholder: 'X-GitHub-Event: push' });
  const type = h('input', { name: 'type', class: 'mono', autocomplete: 'off', spellcheck: 'false', value: 'application/json' });
  const boxes = { body: field('Body', body), headers: field('Headers, one per line', headers), contentType: field('Content type', type) };
  const result = h('div', { class: 'result', role: 'status' }, 'Reading what the rules make…');
  const from = h('span', { class: 'soft small' });
  const last = button('Fill with the last event', { kind: 'slim', on: () => fetchLast(true) });
  last.hidden = true;
  let timer = 0, asking = null, offered = null, filled = null, tries = 0, touched = false, isFetching = false;

  const run = () => { clearTimeout(timer); timer = setTimeout(ask, TYPING_MS); };
  const ask = async () => {
    asking?.abort();
    const mine = asking = new AbortController();
    const { texts, lines } = rules.read();
    for (const box of Object.values(boxes)) box.fault(null);
    const given = readHeaders(headers.value);
    if (given.fault) return boxes.headers.fault(given.fault);
    const example = { body: body.value, contentType: type.value.trim() || 'application/json', headers: given.headers };
    const attempt = good => call('POST', path, { body: { ...example, keyRules: good.map(line => texts[lines.indexOf(line)]) }, signal: AbortSignal.any([mine.signal, signal]) });
    try {
      const found = await attempt(lines).then(answered => ({ answered, good: rules.blame(lines, {}) }), async error => {
        const good = error.status === 400 ? rules.blame(lines, error.errors) : lines;
        // One wrong rule does not hide what the others make.
        if (good.length === lines.length) throw error;
        return { answered: await attempt(good), good };
      });
      const isThere = body.value !== '' || headers.value !== '';
      rules.explain(found.good, isThere ? found.answered.rules : []);
      fill(result, isThere ? summary(found.answered, texts.length, lines.length - found.good.length) : 'Paste an event to see the keys that the rules make of it.');
    } catch (error) {
      if (error.name === 'AbortError') return;
      const known = Object.entries(error.errors ?? {}).filter(([name]) => boxes[name]);
      for (const [name, faults] of known) boxes[name].fault(faultText(faults));
      rules.explain(lines, []);
      fill(result, known.length ? '' : h('p', { class: 'fault' }, say(error)));
    }
  };

  const fetchLast = async isAsked => {
    if (isFetching) return;
    const { id, webhookKey } = offered;
    isFetching = true;
    from.textContent = 'Reading the last event…';
    try {
      const { text, headers: got } = await answer('GET', `/get/${seg(webhookKey)}`, { query: { account, wait: 2 }, signal });
      // What somebody has begun to type is theirs.
      if (touched && !isAsked) return void (from.textContent = '');
      if (text.includes('\uFFFD')) return void (from.textContent = 'The last event’s body is no text, and cannot be tried here.');
      body.value = text;
      type.value = got.get('content-type') ?? '';
      headers.value = [...got].filter(([name]) => name.startsWith(OF_SENDER)).map(([name, value]) => `${name.slice(OF_SENDER.length)}: ${value}`).join('\n');
      from.textContent = `The last event, under ${webhookKey}.`;
      // What is accepted now may be stored a moment later.
      if (got.get('setget-id') === id) filled = id;
      touched = false;
      run();
    } catch (error) {
      if (error.name !== 'AbortError') from.textContent = error.status === 404 ? 'The last event is gone: it has expired, or a reader took it.' : say(error);
    } finally {
      isFetching = false;
    }
  };

  for (const input of [body, headers, type]) input.addEventListener('input', () => { touched = true; from.textContent = ''; run(); });
  return {
    run,
    stop: () => { clearTimeout(timer); asking?.abort(); },
    /** The last accepted delivery: it is the example for as long as nobody has typed another. */
    offer(delivery) {
      if (delivery.id !== offered?.id) tries = 0;
      offered = delivery;
      last.hidden = false;
      if (!touched && filled !== delivery.id && tries++ < MOST_TRIES) fetchLast(false);
    },
    node: h('div', { class: 'trial', role: 'group', 'aria-label': 'Try-out' },
      h('div', { class: 'row between' }, h('h3', {}, 'Try them on an event'), last), from, result, boxes.body, boxes.headers, boxes.contentType),
  };
}

function readHeaders(text) {
  const headers = {};
  for (const [at, line] of text.split('\n').entries()) {
    if (!line.trim()) continue;
    const colon = line.indexOf(':');
    if (colon < 1) return { fault: `Line ${at + 1} has no colon after a name.` };
    headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return { headers };
}

function summary({ keys, fault }, count, wrong) {
  if (fault) return h('p', { class: 'fault' }, `Such an event is refused: ${fault}`);
  if (keys.length) return [h('p', {}, `Stored under ${plural(keys.length, 'webhook key')}:`),
    h('p', { class: 'badges' }, keys.slice(0, MOST_SHOWN).map(key => h('span', { class: 'badge good mono wrap' }, key)), keys.length > MOST_SHOWN && h('span', { class: 'soft small' }, `and ${keys.length - MOST_SHOWN} more`))];
  if (count === 0) return 'There are no rules: each address has to name a webhook key.';
  return wrong === count ? 'Correct the rules to see their keys.' : 'No rule makes a key of it: such an event is refused, unless its address names one.';
}
