/** The maintenance fund as everybody reads it: totals, by building, works, by year; and each owner their own unit. No person is named. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { registerMyCard } from "../../owners/cards.ts";
import { requiresOwner } from "../../owners/session.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { CoverageBars } from "../../platform/ui/charts.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { viewBook } from "../books/actions.ts";
import { accountsHref, readCount, voucherHref } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { closingFen } from "../books/rules.ts";
import { listMovements } from "../books/store.ts";
import { readTie } from "./actions.ts";
import { fundHref, fundProjectHref, fundYearHref } from "./addresses.ts";
import { readProject, readProjects } from "./projects/actions.ts";
import { isLow, LOW_PERCENT, missingTo30 } from "./rules.ts";
import { ProjectFactsList, ProjectState, StepList } from "./shown.tsx";
import { listEntries, listFundBuildings, listModes, listOwnUnits, type UnitRow } from "./store.ts";
import { MODE_WORDS, MOVEMENT_WORDS, PATH_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const publicFundRoutes = new Hono<AppEnv>();
const PROJECTS_SHOWN = 20;
const ENTRIES_A_PAGE = 50;
const ALL = 99_999_999;

const crumbs = (c: AppContext) => [
  { href: accountsHref(c.var.scene.community.slug), label: c.var.t("公开账目", "Public accounts") },
];
const fundCrumbs = (c: AppContext) => [
  ...crumbs(c),
  { href: fundHref(c.var.scene.community.slug), label: c.var.t("专项维修资金", "Maintenance fund") },
];
/** Whole yuan for a bar; the table beside it has the fen. */
const yuan = (fen: number): number => (fen - (fen % 100)) / 100;

