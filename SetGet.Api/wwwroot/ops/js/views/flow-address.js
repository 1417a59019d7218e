// What to paste at the sender, and where there.
import { h, fill } from '../dom.js';
import { call, seg } from '../api.js';
import { copyButton } from '../ui.js';
import { SCHEMES, NO_SCHEME, SIGNED } from '../schemes.js';

export function addressPanel(account, flow, signal) {
  const names = `${seg(account)}/${seg(flow)}`;
  const where = h('p', { class: 'wrap' });
  const gateway = h('div', { class: 'address' });
  let base, scheme = '', hasSecret = false, shown = null;
  // At the gateway's door for signed webhooks, what comes with an API key alone proves nothing, and is dropped after its 202.
  const show = () => {
    where.textContent = SCHEMES[scheme]?.where ?? (hasSecret ? SIGNED : NO_SCHEME);
    const path = `/${scheme || hasSecret ? 'signed' : 'hooks'}/${names}`;
    if (base === undefined || path === shown) return;
    shown = path;
    fill(gateway, h('h3', {}, 'Through the gateway'), base
      ? line(`${base}${path}`, 'the address of the gateway')
      : h('p', { class: 'soft small wrap' }, 'What the ingest stack’s output IngestUrl says, then ', h('code', {}, path), '. Where the API has SetGet__Ops__GatewayUrl, it stands here.'));
  };
  fill(gateway, h('h3', {}, 'Through the gateway'), h('p', { class: 'soft small', role: 'status' }, 'Reading the gateway’s address…'));
  // Without an answer, the sentence above says where to find it.
  call('GET', '/ops/api/gateway', { signal }).then(({ url }) => { base = url; show(); }, () => { base = null; show(); });

  const node = h('section', { class: 'panel', 'aria-label': 'Set up at the sender' },
    h('div', { class: 'panel-head' }, h('div', {}, h('h2', {}, 'Set up at the sender'), where)),
    h('div', { class: 'panel-body addresses' },
      h('div', { class: 'address' }, h('h3', {}, 'To the API'), line(`${location.origin}/hooks/${names}`, 'the address of the API')), gateway,
      h('p', { class: 'soft small' }, 'Both end in the same flow. The gateway answers no challenge: a sender that asks first whether this is its receiver needs the API’s address. A webhook key may follow the flow, as /order-42; the key rules add theirs.')));
  return { node, draw(next) { scheme = next; show(); }, secrets(some) { hasSecret = some; show(); } };
}

const line = (address, name) => h('div', { class: 'secret' }, h('code', {}, address), copyButton(() => address, name));
