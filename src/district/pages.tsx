/** The overview anyone may read: districts, a district's streets, a street's communities; totals as drawn figures, tables, filters, files. Changes nothing. */
import { Hono } from "hono";
import { dayOf, formatInstant, type Instant } from "../kernel/day.ts";
import type { AppContext, AppEnv } from "../platform/context.ts";
import { frameOf } from "../platform/frame.ts";
import { pick } from "../platform/i18n.ts";
import { Page } from "../platform/layout.tsx";
import { writeCsv } from "../platform/sheet/csv.ts";
import { Actions, ButtonLink } from "../platform/ui/buttons.tsx";
import { CoverageBars } from "../platform/ui/charts.tsx";
import { sayInstant } from "../platform/ui/moments.ts";
import { Details, EmptyState } from "../platform/ui/notices.tsx";
import { StatusWord } from "../platform/ui/status.tsx";
import { DataTable, Pager } from "../platform/ui/tables.tsx";
import { exportRows, readDistrict, readDistricts, readStreet } from "./actions.ts";
import { districtHref, streetHref } from "./addresses.ts";
import { countFiltered, FILTERS, type Filter, LATELY_MONTHS, readFilter, type Totals } from "./rules.ts";
import { sheetOf, showRow } from "./shown.ts";
import type { TotalRow } from "./store.ts";
import { COLUMNS, FILTER_WORDS } from "./words.ts";

/** Mounted at /. */
export const districtPages = new Hono<AppEnv>();

const pageAsked = (c: AppContext): number => Number(/^[1-9]\d{0,4}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1);
const crumbs = (c: AppContext, district?: string) => [
  { href: "/", label: c.var.t("首页", "Home") },
  { href: "/districts", label: c.var.t("各区", "Districts") },
  ...(district === undefined ? [] : [{ href: districtHref(district), label: district }]),
];

const TOTALS = [
  { label: { zh: "小区", en: "Communities" }, cell: (of: Totals) => of.communities },
  { label: { zh: "有党支部", en: "With a branch" }, cell: (of: Totals) => of.branches },
  { label: { zh: "有业委会", en: "With a committee" }, cell: (of: Totals) => of.committees },
  { label: { zh: "登记为法人", en: "Legal persons" }, cell: (of: Totals) => of.entities },
  { label: { zh: "任期将满或已满", en: "Term ending" }, cell: (of: Totals) => of.termEnding },
  { label: { zh: "有职责逾期", en: "Duty overdue" }, cell: (of: Totals) => of.overdue },
] as const;

const TotalsTable = (props: {
  c: AppContext;
  caption: string;
  head: string;
  rows: readonly TotalRow[];
  nameOf: (row: TotalRow) => string;
  hrefOf: (row: TotalRow) => string;
}) => {
  const { lang } = props.c.var;
  return (
    <DataTable
      caption={props.caption}
      quietCaption
      rows={props.rows}
      columns={[
        { label: props.head, head: true, cell: (row) => <a href={props.hrefOf(row)}>{props.nameOf(row)}</a> },
        ...TOTALS.map(({ label, cell }) => ({ label: pick(label, lang), number: true, cell })),
      ]}
    />
  );
};

districtPages.get("/districts", async (c) => {
  const { t } = c.var;
  const districts = (await readDistricts(c.env)).filter(({ communities }) => communities > 0);
  return c.html(
    <Page {...frameOf(c)} title={t("各区小区一览", "Communities by district")} wide breadcrumb={[crumbs(c)[0]!]}>
      <h1>{t("各区小区一览", "Communities by district")}</h1>
      <p class="lead">
        {t(
          "哪些小区建立了党支部、选出了业委会、登记为法人，职责做到了哪一步。",
          "Which communities have a branch, an elected committee and a registered legal person, and how far their duties are.",
        )}
      </p>
      {districts.length === 0 ? (
        <EmptyState title={t("还没有小区", "No communities yet")}>
          <p>
            {t("小区建立以后，几分钟内会出现在这里。", "A community stands here a few minutes after it was set up.")}
          </p>
        </EmptyState>
      ) : (
        <TotalsTable
          c={c}
          caption={t("各区", "Districts")}
          head={t("区县", "District")}
          rows={districts}
          nameOf={({ district }) => district}
          hrefOf={({ district }) => districtHref(district)}
        />
      )}
      <About c={c} />
    </Page>,
  );
});

