// A small live chart: one series, an area and a line in SVG, a crosshair under the pointer.
import { h, svg, fill } from './dom.js';
import { rate } from './format.js';

const WIDTH = 300, HEIGHT = 92, PAD = 4;

/** `onPoint(index | null)` tells which value the pointer is at. */
export function chart(label, onPoint) {
  const area = svg('path', { class: 'area' });
  const line = svg('path', { class: 'line' });
  const cross = svg('line', { class: 'cross', y1: 0, y2: HEIGHT, visibility: 'hidden' });
  const grid = svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: PAD, y2: PAD });
  const top = h('span', { class: 'top', 'aria-hidden': 'true' });
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, grid, area, line, cross);
  const node = h('div', { class: 'chart' }, picture, top);
  let values = [], at = null;

  const point = index => {
    at = index;
    cross.setAttribute('visibility', index === null ? 'hidden' : 'visible');
    if (index !== null) for (const end of ['x1', 'x2']) cross.setAttribute(end, x(index, values.length));
    onPoint(index);
  };
  node.addEventListener('pointermove', event => {
    const box = picture.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    if (values.length > 1) point(Math.round(share * (values.length - 1)));
  });
  node.addEventListener('pointerleave', () => point(null));

  node.draw = (next, summary) => {
    values = next;
    const peak = niceTop(Math.max(...values, 0));
    const points = values.map((value, i) => `${round(x(i, values.length))} ${round(y(value, peak))}`);
    line.setAttribute('d', points.length ? `M${points.join('L')}` : '');
    area.setAttribute('d', points.length ? `M0 ${HEIGHT}L${points.join('L')}L${WIDTH} ${HEIGHT}Z` : '');
    fill(top, rate(peak));
    picture.setAttribute('aria-label', `${label}: ${summary}`);
    if (at !== null) point(Math.min(at, values.length - 1));
  };
  return node;
}

const round = number => Math.round(number * 100) / 100;
const x = (index, length) => length < 2 ? 0 : index / (length - 1) * WIDTH;
const y = (value, peak) => HEIGHT - 1.5 - value / peak * (HEIGHT - 1.5 - PAD);

/** The next round number, so that the scale stays while the values wander. */
export function niceTop(peak) {
  if (peak <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(peak));
  return [1, 2, 3, 4, 6, 8, 10].map(step => step * power).find(step => step >= peak);
}
