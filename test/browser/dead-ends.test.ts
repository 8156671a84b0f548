/** Nobody comes to a dead end: every link each person is shown leads somewhere, and every page is whole. Read as text, without drawing it. */
import type { APIRequestContext } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, PHONE } from "./person.ts";
import { enterAs, roleOf } from "./roles.ts";
import { serveCopy } from "./served.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const MOST_PAGES = 250;
/** Of pages that differ only in an id or a number, so many are read. */
const MOST_ALIKE = 2;

const alike = (path: string): string =>
  path
    .replace(/\?.*/, (query) => query.replace(/=[^&]*/g, "="))
    .replace(/[0-9a-f]{64}/g, "*")
    .replace(/\/[0-9a-z]{16}\b/g, "/*")
    .replace(/\/\d+/g, "/*");

const unescaped = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name as string]!,
  );

/** Words of the machine that never belong on a page; the reference of the interface speaks of `null` by right. */
const wordsOf = (path: string): RegExp =>
  path === "/docs" ? /undefined|\[object Object\]/ : /undefined|\[object Object\]|\bNaN\b|\bnull\b/;

/** What is wrong with a page that everybody should find right. */
function faultsOf(html: string, path: string): string[] {
  const text = unescaped(html.replace(/<(style|script|code|pre)\b[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " "));
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!);
  const ranks = [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, rank]) => Number(rank));
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
  return [
    ...(/<html[^>]* lang="(zh-Hans|zh-CN|en)"/.test(html) ? [] : ["no language"]),
    ...(/<title>[^<]+<\/title>/.test(html) ? [] : ["no title"]),
    ...(ranks.filter((rank) => rank === 1).length === 1 ? [] : [`${ranks.filter((rank) => rank === 1).length} h1`]),
    ...ranks.flatMap((rank, at) => (at > 0 && rank > ranks[at - 1]! + 1 ? [`h${rank} after h${ranks[at - 1]}`] : [])),
    ...ids.flatMap((id, at) => (ids.indexOf(id) < at ? [`id ${id} twice`] : [])),
    ...targets.flatMap((id) => (ids.includes(id) ? [] : [`#${id} leads nowhere`])),
    ...(wordsOf(path)
      .exec(text)
      ?.map((word) => `says “${word}”`) ?? []),
  ];
}

/** Buttons and heads of columns are the product's own words, never anybody's data. */
const chineseIn = (html: string): string[] =>
  [...html.matchAll(/<(button|th scope="col")[^>]*>([\s\S]*?)<\/(?:button|th)>/g)]
    .map(([, , inner]) => unescaped(inner!.replace(/<[^>]+>/g, " ")).trim())
    .filter((words) => /\p{Script=Han}/u.test(words))
    .map((words) => `not English: “${words}”`);

interface Reading {
  readonly start: string;
  /** Links on pages outside are not followed any further: the stranger has. */
  readonly within?: string;
  readonly faults?: (html: string, path: string) => string[];
}

/** Reads every page that can be reached by links; answers with what was wrong, page by page. */
async function readAll(
  request: APIRequestContext,
  { start, within = "/", faults = faultsOf }: Reading,
): Promise<{ read: number; wrong: string[] }> {
  const wrong: string[] = [];
  const seen = new Map<string, number>();
  const visited = new Set<string>();
  const waiting: { path: string; from: string }[] = [{ path: start, from: "" }];
  for (let next = waiting.shift(); next && visited.size < MOST_PAGES; next = waiting.shift()) {
    const { path, from } = next;
    const kind = alike(path);
    if (visited.has(path) || (seen.get(kind) ?? 0) >= MOST_ALIKE) continue;
    visited.add(path);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const response = await request.get(path, { headers: { accept: "text/html" } });
    if (response.status() !== 200) wrong.push(`${response.status()} ${path} (from ${from})`);
    const { "content-type": type = "", "content-disposition": disposition = "" } = response.headers();
    if (!type.startsWith("text/html") || disposition.startsWith("attachment")) continue;
    const html = await response.text();
    wrong.push(...faults(html, path).map((fault) => `${fault}: ${path}`));
    const base = new URL(response.url());
    if (!base.pathname.startsWith(within)) continue;
    for (const [, href] of html.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
      const to = new URL(unescaped(href!), base);
      if (to.origin !== base.origin || to.pathname.startsWith("/demo") || to.searchParams.has("lang")) continue;
      waiting.push({ path: `${to.pathname}${to.search}`, from: base.pathname });
    }
  }
  return { read: visited.size, wrong };
}

