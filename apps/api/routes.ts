import { HttpProblem } from '#http';

/** Every address there is, to tell one that does not exist from one that does not take this method. */
export class Routes {
  readonly #known: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];
  readonly #byUrl = new Map<string, Set<string>>();

  add(url: string, method: string | readonly string[]): void {
    const methods = this.#byUrl.get(url) ?? new Set();
    if (!this.#byUrl.has(url)) {
      this.#byUrl.set(url, methods);
      this.#known.push({
        pattern: new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
        methods,
      });
    }
    for (const one of [method].flat()) methods.add(one);
  }

  /** Why there is nothing at this address for this method. */
  missing(method: string, path: string): HttpProblem {
    const allow = this.#known
      .filter(({ pattern }) => pattern.test(path))
      .flatMap(({ methods }) => [...methods])
      .sort();
    if (allow.length === 0 || allow.includes(method)) return new HttpProblem('no-such-page');
    return new HttpProblem('method-not-allowed', { params: { allow }, headers: { allow: allow.join(', ') } });
  }
}
