/** The desk of cross-appointment: what is wished, which posts exclude each other, and the waivers. What is changed here has pages of its own. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { Done } from "../../platform/refused.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { openName } from "../people/store.ts";
import { baseOf } from "../terms/place.ts";
import { maySetRule } from "./conflicts/rules.ts";
import { RuleReason } from "./conflicts/shown.tsx";
import { countWaivers, listRuleRows, listWaivers, rulesFromRows, type WaiverRow } from "./conflicts/store.ts";
import { ANSWER_WORDS, postsWords, ruleWords, wishWords } from "./explained.ts";
import { overlapCrumbs, overlapDeskOf, postsOf, sees } from "./place.ts";
import { findWish, wishFrom } from "./store.ts";

export const overlapDesk = new Hono<AppEnv>();

const A_PAGE = 20;

overlapDesk.get("/desk/overlap", sees, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const page = Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);
  const [wishRows, ruleRows, waivers, count] = await scene.db.read(
    findWish(scene),
    listRuleRows(scene),
    listWaivers(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countWaivers(scene),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.waivers ?? 0) / A_PAGE));
  if (page > pages) return problemResponse(c, NOT_FOUND);
  const { wish, source } = wishFrom(wishRows);
  const rules = rulesFromRows(ruleRows);
  const desk = overlapDeskOf(c);
  const mayManage = actor.permissions.has("overlap.manage");
  const posts = postsOf(c);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("交叉任职的规则", "Rules of cross-appointment")}
      breadcrumb={overlapCrumbs(c, false)}
      wide={true}
    >
      <h1>{t("交叉任职的规则", "Rules of cross-appointment")}</h1>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the public record")} />
      <p>
        {t(
          "这里设定期望和兼任规则，批准规则允许的例外。每次修改都要写明依据，公开显示，不能删除。谁能参选、谁当选，由法律和业主决定，不在这里设定。",
          "Wishes and rules on holding posts together are set here, and waivers granted where a rule knows them. Each change says what it rests on, is public and stays. Who may stand and who is elected is for the law and the owners, and is not set here.",
        )}
      </p>
      <h2>{t("期望", "Wishes")}</h2>
      <ul>
        {wishWords(wish).map(({ words }) => (
          <li>{pick(words, lang)}</li>
        ))}
      </ul>
      {wishWords(wish).length === 0 ? <p>{t("没有设定期望。", "Nothing is wished for.")}</p> : null}
      <p class="quiet">
        {t("依据：", "Ground: ")}
        {source || t("本系统的默认值", "our default")}
      </p>
      {mayManage ? (
        <Actions>
          <ButtonLink look="quiet" href={`${desk}/wish`}>
            {t("修改期望", "Change the wishes")}
          </ButtonLink>
        </Actions>
      ) : null}
      <h2>{t("兼任规则", "Rules on holding posts together")}</h2>
      <DataTable
        caption={t("兼任规则", "Rules")}
        quietCaption={true}
        rows={rules}
        columns={[
          { label: t("规则", "Rule"), head: true, cell: (rule) => pick(ruleWords(rule), lang) },
          { label: t("为什么，依据", "Why, and on what ground"), cell: (rule) => <RuleReason c={c} rule={rule} /> },
          {
            label: t("遇到时", "Then"),
            cell: (rule) => (
              <>
                <StatusWord tone={rule.answer === "off" ? "off" : rule.answer === "waiver" ? "note" : "active"}>
                  {pick(ANSWER_WORDS[rule.answer], lang)}
                </StatusWord>{" "}
                {rule.answer === "waiver" ? (
                  <small class="quiet">
                    {t(`由${postsWords(rule.waivedBy).zh}批准`, `by ${postsWords(rule.waivedBy).en}`)}
                  </small>
                ) : null}
              </>
            ),
          },
          {
            label: t("操作", "Act"),
            cell: (rule) => (
              <>
                {mayManage && maySetRule(posts, rule) ? (
                  <a href={`${desk}/rules/${rule.key}`}>{t("修改", "Change")}</a>
                ) : null}{" "}
                {rule.answer === "waiver" && rule.waivedBy.some((kind) => posts.includes(kind)) ? (
                  <a href={`${desk}/waivers/new?rule=${rule.key}`}>{t("批准例外", "Grant a waiver")}</a>
                ) : null}
              </>
            ),
          },
        ]}
      />
      <Actions>
        {mayManage ? (
          <ButtonLink look="quiet" href={`${desk}/rules/new`}>
            {t("增加一条规则", "Add a rule")}
          </ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={`${baseOf(c)}/overlap`}>
          {t("公开页面", "The public page")}
        </ButtonLink>
      </Actions>
      <h2 id="waivers">{t("例外许可", "Waivers")}</h2>
      <WaiverTable
        c={c}
        rows={await Promise.all(waivers.map(async (row) => ({ ...row, name: await openName(scene, row) })))}
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `${desk}?page=${n}#waivers`} />
    </Page>,
  );
});

const WaiverTable = ({ c, rows }: { c: AppContext; rows: readonly (WaiverRow & { readonly name: string })[] }) => {
  const { t, lang, now } = c.var;
  const mayWaive = c.var.actor.permissions.has("overlap.waive");
  return (
    <DataTable
      caption={t("例外许可", "Waivers")}
      quietCaption={true}
      rows={rows}
      empty={
        <EmptyState title={t("没有批准过例外", "No waiver was granted")}>
          {t(
            "规则允许例外的，由规则点名的职务批准；批准了的列在这里，用过的同时公开。",
            "Where a rule knows a waiver, the post it names grants it. What is granted stands here; what is used is public too.",
          )}
        </EmptyState>
      }
      columns={[
        { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
        { label: t("可以担任", "May take"), cell: ({ postKind }) => pick(postsWords([postKind]), lang) },
        {
          label: t("在哪些日子任职", "If taken on"),
          cell: ({ fromAt, untilAt }) =>
            untilAt === null
              ? t(`${sayDay(dayOf(fromAt), lang)}起`, `from ${sayDay(dayOf(fromAt), lang)}`)
              : t(
                  `${sayDay(dayOf(fromAt), lang)}至${sayDay(dayOf(untilAt - 1), lang)}`,
                  `${sayDay(dayOf(fromAt), lang)} to ${sayDay(dayOf(untilAt - 1), lang)}`,
                ),
        },
        {
          label: t("批准和理由", "Granted, and why"),
          cell: ({ grantedAs, grantedAt, document }) =>
            `${pick(postsWords([grantedAs]), lang)} ${sayDay(dayOf(grantedAt), lang)} ${document}`,
        },
        {
          label: t("状态", "State"),
          cell: ({ withdrawnAt, untilAt, uses }) => (
            <>
              <StatusWord tone={withdrawnAt !== null || (untilAt !== null && untilAt <= now) ? "off" : "active"}>
                {withdrawnAt !== null
                  ? t("已收回", "Taken back")
                  : untilAt !== null && untilAt <= now
                    ? t("已过期", "Over")
                    : t("有效", "In force")}
              </StatusWord>{" "}
              <small class="quiet">{t(`用过${uses}次`, `used ${uses} times`)}</small>
            </>
          ),
        },
        {
          label: t("操作", "Act"),
          cell: ({ waiverId, withdrawnAt }) =>
            mayWaive && withdrawnAt === null ? (
              <a href={`${overlapDeskOf(c)}/waivers/${waiverId}`}>{t("收回", "Take back")}</a>
            ) : (
              "—"
            ),
        },
      ]}
    />
  );
};
