/** A household as plain HTTP: cookies, forms, redirects one at a time. For storms of many, where a browser each would be too much. */

const HIDDEN = /<input(?=[^>]*\btype="hidden")(?=[^>]*\bname="([^"]*)")(?=[^>]*\bvalue="([^"]*)")[^>]*>/g;
const FIRST_OPTION = /<input(?=[^>]*\btype="radio")(?=[^>]*\bname="(item-\d+)")(?=[^>]*\bvalue="(\d+)")[^>]*>/g;

export class Household {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  #page = "";
  #posted: { readonly path: string; readonly body: string } | null = null;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The same browser when the Worker has another address: cookies do not know ports. */
  at(origin: string): Household {
    const other = new Household(origin);
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
    other.#page = this.#page;
    other.#posted = this.#posted;
    return other;
  }

  async get(path: string): Promise<Response> {
    return this.#ask(path, { method: "GET" });
  }

  /** Submits the form of this page that leads to `path`. */
  async submit(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    const form = this.#page.split("<form ").find((part) => part.slice(0, part.indexOf(">")).includes(`"${path}"`));
    if (form === undefined) throw new Error(`no form leads to ${path}:\n${this.#page.slice(0, 2000)}`);
    const body = new URLSearchParams(fields);
    for (const [, name, value] of form.slice(0, form.indexOf("</form>")).matchAll(HIDDEN))
      if (!body.has(name!)) body.append(name!, value!.replaceAll("&amp;", "&"));
    this.#posted = { path, body: body.toString() };
    return this.again();
  }

  /** Sends what was submitted last once more, to the letter. */
  async again(): Promise<Response> {
    if (!this.#posted) throw new Error("nothing was submitted yet");
    const { path, body } = this.#posted;
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: this.#origin };
    return this.#ask(path, { method: "POST", body, headers });
  }

  /** The first option of every item on the ballot that is shown. */
  firstOptions(): Record<string, string> {
    const chosen: Record<string, string> = {};
    for (const [, name, value] of this.#page.matchAll(FIRST_OPTION)) chosen[name!] ??= value!;
    return chosen;
  }

  async #ask(path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${this.#origin}${path}`, {
      ...init,
      redirect: "manual",
      headers: { accept: "text/html", ...init.headers, ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.#cookies.set(name!, value!);
    }
    this.#page = await response.clone().text();
    return response;
  }
}