publicFundRoutes.get("/accounts/fund", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? String(ALL));
  if (before === null) return c.notFound();
  const [[buildings, modes], tie, projects] = await Promise.all([
    scene.db.read(listFundBuildings(scene), listModes(scene, 1)),
    readTie(scene),
    readProjects(scene, { limit: PROJECTS_SHOWN, before }),
  ]);
  const mode = modes[0];
  const balanceFen = buildings.reduce((sum, one) => sum + one.balanceFen, 0);
  const firstFen = buildings.reduce((sum, one) => sum + one.firstFen, 0);
  const low = buildings.reduce((sum, one) => sum + one.lowUnits, 0);
  const year = dayOf(now).slice(0, 4);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("专项维修资金", "Maintenance fund")}
      breadcrumb={crumbs(c)}
      switchHref={`${fundHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("专项维修资金", "Maintenance fund")}</h1>
      <p class="lead">
        {t(
          "这是业主共有的钱，只能用于保修期满后共有部分的维修、更新。每套房屋一本账，卖房时随房屋过户。",
          "It belongs to the owners and is only for repair and renewal of the common parts. Every unit has its account, which goes with the unit when it is sold.",
        )}
      </p>
      {buildings.length === 0 ? (
        <EmptyState title={t("还没有入账", "Nothing entered yet")}>
          {t(
            "各户余额录入并过账后，这里会列出全小区和每栋楼的余额。",
            "Once the units' balances are entered and posted, the whole estate and every building stand here.",
          )}
        </EmptyState>
      ) : (
        <>
          <FactList>
            <Fact label={t("现在的余额", "Balance now")}>
              <b>{formatYuan(balanceFen)}</b> {t("元", "yuan")}
            </Fact>
            <Fact label={t("谁在管", "Who holds it")}>
              {MODE_WORDS[mode?.mode ?? "authority"][lang]}
              {mode
                ? t(
                    `，自${mode.onDay}起，依据第${mode.meeting}次会议议题${mode.item}`,
                    `, from ${mode.onDay}, by meeting ${mode.meeting}, item ${mode.item}`,
                  )
                : null}
            </Fact>
            <Fact label={t("与账簿是否一致", "Against the book")}>
              {tie === null ? (
                t("账簿还没有设立", "No book yet")
              ) : tie.differenceFen === 0 ? (
                <StatusWord tone="good">
                  {t("各户合计与账簿一分不差", "All units together agree to the fen")}
                </StatusWord>
              ) : (
                <StatusWord tone="bad">
                  {t(
                    `账簿${formatYuan(tie.bookFen)}元，相差${formatYuan(tie.differenceFen)}元`,
                    `The book says ${formatYuan(tie.bookFen)}: ${formatYuan(tie.differenceFen)} yuan apart`,
                  )}
                </StatusWord>
              )}
            </Fact>
          </FactList>
          {low > 0 ? (
            <Callout
              tone="warn"
              title={t(
                `${low}户余额不足首期的${LOW_PERCENT}%`,
                `${low} units are below ${LOW_PERCENT} % of the first deposit`,
              )}
            >
              <p>
                {t(
                  "按《住宅专项维修资金管理办法》第十七条应当续交；差多少，业主登录后在自己的专页能看到。",
                  "They are to top up (Measures on the Maintenance Fund, art. 17); owners see how much in their own corner.",
                )}
              </p>
            </Callout>
          ) : null}
          <h2>{t("按楼栋", "By building")}</h2>
          {firstFen > 0 ? (
            <CoverageBars
              unit={t("元", " yuan")}
              lines={buildings
                .filter((one) => one.firstFen > 0)
                .map((one) => ({
                  label: one.building,
                  part: Math.min(Math.max(yuan(one.balanceFen), 0), yuan(one.firstFen)),
                  whole: yuan(one.firstFen),
                }))}
            />
          ) : null}
          <DataTable
            caption={t("各楼栋余额（元）", "Balance by building, in yuan")}
            rows={buildings}
            columns={[
              { label: t("楼栋", "Building"), head: true, cell: ({ building }) => building },
              { label: t("户数", "Units"), number: true, cell: ({ units }) => units },
              { label: t("首期应交", "First deposit"), number: true, cell: (one) => formatYuan(one.firstFen) },
              { label: t("余额", "Balance"), number: true, cell: (one) => formatYuan(one.balanceFen) },
              { label: t("需续交户数", "To top up"), number: true, cell: ({ lowUnits }) => lowUnits },
            ]}
            foot={[
              t("合计", "Together"),
              buildings.reduce((sum, { units }) => sum + units, 0),
              formatYuan(firstFen),
              formatYuan(balanceFen),
              low,
            ]}
          />
          <p>
            <a href={`/c/${slug}/my`}>{t("登录业主专页，看自己这一户", "Sign in to see your own unit")}</a>
          </p>
        </>
      )}
      <h2>{t("维修工程", "Works")}</h2>
      <LinkList
        items={projects.map((row) => ({
          href: fundProjectHref(slug, row.number),
          title: `${row.number}. ${row.title}`,
          note: `${PATH_WORDS[row.path][lang]}，${t(`预算${formatYuan(row.estimateFen)}元`, `estimate ${formatYuan(row.estimateFen)} yuan`)}`,
          status: <ProjectState c={c} row={row} />,
        }))}
        empty={
          <EmptyState title={t("还没有工程", "No works yet")}>
            {t(
              "用维修资金的工程，从方案、表决到验收、分摊，都会列在这里。",
              "Works paid from the fund stand here from plan and vote to acceptance and shares.",
            )}
          </EmptyState>
        }
      />
      {projects.length === PROJECTS_SHOWN ? (
        <p>
          <a href={`${fundHref(slug)}?before=${projects.at(-1)!.number}`}>{t("更早的工程", "Earlier works")}</a>
        </p>
      ) : null}
      <h2>{t("按年公布", "Year by year")}</h2>
      <p>
        <a href={fundYearHref(slug, year)}>{t(`${year}年收支`, `Accounts of ${year}`)}</a>
        {"　"}
        <a href={fundYearHref(slug, String(Number(year) - 1))}>
          {t(`${Number(year) - 1}年收支`, `Accounts of ${Number(year) - 1}`)}
        </a>
      </p>
    </Page>,
  );
});

publicFundRoutes.get("/accounts/fund/projects/:number", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  const row = number ? await readProject(scene, number) : null;
  if (!row) return c.notFound();
  return c.html(
    <Page
      {...frameOf(c)}
      title={row.title}
      breadcrumb={fundCrumbs(c)}
      switchHref={`${fundProjectHref(slug, row.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{row.title}</h1>
      <p>
        <ProjectState c={c} row={row} />
      </p>
      <ProjectFactsList c={c} row={row} />
      <StepList c={c} row={row} />
      {row.settlement?.state === "posted" && row.settlement.voucherNumber !== null ? (
        <p>
          <a
            href={voucherHref(slug, {
              book: "fund",
              period: row.settlement.period,
              number: row.settlement.voucherNumber,
            })}
          >
            {t("结算的凭证", "The voucher of the settlement")}
          </a>
        </p>
      ) : null}
      <p>
        <a href={`/c/${slug}/record/${row.leafHash}`}>{t("公开记录", "Public record")}</a>
      </p>
    </Page>,
  );
});

