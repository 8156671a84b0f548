/** Audits as everybody reads them: the list, one with its opinion and findings, and the notice to print. Markup only. */
import { Hono } from "hono";
import { addDays, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { shortCode } from "../../record/rules.ts";
import { accountsHref, readCount } from "../books/addresses.ts";
import { listBooks } from "../books/store.ts";
import { type AuditView, viewAudit } from "./actions.ts";
import { auditHref, auditsHref, populationHref } from "./addresses.ts";
import { YearClock, yearFrom } from "./clocks.tsx";
import { standing } from "./fieldwork/store.ts";
import { AUDIT_SETTINGS } from "./settings.ts";
import {
  AUDITS_A_PAGE,
  AuditList,
  AuditMark,
  AuditSteps,
  auditTitle,
  booksWords,
  EngagementFacts,
  Finding,
  NEWEST_AUDIT,
  OpinionShown,
  Samples,
} from "./shown.tsx";
import { auditFrom, byAuditNumber, findOpinion, listAudits, listPublishedAudits } from "./store.ts";
import { COMMISSION_WORDS, OPINION_MEANINGS, OPINION_WORDS, OUTCOME_WORDS, SEVERITY_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const publicAuditRoutes = new Hono<AppEnv>();

export const auditCrumbs = (c: AppContext) => [
  { href: accountsHref(c.var.scene.community.slug), label: c.var.t("公开账目", "Public accounts") },
  { href: auditsHref(c.var.scene.community.slug), label: c.var.t("审计", "Audits") },
];

publicAuditRoutes.get("/accounts/audits", async (c) => {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? String(NEWEST_AUDIT));
  if (before === null) return c.notFound();
  const [rows, books, settings, published] = await scene.db.read(
    listAudits(scene, { limit: AUDITS_A_PAGE + 1, before }),
    listBooks(scene),
    listSettings(scene, AUDIT_SETTINGS),
    listPublishedAudits(scene, AUDITS_A_PAGE),
  );
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("审计", "Audits")}
      breadcrumb={auditCrumbs(c).slice(0, 1)}
      switchHref={`${auditsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("账目审计", "Audits of the books")}</h1>
      <p class="lead">
        {t(
          "谁审计、抽了哪些凭证、发现了什么、业委会怎样答复、最后是什么意见，都在这里。抽样任何人都能重抽一遍。",
          "Who audits, what was sampled, what was found, how the committee answered, and the opinion. Anybody can draw the samples again.",
        )}
      </p>
      <YearClock
        c={c}
        clock={yearFrom(dayOf(now), books, valuesFromRows(AUDIT_SETTINGS, settings), published.map(auditFrom))}
      />
      <AuditList
        c={c}
        rows={rows}
        href={(number) => auditHref(slug, number)}
        list={auditsHref(slug)}
        empty={t(
          "业主大会决定、业委会委托或街道组织审计后，审计的进展和意见会列在这里。",
          "Once an audit is decided on, commissioned or ordered, its course and its opinion stand here.",
        )}
      />
    </Page>,
  );
});

// ——— One of them ———

publicAuditRoutes.get("/accounts/audits/:number", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  const view = number ? await viewAudit(scene, byAuditNumber(scene, number)) : null;
  if (!view) return c.notFound();
  const { row, opinion } = view;
  return c.html(
    <Page
      {...frameOf(c)}
      title={auditTitle(row, lang)}
      breadcrumb={auditCrumbs(c)}
      switchHref={`${auditHref(slug, row.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{auditTitle(row, lang)}</h1>
      <p>
        <AuditMark c={c} row={row} opinion={opinion?.opinion ?? null} />
      </p>
      <AuditSteps c={c} view={view} />
      {opinion ? <OpinionShown c={c} number={row.number} opinion={opinion} /> : null}
      {opinion ? <Findings c={c} view={view} /> : <NotYet c={c} view={view} />}
      <h2>{t("怎样抽的凭证", "How the vouchers were chosen")}</h2>
      <Population c={c} view={view} />
      <h2>{t("审计项目", "The engagement")}</h2>
      <EngagementFacts c={c} row={row} />
      {opinion ? (
        <LinkList
          items={[
            {
              href: `${auditHref(slug, row.number)}/notice`,
              title: t("打印张贴的公告（A4）", "The notice to print and post (A4)"),
            },
          ]}
        />
      ) : null}
    </Page>,
  );
});

const Findings = ({ c, view }: { c: AppContext; view: AuditView }) => {
  const { t } = c.var;
  const findings = standing(view.findings);
  return (
    <>
      <h2>{t("审计发现", "Findings")}</h2>
      {findings.length === 0 ? <p>{t("没有审计发现。", "Nothing was found.")}</p> : null}
      {findings.map((finding) => (
        <Finding c={c} finding={finding} isOverdue={true} />
      ))}
    </>
  );
};

const NotYet = ({ c, view: { row, items, ticked } }: { c: AppContext; view: AuditView }) => {
  const { t } = c.var;
  if (row.state === "ended")
    return (
      <Callout tone="warn" title={t("这项审计没有意见就终止了", "This audit ended without an opinion")}>
        <p>{row.endedWhy}</p>
      </Callout>
    );
  return (
    <p>
      {items === 0
        ? t(
            "还没有抽样。审计发现和意见在公布后列在这里。",
            "Nothing is sampled yet. Findings and opinion stand here once published.",
          )
        : t(
            `抽到${items}张凭证，共${items * 7}处要核对，已核对${ticked}处。审计发现和意见在公布后列在这里。`,
            `${items} vouchers are sampled; ${ticked} of ${items * 7} points are looked at. Findings and opinion stand here once published.`,
          )}
    </p>
  );
};

/** What was frozen, the file anybody can hash, and the samples drawn from it. */
export const Population = ({ c, view }: { c: AppContext; view: AuditView }) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { population, row, seeds } = view;
  if (!population)
    return (
      <p>
        {t(
          "还没有固定从哪些凭证里抽。第一次抽样的种子在立项时已经承诺，那时还没有人知道清单。",
          "What is drawn from is not frozen yet. The seed of the first sample was committed to at the opening, when nobody knew the list.",
        )}
      </p>
    );
  return (
    <>
      <FactList>
        <Fact label={t("总体", "Population")}>
          {t(
            `${population.vouchers}张凭证，合计${formatYuan(population.totalFen)}元，${sayInstant(population.frozenAt, "zh")}固定`,
            `${population.vouchers} vouchers, ${formatYuan(population.totalFen)} yuan together, frozen ${sayInstant(population.frozenAt, "en")}`,
          )}
        </Fact>
        <Fact label={t("清单", "The list")}>
          <a href={populationHref(slug, row.number)}>{t("下载凭证清单", "Take the list")}</a>
          <br />
          <small class="hint num">SHA-256 {population.listHash}</small>
        </Fact>
        <Fact label={t("公开记录", "Public record")}>
          <a href={`/c/${slug}/record/${population.leafHash}`}>
            {t(
              `固定总体的条目，记录当时有${population.logSize}条`,
              `Its entry; the record had ${population.logSize} entries`,
            )}
          </a>
        </Fact>
        {row.state === "published" || row.state === "ended" || !seeds.at(-1) ? null : (
          <Fact label={t("下一次的种子", "The next seed")}>
            {t("已承诺，还没有公开：", "Committed to, not revealed yet: ")}
            <small class="num">{seeds.at(-1)!.commitment}</small>
          </Fact>
        )}
      </FactList>
      {view.samples.length === 0 ? <p>{t("还没有抽样。", "Nothing is drawn yet.")}</p> : <Samples c={c} view={view} />}
    </>
  );
};

/** The report as it was handed in; there is none before the opinion. */
publicAuditRoutes.get("/accounts/audits/:number/report.pdf", async (c) => {
  const { scene } = c.var;
  const number = readCount(c.req.param("number"));
  const [rows] = await scene.db.read(findOpinion(scene, byAuditNumber(scene, number ?? 0)));
  const found = rows[0] ? await getFile(scene, rows[0].reportFileId, "public") : null;
  if (!found) return c.notFound();
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
    "cache-control": "public, max-age=86400",
  });
});

