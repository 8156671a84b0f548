/** A browser without a network: walks the product's own routes in process, keeps cookies, and counts what D1 was asked for. */
import { createApp } from "../../src/app.ts";
import type { Instant } from "../../src/kernel/day.ts";
import type { CommunityAddress, Meter } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { START } from "./world.ts";

const clock = { now: START };
const app = createApp({ demo: false, now: async () => clock.now });

/** The product's clock, for every visitor. */
export const setClock = (now: Instant): void => {
  clock.now = now;
};

/** The same environment with shards whose batches are counted, whoever opens them. */
export function metered(env: Env): { env: Env; meter: Meter } {
  const meter: Meter = { roundTrips: 0, rowsRead: 0, rowsWritten: 0 };
  const over = <C extends D1Database | D1DatabaseSession>(inner: C): C =>
    new Proxy(inner, {
      get(target, property) {
        if (property === "withSession") return (at?: string) => over((target as D1Database).withSession(at));
        if (property === "batch")
          return async (statements: D1PreparedStatement[]) => {
            meter.roundTrips += 1;
            const results = await target.batch(statements);
            for (const { meta } of results) {
              meter.rowsRead += meta.rows_read ?? 0;
              meter.rowsWritten += meta.rows_written ?? 0;
            }
            return results;
          };
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  return { env: { ...env, DB: over(env.DB), DB_1: over(env.DB_1!) }, meter };
}

const ORIGIN = "http://localhost";
const HIDDEN = /<input(?=[^>]*\btype="hidden")(?=[^>]*\bname="([^"]*)")(?=[^>]*\bvalue="([^"]*)")[^>]*>/g;
const TEXT = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" } as const;
const plain = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|#39);/g, (name) => TEXT[name as keyof typeof TEXT]);

export class Visitor {
  readonly cookies = new Map<string, string>();
  /** The last page. */
  page = "";
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  /** The same browser, before another D1. */
  in(env: Env): Visitor {
    const other = new Visitor(env);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    other.page = this.page;
    return other;
  }

  async get(path: string): Promise<Response> {
    return this.#ask(path, { method: "GET" });
  }

  /** Posts the form of the last page that leads to `path`, with its hidden fields and these. */
  async submit(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    const form = this.page
      .split("<form ")
      .find((part) => part.slice(0, part.indexOf(">")).includes(`action="${path}"`));
    if (form === undefined) throw new Error(`the page has no form for ${path}`);
    const body = new URLSearchParams(fields);
    for (const [, name, value] of form.slice(0, form.indexOf("</form>")).matchAll(HIDDEN))
      if (!body.has(name!)) body.append(name!, plain(value!));
    return this.#ask(path, {
      method: "POST",
      body: body.toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN },
    });
  }

  async #ask(path: string, init: { method: string; body?: string; headers?: Record<string, string> }) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { accept: "text/html", ...init.headers, ...(cookie ? { cookie } : {}) };
    const response = await app.fetch(new Request(`${ORIGIN}${path}`, { ...init, headers }), this.#env);
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.cookies.set(name!, value!);
    }
    this.page = await response.clone().text();
    return response;
  }
}

/** The directory is read once for an isolate's life; what is measured is any later request. */
export async function passDirectory(
  { env, meter }: { env: Env; meter: Meter },
  { slug }: Pick<CommunityAddress, "slug">,
): Promise<void> {
  await new Visitor(env).get(`/c/${slug}/log/vkey`);
  Object.assign(meter, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
}
