/** What every page made of these parts keeps: readable without script or colour, one meaning for eye and screen reader, and small. */
import { describe, expect, test } from "vitest";
import { DesignPage } from "../../src/platform/design.tsx";
import { chooseLang, translator } from "../../src/platform/i18n.ts";
import { Page } from "../../src/platform/layout.tsx";
import { STYLE, STYLE_PATH, styleRoutes } from "../../src/platform/style.ts";
import { Field } from "../../src/platform/ui/fields.tsx";
import { ErrorSummary, fieldId } from "../../src/platform/ui/forms.tsx";
import { sayDay, sayDeadline, sayInstant, saySpan } from "../../src/platform/ui/moments.ts";
import { Refusal } from "../../src/platform/ui/notices.tsx";
import { Qr } from "../../src/platform/ui/qr.tsx";
import { Clock, Steps } from "../../src/platform/ui/steps.tsx";
import { DataTable, Pager } from "../../src/platform/ui/tables.tsx";

const zh = translator("zh");
const NOW = Date.parse("2026-11-23T10:05:00+08:00");
const html = async (node: unknown): Promise<string> => String(await node);
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);

describe.each(["zh", "en"] as const)("the page of all parts, in %s", (lang) => {
  const page = html(DesignPage({ t: translator(lang), lang, now: NOW }));

  test("begins with a doctype and says its language", async () => {
    expect(await page).toMatch(/^<!doctype html><html lang="(zh-CN|en)">/);
  });
  test("carries no inline style and no script, which the content policy would refuse", async () => {
    expect(await page).not.toMatch(/\sstyle=|<style|<script|\son[a-z]+=/);
  });
  test("has no id twice, and every reference leads to one", async () => {
    const ids = all(await page, /\sid="([^"]+)"/g);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const references = [
      ...all(await page, /\sfor="([^"]+)"/g),
      ...all(await page, /aria-describedby="([^"]+)"/g).flatMap((value) => value.split(" ")),
    ];
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });
  test("has one h1 and skips no rank of heading", async () => {
    const ranks = all(await page, /<h([1-6])/g).map(Number);
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    expect(ranks.filter((rank, at) => at > 0 && rank > ranks[at - 1]! + 1)).toEqual([]);
  });
  test("asks nothing of another host", async () => {
    expect(all(await page, /(?:src|<link[^>]+href)="([^"]+)"/g).filter((to) => !to.startsWith("/"))).toEqual([]);
  });
});

