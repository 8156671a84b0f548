/** The index of what owners have a right to see, and where each of it stands (JI 13, GR 36; M17). One round trip; markup only. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { joined } from "../../assembly/public/announcing.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import type { AppEnv } from "../../platform/context.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { committeeHref } from "../addresses.ts";
import { DISCLOSURES, type Disclosure, disclosureSources } from "./announcing.ts";
import "./own.ts"; // registers what this room knows as it loads

export const disclosurePages = new Hono<AppEnv>();

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** What each class is, and what is said while nothing of it is here. */
const WORDS: Record<Disclosure, { readonly name: Bilingual; readonly missing: Bilingual }> = {
  covenant: {
    name: say("管理规约", "Management covenant"),
    missing: say(
      "还没有在这里通过的管理规约。请向业委会索取纸质文本。",
      "None was adopted here yet; ask the committee for the paper.",
    ),
  },
  rules_of_procedure: {
    name: say("业主大会议事规则", "Rules of procedure"),
    missing: say(
      "还没有在这里通过的议事规则。请向业委会索取纸质文本。",
      "None were adopted here yet; ask the committee for the paper.",
    ),
  },
  owners_decisions: {
    name: say("业主大会的决定和会议记录", "Decisions and minutes of the owners' assembly"),
    missing: say("还没有公布过业主大会的结果。", "No result of the assembly is published yet."),
  },
  committee_decisions: {
    name: say("业主委员会的决定和会议记录", "Decisions and minutes of the committee"),
    missing: say("还没有公布过业委会的会议记录。", "No minutes of the committee are published yet."),
  },
  members: {
    name: say("业主委员会成员、备案情况", "The committee's members and filings"),
    missing: say("还没有登记业委会成员。", "No members are recorded yet."),
  },
  service_contract: {
    name: say("物业服务合同", "Property service contract"),
    missing: say(
      "还没有登记物业服务合同。请向业委会或物业公司索取。",
      "No contract is recorded yet; ask the committee or the company.",
    ),
  },
  maintenance_fund: {
    name: say("维修资金的筹集、使用", "Raising and use of the maintenance fund"),
    missing: say(
      "还没有登记维修资金账目。可以向区县主管部门查询。",
      "No accounts of the fund are recorded yet; the district authority can be asked.",
    ),
  },
  common_revenue: {
    name: say("共有部分的使用和收益", "Use of and income from common parts"),
    missing: say("还没有公布过公共收益账目。", "No accounts of common revenue are published yet."),
  },
  parking: {
    name: say("共有车位、车库的处分", "What became of common parking"),
    missing: say("还没有登记车位的处分情况。", "Nothing is recorded of parking yet."),
  },
  expenses: {
    name: say("业主大会和业主委员会的工作经费", "Expenses of assembly and committee"),
    missing: say("还没有公布过工作经费。", "No expenses are published yet."),
  },
};

disclosurePages.get("/committee/disclosure", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const known = DISCLOSURES.flatMap((what) => {
    const source = disclosureSources().get(what);
    return source ? [{ what, source }] : [];
  });
  const all = joined(known, ({ source }) => source.queries(scene));
  const [openNow, ...rows] = await scene.db.read(listOpenNow(scene), ...all.queries);
  const found = new Map(all.withRows(rows).map(([{ what, source }, own]) => [what, source.where(scene, own)]));
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("业主可以查阅什么", "What owners may see")}
      breadcrumb={[
        { href: `/c/${slug}`, label: t("首页", "Home") },
        { href: committeeHref(slug), label: t("业主委员会", "Committee") },
      ]}
    >
      <h1>{t("业主可以查阅什么", "What owners have a right to see")}</h1>
      <p class="lead">
        {t(
          "业主请求公布、查阅下列情况和资料的，人民法院应予支持。这里列出每一类现在在哪里；还没有的，也写明还没有。",
          "Courts uphold an owner's request to see each of the following. Here stands where it is, and of what is not there yet, that it is not.",
        )}
      </p>
      <p class="hint">
        {t(
          "依据：《最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释》第十三条；《业主大会和业主委员会指导规则》第三十六条。",
          "Ground: Judicial Interpretation on differentiated ownership art. 13; Guiding Rules on owners' assemblies art. 36.",
        )}
      </p>
      <DataTable
        caption={t("应当公开的情况和资料", "What is to be open")}
        quietCaption={true}
        rows={DISCLOSURES}
        columns={[
          { label: t("内容", "What"), head: true, cell: (what) => pick(WORDS[what].name, lang) },
          {
            label: t("在哪里", "Where"),
            cell: (what) => {
              const place = found.get(what);
              return place ? <a href={place.href}>{pick(place.words, lang)}</a> : pick(WORDS[what].missing, lang);
            },
          },
          {
            label: t("现在", "Now"),
            cell: (what) => {
              const place = found.get(what);
              if (!place) return <StatusWord tone="waiting">{t("还没有", "Not yet")}</StatusWord>;
              return place.overdue ? (
                <StatusWord tone="bad">{t("已逾期", "Overdue")}</StatusWord>
              ) : (
                <StatusWord tone="good">{t("可查阅", "Open")}</StatusWord>
              );
            },
          },
        ]}
      />
      <p>
        {t(
          "想看的还没有公开，可以向业委会书面提出；不答复的，可以请街道办事处责令改正，或向人民法院起诉。",
          "If what you want to see is not open, ask the committee in writing; if it does not answer, the street office can order it to, and so can the court.",
        )}
      </p>
    </Page>,
  );
});
