/** The report (评审报告) in public: on a page that prints, as JSON from which anyone recomputes it, and the section of the tender's page. Shows; changes nothing. */
import { Hono } from "hono";
import { findEstate, listOpenNow } from "../../../assembly/meeting/store.ts";
import { publicFrame } from "../../../assembly/public/frame.tsx";
import { dayOf } from "../../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../../platform/ui/moments.ts";
import { Callout } from "../../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../../platform/ui/sheets.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { readTenderNumber, tenderHref, tendersHref } from "../../addresses.ts";
import { registerTenderSection } from "../../public/sections.ts";
import { byTenderNumber, findTender, type TenderRow } from "../../store.ts";
import { findPanel, listMembers, type MemberRow, sits } from "../panel/store.ts";
import { listCompared, listLotsOver } from "../qualifying/store.ts";
import { COMBINING_WORDS } from "../settings.ts";
import { listMismatches } from "../sheets/store.ts";
import { readReport, readResults, reportHash } from "./actions.ts";
import type { Report } from "./report.ts";
import type { LotResult } from "./rules.ts";
import { LotFigures, LotPriceQueries, LotReasons } from "./shown.tsx";
import { findResult } from "./store.ts";

/** Mounted under /c/:slug. */
export const reportPages = new Hono<AppEnv>();