describe("the stylesheet", () => {
  test("fits its budget of 14 KB", () => expect(new TextEncoder().encode(STYLE).length).toBeLessThanOrEqual(14 * 1024));
  test("uses nothing that an old WebView would drop a whole rule for", () =>
    expect(STYLE).not.toMatch(/:is\(|:where\(|:has\(|:focus-visible|[;{]gap:|inset:|@layer|@container|clamp\(|dvh/));
  test("is kept for ever under its own name, and not under an older one", async () => {
    const own = await styleRoutes.request(STYLE_PATH);
    expect(own.headers.get("content-type")).toContain("text/css");
    expect(own.headers.get("cache-control")).toContain("immutable");
    const older = await styleRoutes.request("/style-000000000000.css");
    expect(older.status).toBe(200);
    expect(older.headers.get("cache-control")).not.toContain("immutable");
  });

  const tokens = (css: string) => new Map([...css.matchAll(/--([a-z-]+):(#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!]));
  const [light, dark] = STYLE.split("@media screen and (prefers-color-scheme:dark)").map(tokens);
  const luminance = (colour: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const contrast = (a: string, b: string): number => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high! + 0.05) / (low! + 0.05);
  };
  const text = ["ink", "soft", "pine", "red"].flatMap((ink) => ["paper", "sheet"].map((ground) => [ink, ground]));
  const more = [
    ["on-pine", "pine"],
    ["on-strip", "strip"],
    ["amber", "paper"],
    ["amber", "amber-wash"],
    ["red", "red-wash"],
    ["soft", "red-wash"],
    ["soft", "amber-wash"],
    ["soft", "wash"],
    ["pine", "red-wash"],
  ];
  test.each([...text, ...more])("text in %s on %s is readable (AA)", (ink, ground) => {
    for (const mode of [light!, dark!])
      expect(contrast(mode.get(ink!)!, mode.get(ground!)!)).toBeGreaterThanOrEqual(4.5);
  });
  test.each([
    ["edge", "sheet"],
    ["edge", "paper"],
    ["rest", "ground"],
    ["pine", "ground"],
    ["seal", "sheet"],
  ])("%s can be told from %s (3:1)", (shape, ground) => {
    for (const mode of [light!, dark!])
      expect(contrast(mode.get(shape!)!, mode.get(ground!)!)).toBeGreaterThanOrEqual(3);
  });
});

describe("a page", () => {
  const page = (props: Partial<Parameters<typeof Page>[0]>) =>
    html(Page({ t: zh, lang: "zh", title: "名册", now: NOW, children: "", ...props }));

  test("of an owner or of staff is not for search engines; a public one is", async () => {
    expect(await page({ nav: "owner" })).toContain("noindex");
    expect(await page({ nav: "staff" })).toContain("noindex");
    expect(await page({ nav: "public" })).not.toContain("noindex");
  });
  test("never tells another site where the reader came from", async () =>
    expect(await page({})).toContain('<meta name="referrer" content="no-referrer"/>'));
  test("names what is open now and when it closes", async () => {
    const shown = await page({
      community: { name: "金桂苑", slug: "jingui" },
      openNow: [{ title: "更换电梯", href: "/x", closesAt: Date.parse("2026-11-25T00:00:00+08:00") }],
    });
    expect(shown).toContain("更换电梯");
    expect(shown).toContain("2026年11月24日（周二）24:00截止，还剩1天13小时");
  });
  test("offers staff only the doors their office opens", async () => {
    const staff = { nav: "staff", community: { name: "金桂苑", slug: "jingui" } } as const;
    const without = await page({ ...staff, actor: { name: "彭大勇" } });
    expect(without).not.toContain("/desk/roll");
    expect(without).not.toContain("/desk/meetings");
    const permissions = new Set(["meeting.read", "roll.read"]);
    const shown = await page({ ...staff, actor: { name: "李晓东", permissions }, path: "/c/jingui/desk/roll/units/1" });
    expect(shown).toContain('href="/c/jingui/desk/roll" aria-current="true"');
    expect(shown.match(/aria-current/g)).toHaveLength(1);
  });
  test("escapes what people typed", async () => {
    const shown = await page({ title: "<b>", community: { name: "<script>", slug: "x" } });
    expect(shown).not.toContain("<script>");
    expect(shown).not.toContain("<b>");
  });
});

describe("a field", () => {
  const bad = html(Field({ name: "items[0].title", label: "题目", hint: "不超过40字", error: "不能为空", value: "" }));

  test("is wired to its hint and its message, and says that it is wrong", async () => {
    expect(await bad).toContain('aria-describedby="f-items-0-title-hint f-items-0-title-error"');
    expect(await bad).toContain('aria-invalid="true"');
    expect(await bad).toContain("不能为空");
  });
  test("is reached from the summary at the top", async () => {
    const summary = await html(ErrorSummary({ t: zh, errors: [{ field: "items[0].title", message: "不能为空" }] }));
    expect(summary).toContain(`href="#${fieldId("items[0].title")}"`);
    expect(summary).toContain('role="alert"');
  });
  test("without a fault shows no summary", () => expect(ErrorSummary({ t: zh, errors: [] })).toBeNull());
});

test("a table's cells carry their column's name for the card form", async () => {
  const shown = await html(
    DataTable({
      caption: "名册",
      rows: [{ unit: "1-101", area: "89.66" }],
      columns: [
        { label: "房号", cell: (row) => row.unit, head: true },
        { label: "面积", cell: (row) => row.area, number: true },
      ],
    }),
  );
  expect(shown).toContain('<th scope="row" role="rowheader">1-101</th>');
  expect(shown).toContain('<td class="num" data-label="面积" role="cell">');
  expect(await html(DataTable({ caption: "名册", rows: [], columns: [], empty: "还没有名册" }))).toBe("还没有名册");
});

test("a single page needs no pager", async () => {
  expect(Pager({ t: zh, page: 1, pages: 1, href: String })).toBeNull();
  expect(await html(Pager({ t: zh, page: 2, pages: 3, href: (n) => `?page=${n}` }))).toContain("第2页，共3页");
});

test("a refusal gives what, why, ground and next step", async () => {
  const shown = await html(Refusal({ t: zh, what: "没有接收", why: "已经截止", article: "第四条", next: "查看结果" }));
  for (const part of ["没有接收", "原因", "已经截止", "依据", "第四条", "现在可以", "查看结果"])
    expect(shown).toContain(part);
});

test("a course marks one current step, and none when everything is done or it was stopped", async () => {
  const steps = [{ name: "公告" }, { name: "表决" }];
  const marked = async (current: number, stopped?: string) =>
    all(await html(Steps({ t: zh, label: "进程", steps, current, stopped })), /(aria-current="step")/g).length;
  expect(await marked(1)).toBe(1);
  expect(await marked(2)).toBe(0);
  expect(await marked(1, "已撤回")).toBe(0);
});

describe("times in words", () => {
  const midnight = Date.parse("2026-12-09T00:00:00+08:00");
  test("midnight that ends a period is 24:00 of the day before (CC 203)", () => {
    expect(sayDeadline(midnight, "zh")).toBe("2026年12月8日（周二）24:00");
    expect(sayDeadline(midnight, "en")).toBe("Tue 8 Dec 2026, 24:00");
    expect(sayDeadline(midnight + 60_000, "zh")).toBe("2026年12月9日（周三）00:01");
  });
  test("a day, an instant and a span", () => {
    expect(sayDay("2026-12-08", "en")).toBe("8 Dec 2026");
    expect(sayInstant(NOW, "zh")).toBe("2026年11月23日（周一）10:05");
    expect(saySpan(2 * 86_400_000 + 3 * 3_600_000 + 59_000, "zh")).toBe("2天3小时");
    expect(saySpan(3_660_000, "en")).toBe("1 hour 1 minute");
    expect(saySpan(59_999, "zh")).toBe("不到1分钟");
  });
  test("what is left is never more than there is, and past is said as past", async () => {
    const clock = (at: number) => html(Clock({ t: zh, lang: "zh", label: "截止", at, now: NOW }));
    expect(await clock(NOW + 86_399_999)).toContain("还剩23小时59分钟");
    expect(await clock(NOW)).toContain("已过去");
  });
});

test("a language is what was asked for, then what was chosen, then what the browser prefers, then Chinese", () => {
  expect(chooseLang({ query: "en", cookie: "zh" })).toBe("en");
  expect(chooseLang({ query: "fr", cookie: "en" })).toBe("en");
  expect(chooseLang({ acceptLanguage: "fr, en-GB;q=0.8, zh;q=0.5" })).toBe("en");
  expect(chooseLang({ acceptLanguage: "fr" })).toBe("zh");
  expect(chooseLang({})).toBe("zh");
});

test("a QR code is one path and has a name", async () => {
  const shown = await html(Qr({ text: "https://example.org/c/jingui/v/7k2m9qxe04hdtz8v", label: "扫码" }));
  expect(shown).toContain('aria-label="扫码"');
  expect(shown.match(/<path/g)).toHaveLength(1);
  expect(shown.length).toBeLessThan(6000);
});
