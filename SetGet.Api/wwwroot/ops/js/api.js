// The key lives in sessionStorage: in this tab, until it closes. It is sent as a header, never in an address.
const KEY = 'setget.ops.key';
const TIMEOUT_MS = 20_000;

export const session = {
  get key() { return sessionStorage.getItem(KEY); },
  open(key) { sessionStorage.setItem(KEY, key); },
  close(why) {
    sessionStorage.removeItem(KEY);
    document.dispatchEvent(new CustomEvent('signed-out', { detail: why }));
  },
};

/** An answer that is not a success: what RFC 9457 gives, or what the browser says. Status 0: no answer. */
export class Problem extends Error {
  constructor(status, title, detail, errors) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.errors = errors ?? {};
  }

  /** One line for people: the detail, and each field's faults. */
  get text() {
    const fields = Object.entries(this.errors).map(([name, faults]) => `${name}: ${faultText(faults)}`);
    return [this.message, ...fields].join(' ');
  }
}

/** The answer's headers and text, which is '' where it has none. Throws Problem, and AbortError where the caller's signal says so. */
export async function answer(method, path, { body, query, signal, key = session.key } = {}) {
  const address = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== null && value !== '') address.searchParams.set(name, value);
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const headers = { 'X-Api-Key': key ?? '', Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response, text;
  try {
    response = await fetch(address, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, 'No answer', limit.aborted ? 'SetGet did not answer within 20 seconds.' : 'SetGet cannot be reached.');
  }
  if (response.ok) return { headers: response.headers, text };
  const problem = toProblem(response, text);
  if (problem.status === 401 && key === session.key && session.key) session.close('The key is no longer accepted. Enter it again.');
  throw problem;
}

export const callText = async (method, path, options) => (await answer(method, path, options)).text;

export async function call(method, path, options) {
  const text = await callText(method, path, options);
  return text === '' ? null : JSON.parse(text);
}

function toProblem(response, text) {
  try {
    const { title, detail, errors } = JSON.parse(text);
    return new Problem(response.status, title ?? response.statusText, detail, errors);
  } catch {
    return new Problem(response.status, `${response.status} ${response.statusText}`.trim(), `SetGet answered ${response.status}.`);
  }
}

export const seg = encodeURIComponent;

/** What is wrong with one field, as one text; null where nothing is. */
export const faultText = faults => faults ? [].concat(faults).join(' ') : null;
