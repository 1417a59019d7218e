// A list that is read again and again, for as long as its page is open.
import { h, fill } from './dom.js';
import { call } from './api.js';
import { poll } from './poll.js';
import { failed, loading, say } from './ui.js';
import { ago } from './format.js';

const EVERY_MS = 2000;

/**
 * Reads `path`, whose answer `rows(answer)` makes an array of; `draw(rows)` makes nodes of those. `status(answer)` is what is said beside the title, a text and a class.
 * `again()` draws the last answer once more, after something else about the rows has changed.
 */
export function liveList(what, path, { rows, draw, status = () => ['Live', ''] }) {
  const list = h('div', { tabindex: '-1' });
  const live = h('span', { class: 'live idle', role: 'status' }, 'Connecting');
  let shown = null, last = null;

  const report = (text, kind) => {
    if (live.textContent !== text) live.textContent = text;
    live.className = `live ${kind}`;
  };
  const show = () => {
    const some = rows(last);
    const text = JSON.stringify(some);
    // Only what changed is drawn anew: whoever has the focus in the list keeps it.
    if (text !== shown) fill(list, draw(some));
    else for (const time of list.querySelectorAll('time')) time.textContent = ago(time.dateTime);
    shown = text;
  };
  const asking = poll(async signal => {
    try {
      last = await call('GET', path, { signal });
      show();
      report(...status(last));
      return true;
    } catch (error) {
      if (error.name === 'AbortError') return false;
      if (shown === null) fill(list, failed(error, () => asking.now()));
      report(say(error), 'bad');
      return false;
    }
  }, EVERY_MS);
  fill(list, loading(what));
  return { list, live, stop: asking.stop, again() { if (last) { shown = null; show(); } } };
}
