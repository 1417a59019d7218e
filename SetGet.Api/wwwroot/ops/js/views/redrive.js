// Redriving all dead letters, and its progress: SQS moves the messages itself, this asks how far it is.
import { h, button, fill } from '../dom.js';
import { call } from '../api.js';
import { confirm, toast } from '../ui.js';
import { ago, count, plural } from '../format.js';

/** While nothing runs, only each so many rounds ask whether another operator has started a redrive. */
const IDLE_ROUNDS = 8;

/** `done` is called when a redrive has ended, so that the list can be read again. */
export function redrivePanel(done) {
  const text = h('span', { role: 'status' });
  const side = h('span', { class: 'soft small' });
  const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Redrive progress' });
  const node = h('div', { class: 'redrive', hidden: true }, h('div', { class: 'row' }, text, side), bar);
  const all = button('Redrive all', { kind: 'primary', symbol: 'redrive', disabled: true, on: () => askAll() });
  let running = false, follow = false, some = false, round = 0;

  const update = state => {
    const was = running;
    running = state?.status === 'RUNNING' || state?.status === 'CANCELLING';
    follow ||= running;
    all.disabled = running || !some;
    if (follow && state) draw(state);
    if ((was || follow) && !running && state) { follow = false; done(); }
  };
  const askAll = async () => {
    const yes = await confirm({
      title: 'Redrive all dead letters?', yes: 'Redrive all',
      text: 'All of them go back to the queue, unchanged, and are processed again. Those whose cause is not mended come back here.',
      act: async () => {
        const { tasks } = await call('POST', '/dead-letters/redrive');
        follow = true;
        update(tasks[0]);
      },
    });
    if (yes) toast('Redrive started.');
  };
  const draw = ({ status, moved, toMove, startedAt, failureReason }) => {
    node.hidden = false;
    const total = Math.max(toMove ?? 0, moved);
    bar.max = Math.max(total, 1);
    bar.value = status === 'COMPLETED' ? bar.max : moved;
    const words = {
      RUNNING: `Redriving: ${count(moved)} of ${count(total)} moved`,
      COMPLETED: `Redriven: ${plural(moved, 'message')} moved`,
      FAILED: `The redrive failed: ${failureReason ?? 'SQS gives no reason'}`,
      CANCELLED: `The redrive was cancelled: ${plural(moved, 'message')} moved`,
    };
    const line = words[status] ?? `Redrive: ${status.toLowerCase()}`;
    if (text.textContent !== line) text.textContent = line;
    fill(side, startedAt ? `started ${ago(startedAt)}` : '');
  };
  return {
    node, button: all,
    offer(any) { some = any; all.disabled = running || !some; },
    async watch(signal) {
      if (!running && !follow && round++ % IDLE_ROUNDS !== 0) return true;
      const { tasks } = await call('GET', '/dead-letters/redrive', { signal });
      update(tasks[0]);
      return true;
    },
  };
}
