// Numbers, times and durations, the same everywhere on the page.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export const count = number => whole.format(number);
export const compact = number => Math.abs(number) < 10_000 ? whole.format(number) : short.format(number);
export const rate = number => number > 0 && number < 10 ? tenth.format(number) : compact(number);
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** 5400 -> "1 hour 30 minutes": exact where two units suffice, else in seconds as well. */
export function seconds(total) {
  const parts = [];
  let rest = total;
  for (const [unit, size] of UNITS) {
    const number = Math.floor(rest / size);
    rest -= number * size;
    if (number > 0) parts.push(plural(number, unit));
  }
  if (parts.length === 0) return '0 seconds';
  return parts.length <= 2 ? parts.join(' ') : `${count(total)} seconds`;
}

/** A span for a glance: "340 ms", "1.2 s", "4 min", "3 h", "12 d". */
export function span(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${tenth.format(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.floor(ms / 3_600_000)} h`;
  return `${count(Math.floor(ms / 86_400_000))} d`;
}

export const when = time => full.format(new Date(time));

export function ago(time, now = Date.now()) {
  const ms = now - new Date(time).getTime();
  return ms < 0 ? `in ${span(-ms)}` : ms < 1000 ? 'just now' : `${span(ms)} ago`;
}

export function bytes(number) {
  if (number < 1024) return `${whole.format(number)} B`;
  return number < 1_048_576 ? `${tenth.format(number / 1024)} KiB` : `${tenth.format(number / 1_048_576)} MiB`;
}