// ——— Paper ———

publicAuditRoutes.get("/accounts/audits/:number/notice", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug, name } = scene.community;
  const number = readCount(c.req.param("number"));
  const view = number ? await viewAudit(scene, byAuditNumber(scene, number)) : null;
  if (!view?.opinion) return c.notFound();
  const [settings] = await scene.db.read(listSettings(scene, AUDIT_SETTINGS));
  const { row, opinion } = view;
  const findings = standing(view.findings);
  const posted = dayOf(opinion.publishedAt);
  const until = addDays(posted, valuesFromRows(AUDIT_SETTINGS, settings).postedDays.value);
  const href = auditHref(slug, row.number);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("审计意见公告", "Notice of the audit opinion")}
      breadcrumb={[...auditCrumbs(c), { href, label: auditTitle(row, lang) }]}
    >
      <NoticeSheet
        t={t}
        title={t(`${name}账目审计意见公告`, `${name}: audit opinion`)}
        to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
        lead={
          <p>
            {t(
              `${row.firm}审计了${booksWords(row.books, "zh")}${sayDay(row.fromOn, "zh")}至${sayDay(row.toOn, "zh")}的账目（${COMMISSION_WORDS[row.commission].zh}，${row.basis}），现将审计意见公告如下。`,
              `${row.firm} audited ${booksWords(row.books, "en")} from ${sayDay(row.fromOn, "en")} to ${sayDay(row.toOn, "en")} (${COMMISSION_WORDS[row.commission].en}; ${row.basis}).`,
            )}
          </p>
        }
        sections={[
          {
            heading: t("审计意见", "Opinion"),
            body: (
              <>
                <p>
                  {OPINION_WORDS[opinion.opinion][lang]}
                  {t("。", ". ")}
                  {OPINION_MEANINGS[opinion.opinion][lang]}
                </p>
                <p>{opinion.words}</p>
              </>
            ),
          },
          {
            heading: t("审计发现和答复", "Findings and answers"),
            body:
              findings.length === 0 ? (
                <p>{t("没有审计发现。", "Nothing was found.")}</p>
              ) : (
                <ol>
                  {findings.map((one) => (
                    <li>
                      {`${SEVERITY_WORDS[one.severity][lang]}${t("：", ": ")}${one.text}`}
                      <br />
                      {t("答复：", "Answer: ")}
                      {one.response ?? t("到期没有答复", "none by the day")}
                      <br />
                      {t("结论：", "Concluded: ")}
                      {`${OUTCOME_WORDS[one.outcome!][lang]}${t("。", ". ")}${one.conclusion}`}
                    </li>
                  ))}
                </ol>
              ),
          },
          {
            heading: t("查阅", "To read"),
            body: (
              <p>
                {t(
                  `公告期：${sayDay(posted, "zh")}至${sayDay(until, "zh")}。扫码可以看审计报告、抽到的每一张凭证，并自己重抽一遍。核对码 ${shortCode(opinion.leafHash)}。`,
                  `Posted from ${sayDay(posted, "en")} to ${sayDay(until, "en")}. Scan for the report and every sampled voucher, and to draw again. Code ${shortCode(opinion.leafHash)}.`,
                )}
              </p>
            ),
          },
        ]}
        signedBy={[row.firm, t(`${name}业主委员会（盖章）`, `Owners' committee of ${name}`)]}
        date={sayDay(posted, lang)}
        qr={{ text: `${scene.origin}${href}`, label: t("扫码看报告", "Scan for the report") }}
      />
    </Page>,
  );
});