export const reportHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/report`;
/** A result is public with the candidates, not before (TB 37). */
const isPublic = (row: Pick<TenderRow, "publishedAt">): boolean => row.publishedAt !== null;

async function reportOf(c: AppContext) {
  const { scene } = c.var;
  const number = readTenderNumber(c.req.param("number"));
  if (number === null) return null;
  const key = byTenderNumber(scene, number);
  const [rows, results, members, mismatches, estates, openNow] = await scene.db.read(
    findTender(scene, key),
    findResult(scene, key),
    listMembers(scene, key),
    listMismatches(scene, key),
    findEstate(scene),
    listOpenNow(scene),
  );
  const [row, result] = [rows[0], results[0]];
  if (!row || !result || !isPublic(row)) return null;
  return {
    row,
    result,
    report: readReport(result),
    results: readResults(result),
    members,
    mismatches,
    estates,
    openNow,
  };
}

reportPages.get("/tenders/:number/report.json", async (c) => {
  const found = await reportOf(c);
  if (!found) return c.notFound();
  const { report, results, result } = found;
  return c.body(JSON.stringify({ report, results, sha256: reportHash(report), leaf: result.leafHash }, null, 2), 200, {
    "content-type": "application/json; charset=utf-8",
    "access-control-allow-origin": "*",
  });
});

const Members = ({ c, members }: { c: AppContext; members: readonly MemberRow[] }) => {
  const { t } = c.var;
  return (
    <DataTable
      caption={t("评审组", "The panel")}
      quietCaption
      rows={members.filter(sits)}
      columns={[
        { label: t("编号", "No."), cell: ({ memberNo }) => String(memberNo) },
        { label: t("姓名", "Name"), head: true, cell: ({ name }) => name ?? t("保密", "withheld") },
        {
          label: t("身份", "As"),
          cell: ({ kind, expertNo }) =>
            kind === "expert"
              ? t(`抽取的${expertNo}号专家`, `expert ${expertNo} of the draw`)
              : t("招标人代表", "the tenderer's representative"),
        },
        { label: t("专业", "Speciality"), cell: ({ speciality }) => speciality || "—" },
        { label: t("单位", "Organisation"), cell: ({ organisation }) => organisation || "—" },
      ]}
    />
  );
};

const priceRule = (c: AppContext, report: Report): string => {
  const { t } = c.var;
  return report.criteria
    .flatMap(({ title, weight, formula }) => {
      if (!formula) return [];
      return formula.kind === "lowest"
        ? [
            t(
              `${title}：最低有效报价得${weight}分，其他为最低价÷报价×${weight}`,
              `${title}: the lowest valid price has ${weight}, others lowest ÷ price × ${weight}`,
            ),
          ]
        : [
            t(
              `${title}：以有效报价的平均为基准，高1%扣${formula.abovePerPercent / 100}分、低1%扣${formula.belowPerPercent / 100}分，按比例计，不低于0分`,
              `${title}: measured from the mean of valid prices; ${formula.abovePerPercent / 100} a point off for each per cent above, ${formula.belowPerPercent / 100} below, in proportion, never below nought`,
            ),
          ];
    })
    .join(t("；", "; "));
};

reportPages.get("/tenders/:number/report", async (c) => {
  const found = await reportOf(c);
  if (!found) return c.notFound();
  const { t, lang, scene } = c.var;
  const { slug, name } = scene.community;
  const { row, report, results, members, mismatches, openNow } = found;
  const href = reportHref(slug, row.number);
  const gone = members.filter((one) => !sits(one)).length;
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("评审报告", "The report of the scoring")}
      breadcrumb={[
        { href: tendersHref(slug), label: t("选聘物业服务", "Tenders") },
        { href: tenderHref(slug, row.number), label: row.title },
      ]}
    >
      <div class="screen">
        <Callout>
          <p>
            {t(
              "用浏览器的“打印”即可打在A4纸上。每个数都能重算：下载数据，按写明的算法就能得出同样的名次。",
              "Print it from the browser on A4. Every figure can be made again from the data, by the rules it states.",
            )}
          </p>
          <p>
            <a href={`${href}.json`}>{t("下载评审数据（JSON）", "The data (JSON)")}</a>
            {t("　", " · ")}
            <a href={`${tenderHref(slug, row.number)}/panel-draw`}>{t("重抽一遍专家", "Draw the experts again")}</a>
          </p>
        </Callout>
      </div>
      <NoticeSheet
        t={t}
        title={t(`${row.title}评审报告`, `${row.title}: report of the scoring`)}
        to={t(`${name}全体业主、各投标人：`, `To all owners of ${name}, and to the bidders:`)}
        lead={
          <p>
            {t(
              `评审组按公布的标准评审，评出中标候选人，公示到${sayDeadline(row.standingUntil ?? 0, lang)}。对结果有异议的，请在公示期内提出（《招标投标法实施条例》第五十四条）。`,
              `The panel scored by the published criteria. The candidates may be objected to until ${sayDeadline(row.standingUntil ?? 0, lang)} (TBR 54).`,
            )}
          </p>
        }
        sections={[
          ...report.lots.map((lot) => {
            const result = results.find(({ lotNo }) => lotNo === lot.lotNo)!;
            return {
              heading: t(`标段${lot.lotNo}：${lot.title}`, `Lot ${lot.lotNo}: ${lot.title}`),
              body: (
                <>
                  <LotFigures c={c} report={report} lot={lot} result={result} />
                  <LotPriceQueries c={c} report={report} lot={lot} />
                  <LotReasons c={c} report={report} lot={lot} />
                </>
              ),
            };
          }),
          {
            heading: t("怎么算的", "How it was computed"),
            body: (
              <>
                <p>
                  {priceRule(c, report)}
                  {t("。四舍五入到0.01分。", ". Rounded half up to 0.01.")}
                </p>
                <p>
                  {pick(COMBINING_WORDS[report.combining], lang)}
                  {t("。", ".")}
                </p>
                <p>
                  {t(
                    "每位成员的评分表先封存、后揭开，与封存时的校验值一致。",
                    "Every sheet was committed to before any was revealed, and is the one committed to.",
                  )}
                  {mismatches.length > 0
                    ? t(
                        `曾有${mismatches.length}次提交不符的评分表，没有接收。`,
                        `Another sheet was offered ${mismatches.length} times and not taken.`,
                      )
                    : ""}
                </p>
              </>
            ),
          },
          {
            heading: t("评审组", "The panel"),
            body: (
              <>
                <Members c={c} members={members} />
                {gone > 0 ? (
                  <p>
                    {t(
                      `${gone}位抽到的成员因利害关系或不能参加退出，由抽签次序中的下一位接替。`,
                      `${gone} who were asked stood back or could not take part; the next of the draw took the seat.`,
                    )}
                  </p>
                ) : null}
              </>
            ),
          },
        ]}
        signedBy={[t(`${name}选聘评审组`, `The panel of ${name}`)]}
        date={sayDay(dayOf(row.publishedAt ?? 0), lang)}
        qr={{ text: `${scene.origin}${href}`, label: t("扫码核对", "Scan to check") }}
      />
    </Page>,
  );
});

// ——— The section of the tender's page ———

const OVER_WORDS = {
  few_bidders: {
    zh: "有效投标不足三家，这个标段失败（《招标投标法》第二十八条）。",
    en: "Fewer than three valid bids: this lot has failed (TB 28).",
  },
  none_chosen: { zh: "业主没有选定任何一家，这个标段没有结果。", en: "The owners chose none of the candidates." },
  award_withdrawn: {
    zh: "定标已撤回，这个标段没有结果。",
    en: "The award was withdrawn; the lot has no result.",
  },
  quorum_not_met: { zh: "参加表决的业主不够，这个标段没有结果。", en: "Too few owners took part in the vote." },
};

registerTenderSection("scores", {
  place: 50,
  queries: (scene, key) =>
    [
      findPanel(scene, key),
      findResult(scene, key),
      listMembers(scene, key),
      listLotsOver(scene, key),
      listCompared(scene, key),
    ] as const,
  render: (c, tender, scheme, [panels, made, members, over, compared]) => {
    const { t, lang, scene } = c.var;
    const { slug } = scene.community;
    const [panel, result] = [panels[0], made[0]];
    if (!panel && compared.length === 0 && over.length === 0) return null;
    const sitting = members.filter(sits);
    const shown = result && isPublic(tender) ? { report: readReport(result), results: readResults(result) } : null;
    return (
      <section id="scores">
        <h2>{t("评审", "Scoring")}</h2>
        {compared.length > 0 && !shown ? (
          <p>
            {t(
              `资格审查：${compared.filter(({ voidWhy }) => voidWhy === null).length}份投标有效，${compared.filter(({ voidWhy }) => voidWhy !== null).length}份无效。`,
              `Examination: ${compared.filter(({ voidWhy }) => voidWhy === null).length} bids are compared, ${compared.filter(({ voidWhy }) => voidWhy !== null).length} are void.`,
            )}
            {compared
              .flatMap(({ lotNo, name, voidWhy }) =>
                voidWhy === null ? [] : [t(`标段${lotNo}${name}：${voidWhy}`, `lot ${lotNo} ${name}: ${voidWhy}`)],
              )
              .join(t("；", "; "))}
          </p>
        ) : null}
        {over.map(({ lotNo, cause }) => (
          <p>
            {t(`标段${lotNo}：`, `Lot ${lotNo}: `)}
            {pick(OVER_WORDS[cause], lang)}
          </p>
        ))}
        {panel ? (
          <p>
            {panel.drawnAt === null
              ? t(
                  `评审组${panel.size}人，专家${panel.experts}人。抽签种子已于${sayInstant(panel.preparedAt, lang)}封存，开标以后抽取。`,
                  `A panel of ${panel.size}, ${panel.experts} of them experts. The seed of the draw was committed to on ${sayInstant(panel.preparedAt, lang)}; it is drawn after the opening.`,
                )
              : t(
                  `评审组${panel.size}人，专家${panel.experts}人，已于${sayInstant(panel.drawnAt, lang)}抽取；现有成员${sitting.length}人，封存评分表${sitting.filter(({ committedAt }) => committedAt !== null).length}份。${shown ? "" : "名单在公示中标候选人时公开。"}`,
                  `A panel of ${panel.size}, ${panel.experts} of them experts, drawn on ${sayInstant(panel.drawnAt, lang)}; ${sitting.length} sit, ${sitting.filter(({ committedAt }) => committedAt !== null).length} sheets are in.${shown ? "" : " Names are public with the candidates."}`,
                )}{" "}
            <a href={`${tenderHref(slug, tender.number)}/panel-draw`}>{t("抽签", "The draw")}</a>
          </p>
        ) : null}
        {shown
          ? shown.report.lots.map((lot) => (
              <>
                {scheme.lots.length > 1 ? (
                  <h3>{t(`标段${lot.lotNo}：${lot.title}`, `Lot ${lot.lotNo}: ${lot.title}`)}</h3>
                ) : null}
                <LotFigures
                  c={c}
                  report={shown.report}
                  lot={lot}
                  result={shown.results.find(({ lotNo }) => lotNo === lot.lotNo) as LotResult}
                />
              </>
            ))
          : null}
        {shown ? (
          <Actions>
            <ButtonLink look="quiet" href={reportHref(slug, tender.number)}>
              {t("评审报告：每一项打分和理由", "The report, with every reason")}
            </ButtonLink>
          </Actions>
        ) : null}
      </section>
    );
  },
});