districtPages.get("/districts/:district", async (c) => {
  const { t } = c.var;
  const district = c.req.param("district");
  const found = await readDistrict(c.env, district);
  if (!found) return c.notFound();
  const { total, streets } = found;
  return c.html(
    <Page {...frameOf(c)} title={district} wide breadcrumb={crumbs(c)}>
      <h1>{t(`${district}：${total.communities}个小区`, `${district}: ${total.communities} communities`)}</h1>
      <Coverage c={c} total={total} />
      <h2>{t("各街道", "By street")}</h2>
      <TotalsTable
        c={c}
        caption={t("各街道", "By street")}
        head={t("街道", "Street")}
        rows={streets}
        nameOf={({ street }) => street}
        hrefOf={({ street }) => streetHref(district, street)}
      />
      <Actions>
        <ButtonLink look="quiet" href={`${districtHref(district)}/communities.csv`}>
          {t("下载全区小区表（CSV）", "All communities (CSV)")}
        </ButtonLink>
      </Actions>
      <About c={c} asOf={total.asOf} />
    </Page>,
  );
});

districtPages.get("/districts/:district/streets/:street", async (c) => {
  const { t, lang } = c.var;
  const { district, street } = c.req.param();
  const filter = readFilter(c.req.query("filter"));
  const page = pageAsked(c);
  const found = await readStreet(c.env, { district, street, filter }, page);
  if (!found || page > found.pages) return c.notFound();
  const { total, rows, pages } = found;
  const here = streetHref(district, street);
  const query = (of: Filter, to = 1): string => {
    const asked = new URLSearchParams({
      ...(of === "all" ? {} : { filter: of }),
      ...(to === 1 ? {} : { page: String(to) }),
    }).toString();
    return asked === "" ? here : `${here}?${asked}`;
  };
  const cell = (name: keyof ReturnType<typeof showRow>) => ({
    label: pick(COLUMNS[name], lang),
    cell: (row: (typeof rows)[number]) => showRow(row, lang)[name],
  });
  return c.html(
    <Page
      {...frameOf(c)}
      title={street}
      wide
      breadcrumb={crumbs(c, district)}
      switchHref={`${query(filter, page)}${query(filter, page) === here ? "?" : "&"}lang=${t("en", "zh")}`}
    >
      <h1>{t(`${street}：${total.communities}个小区`, `${street}: ${total.communities} communities`)}</h1>
      <Coverage c={c} total={total} />
      <h2 id="communities">{t("小区", "Communities")}</h2>
      <nav class="actions" aria-label={t("筛选", "Filter")}>
        {FILTERS.map((of) => (
          <ButtonLink look={of === filter ? "primary" : "quiet"} href={`${query(of)}#communities`}>
            {`${pick(FILTER_WORDS[of], lang)}（${countFiltered(total, of)}）`}
          </ButtonLink>
        ))}
      </nav>
      <DataTable
        caption={t(`${pick(FILTER_WORDS[filter], lang)}的小区`, `Communities: ${pick(FILTER_WORDS[filter], lang)}`)}
        rows={rows}
        empty={
          <EmptyState title={t("没有这样的小区", "There are none")}>
            <p>{t("换一个筛选条件，或者看全部小区。", "Choose another filter, or look at all of them.")}</p>
          </EmptyState>
        }
        columns={[
          { label: pick(COLUMNS.name, lang), head: true, cell: (row) => <a href={`/c/${row.slug}`}>{row.name}</a> },
          {
            label: pick(COLUMNS.branch, lang),
            cell: (row) => (
              <StatusWord tone={row.branch === 1 ? "good" : "waiting"}>{showRow(row, lang).branch}</StatusWord>
            ),
          },
          {
            label: pick(COLUMNS.committee, lang),
            cell: (row) => (
              <StatusWord tone={row.committee === 1 ? "good" : "waiting"}>{showRow(row, lang).committee}</StatusWord>
            ),
          },
          cell("term"),
          cell("entity"),
          cell("published"),
          {
            label: pick(COLUMNS.duties, lang),
            cell: (row) =>
              row.overdue === 1 ? (
                <StatusWord tone="note">{showRow(row, lang).duties}</StatusWord>
              ) : (
                showRow(row, lang).duties
              ),
          },
          cell("overlap"),
          { label: pick(COLUMNS.asOf, lang), cell: ({ asOf }) => <small>{formatInstant(asOf)}</small> },
        ]}
      />
      <Pager t={t} page={page} pages={pages} href={(to) => `${query(filter, to)}#communities`} />
      <Actions>
        <ButtonLink look="quiet" href={`${here}/communities.csv${filter === "all" ? "" : `?filter=${filter}`}`}>
          {t("下载这张表（CSV）", "This table (CSV)")}
        </ButtonLink>
      </Actions>
      <About c={c} asOf={total.asOf} />
    </Page>,
  );
});

