// Asks again and again: never twice at once, not while the tab is hidden, slower while it fails.
const SLOWEST_MS = 15_000;

/** Runs `ask(signal)` now and then every `everyMs` until `stop`. `ask` handles its own errors and answers whether it succeeded. */
export function poll(ask, everyMs) {
  const abort = new AbortController();
  let timer = 0, failures = 0, running = false;

  const round = async () => {
    clearTimeout(timer);
    if (running || abort.signal.aborted || document.hidden) return;
    running = true;
    const good = await ask(abort.signal).catch(() => false);
    running = false;
    failures = good === false ? failures + 1 : 0;
    if (!abort.signal.aborted) timer = setTimeout(round, Math.min(SLOWEST_MS, everyMs * 2 ** Math.min(failures, 4)));
  };
  const seen = () => { if (!document.hidden) round(); };

  document.addEventListener('visibilitychange', seen);
  round();
  return {
    now: round,
    stop() {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
