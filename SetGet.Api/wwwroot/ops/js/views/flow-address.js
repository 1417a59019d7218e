// What to paste at the sender, and where there.
import { h, fill } from '../dom.js';
import { call, seg } from '../api.js';
import { copyButton } from '../ui.js';
import { SCHEMES, NO_SCHEME } from '../schemes.js';

export function addressPanel(account, flow, signal) {
  const names = `${seg(account)}/${seg(flow)}`;
  const where = h('p', { class: 'wrap' });
  const gateway = h('div', { class: 'address' });
  const show = base => fill(gateway, h('h3', {}, 'Through the gateway'), base
    ? line(`${base}/signed/${names}`, 'the address of the gateway')
    : h('p', { class: 'soft small wrap' }, 'What the ingest stack’s output IngestUrl says, then ', h('code', {}, `/signed/${names}`), '. Where the API has SetGet__Ops__GatewayUrl, it stands here.'));
  fill(gateway, h('h3', {}, 'Through the gateway'), h('p', { class: 'soft small', role: 'status' }, 'Reading the gateway’s address…'));
  // Without an answer, the sentence above says where to find it.
  call('GET', '/ops/api/gateway', { signal }).then(({ url }) => show(url), () => show(null));

  const node = h('section', { class: 'panel', 'aria-label': 'Set up at the sender' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Set up at the sender'), where)),
    h('div', { class: 'panel-body addresses' },
      h('div', { class: 'address' }, h('h3', {}, 'To the API'), line(`${location.origin}/hooks/${names}`, 'the address of the API')), gateway,
      h('p', { class: 'soft small' }, 'Both end in the same flow. The gateway answers no challenge: a sender that asks first whether this is its receiver needs the API’s address. A webhook key may follow the flow, as /order-42; the key rules add theirs.')));
  return { node, draw(scheme) { where.textContent = SCHEMES[scheme]?.where ?? NO_SCHEME; } };
}

const line = (address, name) => h('div', { class: 'secret' }, h('code', {}, address), copyButton(() => address, name));