const file = async (c: AppContext, of: { district: string; street?: string }): Promise<Response> => {
  const filter = readFilter(c.req.query("filter"));
  const { district, street } = of;
  const rows = await exportRows(c.env, { ...of, filter });
  // An empty table is an answer where the street is known, and none where it is not.
  const isKnown =
    rows.length > 0 ||
    (street === undefined
      ? await readDistrict(c.env, district)
      : await readStreet(c.env, { district, street, filter }, 1));
  if (!isKnown) return c.notFound();
  const name = `${street ?? district}-${dayOf(c.var.now)}.csv`;
  return c.body(writeCsv(sheetOf(rows, c.var.lang)), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="communities.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
};

districtPages.get("/districts/:district/communities.csv", (c) => file(c, { district: c.req.param("district") }));
districtPages.get("/districts/:district/streets/:street/communities.csv", (c) => file(c, c.req.param()));

/** The sums drawn, each beside its two numbers: what is known of how many, and what of that there is. */
const Coverage = ({ c, total }: { c: AppContext; total: TotalRow }) => {
  const { t } = c.var;
  const unknown = (known: number, of = total.communities) =>
    known < of ? t(`${of - known}个小区暂无登记`, `nothing recorded of ${of - known}`) : undefined;
  const line = (label: string, part: number, whole: number, note?: string) => ({
    label,
    part,
    whole,
    ...(note === undefined ? {} : { note }),
  });
  const { communities, overlapKnown, overlapSeats, overlapLeast, overlapMost } = total;
  return (
    <CoverageBars
      unit={t("个", "")}
      lines={[
        line(t("建立了小区党支部", "With a party branch"), total.branches, communities),
        line(
          t("有业委会在任", "With a committee in office"),
          total.committees,
          communities,
          total.termEnding > 0
            ? t(`其中${total.termEnding}个任期将满或已满`, `in ${total.termEnding} the term is ending or over`)
            : undefined,
        ),
        line(
          t("业委会登记为法人", "With a committee that is a legal person"),
          total.entities,
          communities,
          unknown(total.entityKnown),
        ),
        line(
          t(`${LATELY_MONTHS}个月内公布过`, `That published within ${LATELY_MONTHS} months`),
          total.publishedLately,
          communities,
        ),
        line(
          t("职责没有逾期", "With no duty overdue"),
          total.dutiesKnown - total.overdue,
          total.dutiesKnown,
          total.dutiesKnown < communities
            ? unknown(total.dutiesKnown)
            : t(
                `共${total.duties}项职责，逾期${total.dutiesOverdue}项`,
                `${total.duties} duties, ${total.dutiesOverdue} overdue`,
              ),
        ),
        line(
          t("支部与业委会有人交叉任职", "Where somebody sits in both"),
          total.overlapSome,
          overlapKnown,
          overlapKnown === 0
            ? undefined
            : t(
                `${overlapSeats}个席位中${range(overlapLeast, overlapMost, "至")}席由支部成员当选担任；主任兼书记的${total.chairsSecretary}个`,
                `${range(overlapLeast, overlapMost, " to ")} of ${overlapSeats} seats are held by elected people of the branch; the chair is the secretary in ${total.chairsSecretary}`,
              ),
        ),
      ].filter(({ whole }) => whole > 0)}
    />
  );
};

const range = (least: number, most: number, between: string): string =>
  least === most ? String(least) : `${least}${between}${most}`;

const About = ({ c, asOf }: { c: AppContext; asOf?: Instant }) => {
  const { t, lang } = c.var;
  return (
    <>
      {asOf === undefined ? null : (
        <p class="hint">{t(`最近更新：${sayInstant(asOf, lang)}`, `Last update: ${sayInstant(asOf, lang)}`)}</p>
      )}
      <Details summary={t("这些数字从哪里来？", "Where do these figures come from?")}>
        <p>
          {t(
            "每个小区只从自己的登记算出自己的一行，每小时一次，任职、换届和公布以后随时重算；街道和区的数字是各行之和。这是便于查看的汇总，不是公开记录：以各小区自己的页面和公开记录为准。没有登记的写“暂无”，不按零计算。",
            "Each community computes its own row from what it has recorded, hourly and after offices, elections and publications; a street's figures are the sums. This is a summary for reading, not the record: what a community's own pages and record say goes before it. What is not recorded says so and is not counted as nought.",
          )}
        </p>
        <p>
          {t(
            "交叉任职只作对照，不影响任何人的资格；确切数字等于说出某人政治面貌时，只给出范围。",
            "Cross-appointment is compared only and decides nobody's eligibility; where the exact figure would tell somebody's affiliation, a range stands in its place.",
          )}
        </p>
      </Details>
    </>
  );
};