publicFundRoutes.get("/accounts/fund/years/:year{20[0-9][0-9]}", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const year = c.req.param("year");
  const state = await viewBook(scene, "fund");
  if (!state || `${year}-12` < state.from || `${year}-01` > dayOf(scene.now)) return c.notFound();
  const from = `${year}-01` > state.from ? `${year}-01` : state.from;
  const [moved] = await scene.db.read(listMovements(scene, "fund", from, `${year}-12`));
  const accounts = new Map(state.accounts.map((account) => [account.code, account]));
  const flows = moved.flatMap((one) => {
    const account = accounts.get(one.account);
    if (account?.kind !== "income" && account?.kind !== "cost" && account?.kind !== "net") return [];
    const fen = account.kind === "cost" ? one.debitFen - one.creditFen : one.creditFen - one.debitFen;
    return fen === 0 ? [] : [{ name: account.name[lang], fen, isOut: account.kind === "cost" }];
  });
  const own = moved.filter(({ account }) => ["asset", "liability"].includes(accounts.get(account)?.kind ?? ""));
  const openingFen = own.reduce((sum, one) => sum + one.openingFen, 0);
  const endFen = own.reduce((sum, one) => sum + closingFen(one), 0);
  const isWhole = state.closedThrough !== null && state.closedThrough >= `${year}-12`;
  const title = t(`${year}年专项维修资金收支`, `Maintenance fund, ${year}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={fundCrumbs(c)}
      switchHref={`${fundYearHref(slug, year)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        {isWhole ? (
          <StatusWord tone="good">{t("全年已经结账", "The year is closed")}</StatusWord>
        ) : (
          <StatusWord tone="waiting">
            {t(
              `还没有全年结账，目前结到${state.closedThrough ?? "—"}`,
              `Not closed yet; closed through ${state.closedThrough ?? "—"}`,
            )}
          </StatusWord>
        )}
      </p>
      <DataTable
        caption={t("收支（元）", "In and out, in yuan")}
        rows={[
          { name: t("年初结余", "At the beginning"), in: openingFen, out: null },
          ...flows.map((one) => ({ name: one.name, in: one.isOut ? null : one.fen, out: one.isOut ? one.fen : null })),
        ]}
        columns={[
          { label: t("项目", "What"), head: true, cell: ({ name }) => name },
          { label: t("收入", "In"), number: true, cell: (one) => (one.in === null ? null : formatYuan(one.in)) },
          { label: t("支出", "Out"), number: true, cell: ({ out }) => (out === null ? null : formatYuan(out)) },
        ]}
        foot={[t("年末结余", "At the end"), formatYuan(endFen), ""]}
      />
      <p class="hint">
        {t(
          `依据《住宅专项维修资金管理办法》第三十条，每年至少公布一次。数字来自${BOOK_WORDS.fund.zh}账簿；有疑问可以要求复核。`,
          "Published at least once a year (Measures on the Maintenance Fund, art. 30). The figures are the book's; any owner may ask for a check.",
        )}
      </p>
    </Page>,
  );
});

