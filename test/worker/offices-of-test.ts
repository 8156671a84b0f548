/** A community set up with its first office-holders, and a browser that keeps cookies and fills in forms as a person would. */

import type { Hono } from "hono";
import { createApp } from "../../src/app.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { PersonId } from "../../src/kernel/id.ts";
import { newId } from "../../src/kernel/id.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import { createCommunity, type OfficerAsked } from "../../src/offices/setup/actions.ts";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import type { AppEnv } from "../../src/platform/context.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";

export const OFFICERS: readonly OfficerAsked[] = [
  {
    post: "committee_chair",
    name: "陈主任",
    phone: "13800000001",
    act: "members_choice",
    document: "委员会〔2026〕1号",
  },
  { post: "secretary", name: "李秘书", phone: "13800000002", act: "engagement", document: "聘用合同〔2026〕2号" },
  { post: "teller", name: "王计票", phone: "13800000003", act: "resolution", document: "委员会〔2026〕3号" },
  { post: "supervisor", name: "赵监督", phone: "13800000004", act: "residents_election", document: "居民会议纪要" },
  { post: "street_officer", name: "周街道", phone: "13800000005", act: "appointment", document: "街道办〔2026〕5号" },
  { post: "volunteer", name: "吴志愿", phone: "13800000006", act: "enlisted", document: "报名表" },
  { post: "provider_staff", name: "郑物业", phone: "13800000007", act: "engagement", document: "服务合同" },
];

export async function makeStaffedCommunity(officers = OFFICERS, env: Env = testEnv): Promise<CommunityAddress> {
  const key = newId<string>(systemRandom);
  const made = await createCommunity(env, T0, {
    key,
    name: "金桂苑",
    slug: `s-${key}`,
    street: "璧城街道",
    district: "璧山区",
    address: "金桂路 1 号",
    officers,
  });
  if (!made.ok) throw new Error(made.error.reason);
  return made.value;
}

export async function personIn(community: CommunityAddress, post: PostKind): Promise<PersonId> {
  const holders = await holdersAsOf(sceneAt(community), dayOf(T0));
  return holders.find(({ postKind }) => postKind === post)!.personId;
}

/** The app with a clock the test moves. */
export function appAt(clock: { now: number }, mount: (app: Hono<AppEnv>) => void, demo = false): Hono<AppEnv> {
  const app = createApp({ demo, now: async () => clock.now });
  mount(app);
  return app;
}

/** A deployment without the demo and without a gateway, whatever a developer's own .dev.vars says. */
export const deployedEnv: Env = { ...testEnv, DEMO: "", SMS_WEBHOOK_URL: "" };

/** A browser: cookies, the hidden fields of the page before it, redirects followed one at a time. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly app: Hono<AppEnv>;
  readonly env: Env;
  page = "";
  url = "";

  constructor(app: Hono<AppEnv>, env: Env = deployedEnv) {
    this.app = app;
    this.env = env;
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("accept")) headers.set("accept", "text/html");
    if (this.cookies.size > 0)
      headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await this.app.request(
      `http://localhost${path}`,
      { ...init, headers, redirect: "manual" },
      this.env,
    );
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const at = pair!.indexOf("=");
      const [name, value] = [pair!.slice(0, at), pair!.slice(at + 1)];
      if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async get(path: string): Promise<Response> {
    const response = await this.send(path);
    this.page = await response.clone().text();
    this.url = path;
    return response;
  }

  /** Follows redirects to the page they end at. */
  async open(path: string): Promise<Response> {
    let response = await this.get(path);
    for (let hops = 0; response.status >= 300 && response.status < 400 && hops < 5; hops += 1)
      response = await this.get(response.headers.get("location")!);
    return response;
  }

  /** The hidden fields of the form on the page that posts to an address. */
  hidden(action: string): Record<string, string> {
    const form = this.page.split("<form").find((part) => part.includes(`action="${action}"`)) ?? "";
    const body = form.slice(0, form.indexOf("</form>"));
    const fields: Record<string, string> = {};
    for (const [tag] of body.matchAll(/<input[^>]*>/g)) {
      if (!/type="hidden"/.test(tag)) continue;
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name) fields[name] = unquoted(/value="([^"]*)"/.exec(tag)?.[1] ?? "");
    }
    return fields;
  }

  /** Fills in and submits the form of the page that posts to `action`. */
  async submit(action: string, values: Record<string, string> = {}): Promise<Response> {
    return this.post(action, { ...this.hidden(action), ...values });
  }

  async post(action: string, values: Record<string, string>): Promise<Response> {
    const response = await this.send(action, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" },
      body: new URLSearchParams(values).toString(),
    });
    if (!response.headers.has("location")) {
      this.page = await response.clone().text();
      this.url = action;
    }
    return response;
  }
}

const unquoted = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