const STAFF = [
  "secretary",
  "chair",
  "deputy",
  "member",
  "alternate",
  "teller",
  "supervisor",
  "treasurer",
  "accountant",
  "branch-secretary",
  "volunteer",
  "residents-committee",
  "street",
  "auditor",
] as const;

/** Of the estate whose first committee is being elected. */
const GINKGO = ["ginkgo-group", "ginkgo-secretary"] as const;

test("for whoever starts at the demo: every role's link opens", async () => {
  const visitor = await aPerson("visitor", served.origin, PHONE);
  await visitor.opens("/demo");
  await visitor.finds("演示：金桂苑和银杏苑");
  const links = await visitor.page.request.get("/demo/links.json");
  const { roles } = (await links.json()) as { roles: { role: string; url: string }[] };
  expect(roles.length).toBeGreaterThanOrEqual(4 + 4 + STAFF.length);
  for (const { role, url } of roles) expect(await visitor.opens(url), role).toBe(200);
  await visitor.leaves();
});

test("for a stranger", async () => {
  const stranger = await aPerson("stranger", served.origin, DESK);
  const { read, wrong } = await readAll(stranger.page.request, { start: "/c/jingui" });
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(30);
  await stranger.leaves();
});

test("for a stranger in the estate that elects its first committee", async () => {
  const stranger = await aPerson("stranger-ginkgo", served.origin, DESK);
  const { wrong } = await readAll(stranger.page.request, { start: "/c/yinxing", within: "/c/yinxing" });
  expect(wrong).toEqual([]);
  await stranger.leaves();
});

test.each([
  ["owner", "jingui"],
  ["owner-many", "jingui"],
  ["owner-company", "jingui"],
  ["ginkgo-owner", "yinxing"],
])("for %s", async (role, slug) => {
  const owner = await aPerson(role, served.origin, DESK);
  const { url, lastFour = "" } = await roleOf(served.origin, role);
  await owner.opens(url);
  await owner.types("手机号后四位", lastFour);
  await owner.presses("核对，进入表决票");
  const { wrong } = await readAll(owner.page.request, { start: `/c/${slug}/vote`, within: `/c/${slug}/vote` });
  expect(wrong).toEqual([]);
  await owner.leaves();
});

test.each([...STAFF.map((role) => [role, "jingui"] as const), ...GINKGO.map((role) => [role, "yinxing"] as const)])(
  "for the %s at the desk",
  async (role, slug) => {
    const officer = await aPerson(role, served.origin, DESK);
    await enterAs(officer, role);
    await officer.finds("工作台");
    const { wrong } = await readAll(officer.page.request, { start: `/c/${slug}/desk`, within: `/c/${slug}/desk` });
    expect(wrong).toEqual([]);
    await officer.leaves();
  },
);

test("who asks for English is answered in English", async () => {
  const officer = await aPerson("english-secretary", served.origin, DESK);
  await enterAs(officer, "secretary");
  await officer.follows("English");
  await officer.finds("Desk");
  const faults = (html: string, path: string) => [...faultsOf(html, path), ...chineseIn(html)];
  const { wrong } = await readAll(officer.page.request, { start: "/c/jingui/desk", faults });
  expect(wrong).toEqual([]);
  await officer.leaves();
});
