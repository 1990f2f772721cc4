/** For every answer. Nothing of ours is meant to be framed, sniffed, cached by others or read from another site. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** For pages with scripts and styles of our own. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a request is meant for this machine itself. A page elsewhere may point a name of its own at 127.0.0.1 and would
 * then count as the same site: its name in `Host` gives it away.
 */
export const isForLoopback = (host: string | undefined): boolean => host !== undefined && LOOPBACK.test(host);
