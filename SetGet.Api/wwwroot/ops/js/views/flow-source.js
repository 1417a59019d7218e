// What a flow knows of its sender: how it signs, where the event's id is, how it asks whether this is its receiver, and the key rules.
import { h, button, field, fill } from '../dom.js';
import { call, faultText } from '../api.js';
import { confirm, failed, loading, say, toast } from '../ui.js';
import { SCHEMES, HANDSHAKES } from '../schemes.js';
import { customFields } from './flow-custom.js';

const text = (name, placeholder, more) => h('input', { name, class: 'mono', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder, ...more });
const choice = (name, none, options) => h('select', { name }, h('option', { value: '' }, none), options.map(([value, title]) => h('option', { value }, title)));

export function sourcePanel(path, flow, { rules, trial, address }, signal) {
  const inputs = {
    scheme: choice('scheme', 'No signature named', Object.entries(SCHEMES).map(([name, { title }]) => [name, title])),
    handshake: choice('handshake', 'As senders of that scheme ask', HANDSHAKES),
    idHeader: text('idHeader', 'X-Event-Id', { maxlength: 128 }),
    idPointer: text('idPointer', '/id', { maxlength: 256 }),
    url: text('url', 'as it stands there', { maxlength: 1024, type: 'url' }),
  };
  const boxes = {
    scheme: field('How the sender signs', inputs.scheme, 'With one named, nothing that is not signed comes in.'),
    handshake: field('How it asks whether this is its receiver', inputs.handshake, 'Answered before the first event, where the sender asks.'),
    idHeader: field('The event’s id: in the header', inputs.idHeader, 'What comes twice under one id is one event. Of signed webhooks, a header counts where it is signed.'),
    idPointer: field('Or in the body, at', inputs.idPointer, 'A pointer, as /id or /event/id.'),
    url: field('The address as the sender has it', inputs.url, 'Only for senders that sign it, as Twilio does.'),
  };
  boxes.url.className = 'wide';
  const custom = customFields(() => changed());
  const fault = h('p', { class: 'fault', role: 'alert', hidden: true });
  const state = h('span', { class: 'soft small', role: 'status' });
  const save = h('button', { type: 'submit', class: 'button primary' }, 'Save');
  const forget = button('Forget', { kind: 'danger', 'aria-label': 'Forget the source of the flow', on: () => forgetIt() });
  let saved = '{}';

  const read = () => {
    const source = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim() || undefined]));
    return { ...source, custom: inputs.scheme.value === 'custom' ? custom.read() : undefined, keyRules: rules.read().texts };
  };
  const changed = () => {
    const isSaved = JSON.stringify(read()) === saved;
    state.textContent = isSaved ? '' : 'Not saved yet.';
    custom.node.hidden = inputs.scheme.value !== 'custom';
    address.draw(inputs.scheme.value);
  };
  const draw = source => {
    for (const [name, input] of Object.entries(inputs)) input.value = source[name] ?? '';
    custom.set(source.custom);
    rules.set(source.keyRules);
    forget.hidden = Object.keys(source).length === 1 && source.keyRules.length === 0;
    saved = JSON.stringify(read());
    changed();
    trial.run();
  };
  const blame = (errors, lines) => {
    rules.blame(lines, errors);
    custom.blame(errors);
    for (const [name, box] of Object.entries(boxes)) box.fault(faultText(errors[name]));
    form.querySelector('[aria-invalid="true"]')?.focus();
  };
  const submit = async event => {
    event.preventDefault();
    const { lines } = rules.read();
    fault.hidden = true;
    save.disabled = true;
    state.textContent = 'Saving…';
    try {
      const source = await call('PUT', path, { body: read() });
      blame({}, lines);
      draw(source);
      toast('Source saved.');
    } catch (error) {
      const errors = error.errors ?? {};
      blame(errors, lines);
      const rest = Object.keys(errors).filter(name => !boxes[name] && !/^(keyRules|custom)/.test(name));
      fault.hidden = Object.keys(errors).length > rest.length;
      fault.textContent = say(error);
    } finally {
      save.disabled = false;
      if (state.textContent === 'Saving…') changed();
      // A button that is disabled loses the focus.
      if (document.activeElement === document.body) save.focus();
    }
  };
  const forgetIt = async () => {
    const gone = await confirm({
      title: 'Forget this source?', yes: 'Forget', danger: true, act: () => call('DELETE', path),
      text: `${flow} then makes no webhook keys of its events and knows no sender. Its signing secrets stay.`,
    });
    if (gone) { toast('Source forgotten.'); draw({ keyRules: [] }); inputs.scheme.focus(); }
  };

  for (const input of Object.values(inputs)) input.addEventListener('input', changed);
  const form = h('form', { novalidate: true, hidden: true, on: { submit } },
    h('div', { class: 'panel-body settings' }, boxes.scheme, boxes.handshake, custom.node, boxes.idHeader, boxes.idPointer, boxes.url),
    h('div', { class: 'panel-body ruled workshop' },
      h('div', { class: 'rules-side' }, h('h3', {}, 'Key rules'),
        h('p', { class: 'soft small' }, 'Text with places in it: ', h('code', {}, '{/customer/id}'), ' of the body, ', h('code', {}, '{header:X-Topic}'), ', ', h('code', {}, '{id}'), '. Enter begins the next one.'),
        rules.node),
      trial.node),
    h('div', { class: 'panel-foot row' }, save, forget, state, fault));
  const place = h('div');
  const load = async () => {
    fill(place, loading('the source'));
    try {
      draw(await call('GET', path, { signal }));
      fill(place);
      form.hidden = false;
    } catch (error) {
      if (error.name !== 'AbortError') fill(place, failed(error, load));
    }
  };
  load();
  const node = h('section', { class: 'panel', 'aria-label': 'Source' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Source'), h('p', {}, 'What the flow knows of its sender. All of it may be left out.'))), place, form);
  return { node, changed, scheme: () => inputs.scheme.value };
}
