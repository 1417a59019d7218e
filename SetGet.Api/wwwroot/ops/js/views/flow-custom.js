// The scheme that a source describes itself: a hash in a header.
import { h, field } from '../dom.js';
import { faultText } from '../api.js';

const FIELDS = [
  ['header', 'Header with the signature', 'X-Signature'],
  ['algorithm', 'Hash', ['sha256', 'sha1', 'sha512']],
  ['encoding', 'Written as', ['hex', 'base64']],
  ['prefix', 'After the prefix', 'sha256='],
  ['timestampHeader', 'Header with the time, epoch seconds', 'X-Timestamp'],
  ['signed', 'What is signed', '{timestamp}.{body}'],
];

export function customFields(changed) {
  const inputs = Object.fromEntries(FIELDS.map(([name, , options]) => [name, Array.isArray(options)
    ? h('select', { name }, options.map(option => h('option', { value: option }, option)))
    : h('input', { name, class: 'mono', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: 256, placeholder: options })]));
  const boxes = Object.fromEntries(FIELDS.map(([name, title]) => [name, field(title, inputs[name],
    name === 'signed' ? 'Text with {body}, and as needed {timestamp}, {url}, {header:Name}.' : undefined)]));
  for (const input of Object.values(inputs)) input.addEventListener('input', changed);
  return {
    node: h('fieldset', { class: 'custom' }, h('legend', { class: 'label' }, 'The signature'), h('div', { class: 'settings' }, Object.values(boxes))),
    read: () => ({
      header: inputs.header.value.trim(), algorithm: inputs.algorithm.value, encoding: inputs.encoding.value, prefix: inputs.prefix.value,
      timestampHeader: inputs.timestampHeader.value.trim() || undefined, signed: inputs.signed.value.trim() || '{body}',
    }),
    set(custom = {}) {
      for (const [name, , options] of FIELDS) inputs[name].value = custom[name] ?? (Array.isArray(options) ? options[0] : name === 'signed' ? '{body}' : '');
    },
    blame(errors) {
      for (const [name, box] of Object.entries(boxes)) box.fault(faultText(errors[`custom.${name}`]));
    },
  };
}
