/** The page /design: every part of the face in its states, in both languages. Mounted only in demo mode; no page of the product links to it but /demo. */
import { Hono } from "hono";
import { DAY_MS, type Instant } from "../kernel/day.ts";
import type { AppEnv } from "./context.ts";
import { BallotSpecimens, FigureSpecimens, PaperSpecimens } from "./design/figures.tsx";
import { ControlSpecimens, MessageSpecimens, TableSpecimens, TokenSpecimens } from "./design/parts.tsx";
import type { Lang, T } from "./i18n.ts";
import { Page } from "./layout.tsx";

/** The whole page, a pure function of its language and the time. */
export const DesignPage = (props: { t: T; lang: Lang; now: Instant }) => {
  const { t, lang, now } = props;
  const parts = [
    ["tokens", t("底色、墨色、字", "Ground, ink, type"), TokenSpecimens],
    ["controls", t("按钮与表单", "Buttons and forms"), ControlSpecimens],
    ["tables", t("表格与列表", "Tables and lists"), TableSpecimens],
    ["messages", t("说明、拒绝、空白", "Remarks, refusals, empty places"), MessageSpecimens],
    ["figures", t("进程、参与率、算式", "Steps, turnout, sums"), FigureSpecimens],
    ["ballot", t("表决票与回执", "Ballot and receipt"), BallotSpecimens],
    ["paper", t("公告与投票单", "Notices and slips"), PaperSpecimens],
  ] as const;
  return (
    <Page
      t={t}
      lang={lang}
      now={now}
      title={t("页面样式", "Design")}
      isPrivate={true}
      demo={true}
      community={{ name: t("金桂苑", "Jingui Court"), slug: "jingui" }}
      path="/c/jingui"
      openNow={[
        {
          title: t("2026年第二次业主大会会议", "Second owners' meeting of 2026"),
          href: "#figures",
          closesAt: now + 3 * DAY_MS + 4_000_000,
        },
      ]}
      breadcrumb={[{ href: "/demo", label: t("演示", "Demo") }]}
    >
      <h1>{t("页面样式", "Design")}</h1>
      <p class="lead">
        {t(
          "一套样式，全部页面共用：纸色的底，墨色的字，一种松绿用于下一步，一点朱砂用于印记和拒绝。",
          "One look for every page: paper ground, ink text, one pine green for the next step, a little cinnabar for the seal and for refusals.",
        )}
      </p>
      <ul>
        {parts.map(([id, title]) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
      {parts.map(([id, title, Specimens]) => (
        <section id={id}>
          <h2>{title}</h2>
          <Specimens t={t} lang={lang} now={now} />
        </section>
      ))}
    </Page>
  );
};

export const designRoutes = new Hono<AppEnv>().get("/design", (c) =>
  c.html(<DesignPage t={c.var.t} lang={c.var.lang} now={c.var.now} />),
);