// ——— The owner's own ———

const UnitFacts = ({ c, unit }: { c: AppContext; unit: UnitRow }) => {
  const { t } = c.var;
  return (
    <FactList>
      <Fact label={t("余额", "Balance")}>
        <b>{formatYuan(unit.balanceFen)}</b> {t("元", "yuan")}{" "}
        {isLow(unit) ? (
          <StatusWord tone="bad">
            {t(
              `不足首期的${LOW_PERCENT}%，至少续交${formatYuan(missingTo30(unit))}元`,
              `below ${LOW_PERCENT} %: at least ${formatYuan(missingTo30(unit))} yuan to top up`,
            )}
          </StatusWord>
        ) : null}
      </Fact>
      {unit.firstFen > 0 ? (
        <Fact label={t("首期应交", "First deposit")}>{`${formatYuan(unit.firstFen)} ${t("元", "yuan")}`}</Fact>
      ) : null}
    </FactList>
  );
};

registerMyCard("fund", {
  place: 65,
  queries: ({ scene, owner }) => [listOwnUnits(scene, owner.partyId, dayOf(scene.now))] as const,
  render: (c, _, [units]) => {
    const { t } = c.var;
    const { slug } = c.var.scene.community;
    if (units.length === 0) return null;
    return (
      <>
        <h2>{t("我家的维修资金", "Your maintenance fund")}</h2>
        {units.map((unit) => (
          <section>
            <h3>
              <a href={`/c/${slug}/my/fund/${unit.unitId}`}>{`${unit.building}${unit.entrance}${unit.room}`}</a>
            </h3>
            <UnitFacts c={c} unit={unit} />
          </section>
        ))}
      </>
    );
  },
});

publicFundRoutes.get("/my/fund/:unitId", requiresOwner, async (c) => {
  const { t, lang, scene, owner } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? String(ALL));
  if (before === null) return c.notFound();
  const [units, entries] = await scene.db.read(
    listOwnUnits(scene, owner.partyId, dayOf(scene.now)),
    listEntries(scene, c.req.param("unitId"), { limit: ENTRIES_A_PAGE, before }),
  );
  // Another's unit looks like one that is not there.
  const unit = units.find(({ unitId }) => unitId === c.req.param("unitId"));
  if (!unit) return c.notFound();
  const title = t(
    `${unit.building}${unit.entrance}${unit.room}的维修资金`,
    `Maintenance fund of ${unit.building}${unit.entrance}${unit.room}`,
  );
  return c.html(
    <Page {...frameOf(c)} title={title} breadcrumb={[{ href: `/c/${slug}/my`, label: t("我的", "My corner") }]}>
      <h1>{title}</h1>
      <UnitFacts c={c} unit={unit} />
      <p class="hint">
        {t(
          "这本账属于这套房屋，卖房时随房屋转给新业主，不退给个人。",
          "The account belongs to the unit and goes to the new owner when it is sold.",
        )}
      </p>
      <DataTable
        caption={t("每一笔", "Every entry")}
        rows={entries}
        columns={[
          { label: t("日期", "Day"), head: true, cell: ({ onDay }) => sayDay(onDay, lang) },
          {
            label: t("事由", "What"),
            cell: ({ kind, words, isReversal }) =>
              `${isReversal ? t("冲销：", "Taken back: ") : ""}${MOVEMENT_WORDS[kind][lang]}，${words}`,
          },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
          { label: t("余额（元）", "Balance"), number: true, cell: ({ balanceFen }) => formatYuan(balanceFen) },
        ]}
      />
      {entries.length === ENTRIES_A_PAGE ? (
        <p>
          <a href={`/c/${slug}/my/fund/${unit.unitId}?before=${entries.at(-1)!.entryNo}`}>{t("更早的", "Earlier")}</a>
        </p>
      ) : null}
    </Page>,
  );
});
