/** The pages a problem's `type` leads to: what the code means and what one can do, in both languages. The problem of a request is problem.tsx. */
import { Hono } from "hono";
import type { AppEnv } from "./context.ts";
import { frameOf } from "./frame.ts";
import type { T } from "./i18n.ts";
import { Page } from "./layout.tsx";
import { PROBLEM_CATALOGUE } from "./problem-catalogue.ts";
import { Fact, FactList, LinkList } from "./ui/facts.tsx";

/** What a status asks of the reader, in plain words. */
function nextStep(status: number | null, t: T): string {
  switch (status) {
    case 404:
      return t(
        "请核对地址。属于别的小区的内容，或者您的职务看不到的内容，看起来和不存在一样。",
        "Check the address. What belongs to another community, or what your office may not see, looks as if it were not there.",
      );
    case 409:
      return t(
        "情况在您打开页面之后变了。请重新打开页面，看清现在的状态再办。什么都没有写入一半。",
        "Things changed after you opened the page. Open it again and act on what stands now. Nothing was half-written.",
      );
    case 423:
    case 429:
      return t("请按提示的时间等候，或者联系业主委员会。", "Wait for the time named, or ask the committee.");
    case 500:
    case 503:
      return t(
        "这不是您的问题，请稍后再试。重复提交不会造成重复记录。",
        "This is not your fault; try again later. Submitting twice records nothing twice.",
      );
    default:
      return t(
        "请按每个字段旁边的说明修改后再提交。什么都没有写入一半。",
        "Correct it as the words beside each field say, and submit again. Nothing was half-written.",
      );
  }
}

export const problemRoutes = new Hono<AppEnv>();

problemRoutes.get("/problems", (c) => {
  const { t, lang } = c.var;
  return c.html(
    <Page {...frameOf(c)} title={t("拒绝与出错的说明", "Refusals and faults explained")}>
      <h1>{t("拒绝与出错的说明", "Refusals and faults explained")}</h1>
      <p class="lead">
        {t(
          "接口以 application/problem+json（RFC 9457）回答；每个问题的 type 指向这里的一页。",
          "The API answers with application/problem+json (RFC 9457); the type of each problem leads to a page here.",
        )}
      </p>
      <LinkList
        items={PROBLEM_CATALOGUE.map((entry) => ({
          href: `/problems/${entry.code}`,
          title: entry[lang],
          note: entry.code,
        }))}
      />
    </Page>,
  );
});

problemRoutes.get("/problems/:code", (c) => {
  const { t, lang } = c.var;
  const entry = PROBLEM_CATALOGUE.find(({ code }) => code === c.req.param("code"));
  if (!entry) return c.notFound();
  const other = lang === "zh" ? entry.en : entry.zh;
  return c.html(
    <Page
      {...frameOf(c)}
      title={entry[lang]}
      breadcrumb={[{ href: "/problems", label: t("拒绝与出错的说明", "Refusals and faults explained") }]}
    >
      <h1>{entry[lang]}</h1>
      <p lang={lang === "zh" ? "en" : "zh-CN"} class="quiet">
        {other}
      </p>
      <FactList>
        <Fact label={t("代码", "Code")}>
          <code>{entry.code}</code>
        </Fact>
        {entry.status === null ? null : <Fact label={t("HTTP 状态", "HTTP status")}>{entry.status}</Fact>}
        <Fact label={t("您可以怎么做", "What you can do")}>{nextStep(entry.status, t)}</Fact>
      </FactList>
    </Page>,
  );
});
