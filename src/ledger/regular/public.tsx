/** What owners are told regularly, under the eight headings of the law, and what stood in earlier editions. Markup only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { accountsHref, readCount } from "../books/addresses.ts";
import type { Book } from "../books/rules.ts";
import { fundHref } from "../fund/addresses.ts";
import { statementHref, statementsHref } from "../statements/addresses.ts";
import { listTold, statementFrom } from "../statements/store.ts";
import { statementTitle } from "../statements/words.ts";
import { openEdition } from "./actions.ts";
import { regularHref } from "./addresses.ts";
import { regularSources } from "./announcing.ts";
import { HEADINGS, type Heading, isWritten, type Texts } from "./rules.ts";
import { listEditions } from "./store.ts";
import { HEADING_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const publicRegularRoutes = new Hono<AppEnv>();
const EARLIER = 12;
const NEWEST = 99_999_999;

publicRegularRoutes.get("/accounts/regular", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const upTo = readCount(c.req.query("edition") ?? String(NEWEST));
  if (!upTo) return c.notFound();
  const sources = regularSources();
  const asked = sources.map((source) => source.queries(scene));
  const [editions, fund, common, ...rows] = await scene.db.read(
    listEditions(scene, { limit: EARLIER, upTo }),
    listTold(scene, "fund", 1),
    listTold(scene, "common", 1),
    ...asked.flat(),
  );
  const row = editions[0];
  if (upTo !== NEWEST && row?.edition !== upTo) return c.notFound();
  const texts = row ? await openEdition(scene, row) : null;
  const added = sources.map((source, at) => {
    const from = asked.slice(0, at).flat().length;
    return { headings: source.headings, part: source.render(c, rows.slice(from, from + asked[at]!.length) as never) };
  });
  const title = t("定期向业主公开的八项", "What owners are told regularly");
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${regularHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "《民法典》第九百四十三条要求定期向业主公开这八项，并向业主大会、业主委员会报告。",
          "Art. 943 of the Civil Code has these eight told to the owners regularly, and reported to their assembly and committee.",
        )}
      </p>
      {row ? (
        <p>
          <StatusWord tone="good">
            {t(
              `第${row.edition}版，${sayInstant(row.publishedAt, "zh")}公布`,
              `Edition ${row.edition}, published ${sayInstant(row.publishedAt, "en")}`,
            )}
          </StatusWord>{" "}
          <a href={`/c/${slug}/record/${row.leafHash}`}>{t("公开记录的条目", "its entry in the record")}</a>
        </p>
      ) : (
        <Callout tone="warn" title={t("前六项还没有公布", "The first six were not published yet")}>
          <p>
            {t("由业委会或物业填写后，列在这里。", "They stand here once the committee or the provider writes them.")}
          </p>
        </Callout>
      )}
      {HEADINGS.map((heading, at) => (
        <section id={heading}>
          <h2>{`${t(CHINESE[at]!, String(at + 1))}${t("、", ". ")}${HEADING_WORDS[heading][lang]}`}</h2>
          {isWritten(heading) ? (
            <Text c={c} text={texts?.[heading] ?? null} />
          ) : (
            <OfBook c={c} heading={heading} told={heading === "fund" ? fund[0] : common[0]} />
          )}
          {added.filter(({ headings }) => headings.includes(heading)).map(({ part }) => part)}
        </section>
      ))}
      {editions.length > 1 ? (
        <>
          <h2>{t("以前各版", "Earlier editions")}</h2>
          <LinkList
            items={editions.slice(1).map((one) => ({
              href: regularHref(slug, one.edition),
              title: t(`第${one.edition}版`, `Edition ${one.edition}`),
              note: sayDay(dayOf(one.publishedAt), lang),
            }))}
          />
        </>
      ) : null}
    </Page>,
  );
});
const CHINESE = ["一", "二", "三", "四", "五", "六", "七", "八"] as const;

const Text = ({ c, text }: { c: AppContext; text: Texts[keyof Texts] | null }) =>
  text === null ? (
    <p class="quiet">{c.var.t("还没有公布。", "Not published yet.")}</p>
  ) : (
    text.split(/\n+/).map((line) => <p>{line}</p>)
  );

/** The newest statement of a book, as far as the heading goes. */
const OfBook = ({
  c,
  heading,
  told,
}: {
  c: AppContext;
  heading: Exclude<Heading, keyof Texts>;
  told: Parameters<typeof statementFrom>[0] | undefined;
}) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const all = heading === "fund" ? fundHref(slug) : statementsHref(slug);
  const more = heading === "fund" ? t("看维修资金", "The maintenance fund") : t("看全部收支公示", "All statements");
  if (!told)
    return (
      <p class="quiet">
        {t("还没有公布过收支。", "No statement was published yet.")} <a href={all}>{more}</a>
      </p>
    );
  const row = statementFrom(told);
  const { content } = row;
  const yuan = (fen: number) => `${formatYuan(fen)}${t("元", " yuan")}`;
  return (
    <>
      <FactList>
        <Fact label={t("期初结余", "Before")}>{yuan(content.openingFen)}</Fact>
        <Fact label={t("收入", "Income")}>{yuan(content.incomeFen)}</Fact>
        <Fact label={t("成本和使用", "Cost and uses")}>
          {yuan(content.costFen + content.toFundFen + content.usesFen)}
        </Fact>
        <Fact label={t("期末结余", "After")}>{yuan(content.closingFen)}</Fact>
      </FactList>
      <p>
        <a href={statementHref(slug, row.number!)}>{statementTitle({ ...row, book: row.book as Book }, lang)}</a>
        {t("；", "; ")}
        <a href={all}>{more}</a>
      </p>
    </>
  );
};
