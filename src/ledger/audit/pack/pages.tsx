/** Where the papers for a term-end audit are asked for and downloaded. What is in them: actions.ts. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { requires } from "../../../platform/access.ts";
import { zipOf } from "../../../platform/archive.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { problemResponse } from "../../../platform/problem.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { readPeriod } from "../../books/addresses.ts";
import { deskCrumbs } from "../../books/desk.tsx";
import { firstDayOf, nextPeriod, periodOf } from "../../books/rules.ts";
import { listBooks } from "../../books/store.ts";
import { exportProblem } from "../../exports/problems.ts";
import { deskAuditsHref, packHref } from "../addresses.ts";
import { type PackRefusal, type PackSpan, readPack } from "./actions.ts";

/** Mounted at /c/:slug. */
export const packRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read", "audit.read");

export function packProblem(refusal: PackRefusal): Problem {
  if (refusal.reason === "record_unsigned")
    return {
      code: "audit-pack-unsigned",
      status: 503,
      title: { zh: "现在不能生成资料包", en: "The papers cannot be made now" },
      detail: {
        zh: "公开记录现在不能签名，没有签名的资料证明不了什么。",
        en: "The record cannot be signed at present, and papers without its signature prove nothing.",
      },
      next: { zh: "请稍后再试。", en: "Please try again later." },
    };
  if (refusal.reason === "months_reversed")
    return {
      code: "audit-pack-months",
      status: 422,
      title: { zh: "没有生成资料包", en: "The papers were not made" },
      detail: { zh: "最后一个月不能早于第一个月。", en: "The last month is before the first." },
    };
  return exportProblem(refusal);
}

/** Whole years and the years up to a term of five, from the first month a book was kept to the last closed one. */
export function spansOf(first: string, last: string): readonly PackSpan[] {
  const years = Array.from(
    { length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 },
    (_, at) => Number(last.slice(0, 4)) - at,
  );
  return [
    { from: first, to: last },
    ...years.map((year) => ({
      from: `${year}-01` < first ? first : `${year}-01`,
      to: `${year}-12` > last ? last : `${year}-12`,
    })),
  ];
}

packRoutes.get("/desk/ledger/audits/pack", reads, async (c: AppContext) => {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const [books] = await scene.db.read(listBooks(scene));
  const first = books.map(({ fromPeriod }) => fromPeriod).toSorted()[0];
  const last = periodOf(dayOf(now));
  const spans = first === undefined || first > last ? [] : spansOf(first, last);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("离任审计资料包", "Papers for a term-end audit")}
      breadcrumb={[
        ...deskCrumbs(c).slice(0, c.var.actor.permissions.has("ledger.read") ? 2 : 1),
        { href: deskAuditsHref(slug), label: t("审计", "Audits") },
      ]}
    >
      <h1>{t("离任审计资料包", "Papers for a term-end audit")}</h1>
      <p class="lead">
        {t(
          "一次下载账簿、凭证索引、收支公示、银行核对、租约、决定和公开记录的证明。审计人员离线就能把余额重算一遍，不必相信本系统。",
          "One download of books, the index of vouchers, statements, reconciliations, leases, decisions and proofs of the record. An auditor recomputes the balances offline and need not believe this system.",
        )}
      </p>
      <p class="hint">
        {t(
          "里面没有个人姓名和账号。依据：届满或离任审计（上海、杭州条例）；届满十日内移交（《业主大会和业主委员会指导规则》第四十八条）。",
          "No person's name and no account number is in it. Ground: audits at term end (Shanghai, Hangzhou); handover within ten days (Guiding Rules art. 48).",
        )}
      </p>
      <LinkList
        items={spans.map((span, at) => ({
          href: `${packHref(slug)}/${span.from}/${span.to}`,
          title:
            at === 0
              ? t(`全部：${span.from}至${span.to}`, `All: ${span.from} to ${span.to}`)
              : t(`${span.from}至${span.to}`, `${span.from} to ${span.to}`),
          note: t("ZIP，附 SHA256SUMS 和说明", "ZIP with SHA256SUMS and a guide"),
        }))}
        empty={
          <EmptyState title={t("还没有账簿", "No books yet")}>
            {t("设立账簿并记账后，可以在这里下载。", "Once books are kept their papers are taken from here.")}
          </EmptyState>
        }
      />
      <p class="hint">
        {t(
          "要别的月份，把地址末尾的月份改成需要的，例如 2024-07/2026-06。",
          "For other months change those at the end of the address, such as 2024-07/2026-06.",
        )}
      </p>
    </Page>,
  );
});

packRoutes.get("/desk/ledger/audits/pack/:from/:to", reads, async (c: AppContext) => {
  const { scene } = c.var;
  const [from, to] = [readPeriod(c.req.param("from")), readPeriod(c.req.param("to"))];
  if (!from || !to) return c.notFound();
  const read = await readPack(scene, { from, to });
  if (!read.ok) return problemResponse(c, packProblem(read.error));
  // Dated by its last month, not by the clock: the same state is the same bytes.
  const bytes = zipOf(read.value, Date.parse(`${firstDayOf(nextPeriod(to))}T00:00:00Z`));
  return c.body(bytes, 200, {
    "content-type": "application/zip",
    "content-disposition": `attachment; filename="${scene.community.slug}-audit-${from}-${to}.zip"`,
  });
});
