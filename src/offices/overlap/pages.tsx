/** Who sits in branch and committee, in figures and, where the public may know, by name; over time; and why nobody is appointed. Public; changes nothing. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { BAR_UNITS, barGeometry } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { UNSAID } from "../terms/actions.ts";
import { baseOf } from "../terms/place.ts";
import { type PublicOverlap, readOverlap } from "./actions.ts";
import { Rules, Used } from "./conflicts/shown.tsx";
import { DIRECTION_WORDS, wishWords } from "./explained.ts";
import type { Figure } from "./rules.ts";
import { Timeline } from "./timeline.tsx";

export const overlapPages = new Hono<AppEnv>();

const A_PAGE = 20;
const HISTORY_SHOWN = 12;
const SENSITIVE = "《个人信息保护法》第二十八条、第二十九条";
const ELECTION = "《民法典》第二百七十八条第一款第三项";

/** "2", or "1至2" where only a range may be said. */
export const rangeWords = ({ least, most }: Figure, c: AppContext): string =>
  least === most ? String(most) : c.var.t(`${least}至${most}`, `${least} to ${most}`);

overlapPages.get("/overlap", async (c) => {
  const { t, lang, now, scene } = c.var;
  const page = Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);
  const overlap = await readOverlap(scene, dayOf(now), { limit: A_PAGE, offset: (page - 1) * A_PAGE });
  const pages = Math.max(1, Math.ceil(overlap.usedWaivers / A_PAGE));
  if (page > pages) return problemResponse(c, NOT_FOUND);
  const base = baseOf(c);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("交叉任职", "Cross-appointment")}
      breadcrumb={[
        { href: base, label: t("首页", "Home") },
        { href: `${base}/offices`, label: t("任职", "Offices") },
      ]}
    >
      <h1>{t("交叉任职", "Cross-appointment")}</h1>
      <p class="lead">
        {t(
          "小区党支部的人，经业主选举进入业主委员会；业主委员会里的党员，由支部吸收进支部。这里公布两边有多少人相同，以及多年来的变化。",
          "People of the estate's party branch who were elected into the owners' committee, and members of the committee whom the branch took in. This page tells how far the two overlap, and how that changed.",
        )}
      </p>
      <Figures c={c} overlap={overlap} />
      <People c={c} overlap={overlap} />
      <Wished c={c} overlap={overlap} />
      <History c={c} overlap={overlap} />
      <WhyElected c={c} />
      <Rules c={c} overlap={overlap} />
      <Used c={c} overlap={overlap} />
      <Pager t={t} page={page} pages={pages} href={(n) => `${base}/overlap?page=${n}#waivers`} />
      <Actions>
        <ButtonLink look="quiet" href={`${base}/offices`}>
          {t("谁在任职", "Who holds office")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`/api/communities/${scene.community.slug}/overlap`}>
          {t("开放数据（JSON）", "Open data (JSON)")}
        </ButtonLink>
      </Actions>
      <p class="quiet">{t(`截至${sayDay(overlap.day, lang)}。`, `As of ${sayDay(overlap.day, lang)}.`)}</p>
    </Page>,
  );
});

const Bar = ({ figure }: { figure: Figure }) => {
  const drawn = (part: number): number => barGeometry(part, figure.seats).bar;
  return (
    <svg class="bar" viewBox={`0 0 ${BAR_UNITS} 20`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ground" y="3" width={BAR_UNITS} height="14" />
      <rect class="bar-part" y="3" width={drawn(figure.most)} height="14" />
      <rect class="bar-good" y="3" width={drawn(figure.least)} height="14" />
    </svg>
  );
};

const Figures = ({ c, overlap }: { c: AppContext; overlap: PublicOverlap }) => {
  const { t, lang } = c.var;
  const { figure, chairIsSecretary, branches, apart } = overlap;
  if (figure.seats === 0)
    return (
      <EmptyState title={t("现在没有在任的业主委员会", "No committee is in office now")}>
        {t(
          "业主选出业主委员会以后，这里显示其中有几位支部成员。",
          "Once the owners have elected a committee, this place says how many of it are of the branch.",
        )}
      </EmptyState>
    );
  const range = rangeWords(figure, c);
  return (
    <>
      <div class="turnout">
        <p class="turnout-head">
          <b>
            {t(
              `业主委员会 ${figure.seats} 席中，${range} 席由支部成员担任`,
              `Of ${figure.seats} seats in the committee, ${range} held by people of the branch`,
            )}
          </b>
        </p>
        <Bar figure={figure} />
        {figure.least === figure.most ? null : (
          <p class="hint">
            {t(
              "没有征得同意，确切的数字会等于说出某一位的姓名，所以只公布范围。",
              "Without consent the exact figure would be as good as a name, so only a range is given.",
            )}
          </p>
        )}
      </div>
      <FactList>
        <Fact label={t("份额", "Share")}>
          <span class="num">
            {range}/{figure.seats}
          </span>
        </Fact>
        <Fact label={t("主任与书记", "Chair and secretary")}>
          {chairIsSecretary === null
            ? t("两个职务中有空缺，暂不比较", "One of the two posts is vacant")
            : chairIsSecretary
              ? t("业委会主任同时是支部书记", "The committee's chair is the branch secretary")
              : t("业委会主任和支部书记是两个人", "The chair and the branch secretary are two people")}
        </Fact>
        <Fact label={t("党支部", "Branch")}>
          {branches.length === 0
            ? t("还没有登记小区党支部", "No branch is recorded")
            : t(`支部任职${overlap.branchPeople}人`, `${overlap.branchPeople} in office in the branch`)}
          {apart.length > 0
            ? t(
                `；没有人在业委会的支部：${apart.map(({ nameZh }) => nameZh).join("、")}`,
                `; without anyone in the committee: ${apart.map(({ nameEn }) => nameEn).join(", ")}`,
              )
            : null}
        </Fact>
        {overlap.alternates > 0 ? (
          <Fact label={t("候补委员", "Alternates")}>
            {t(`${overlap.alternates}人，没有席位，不计入`, `${overlap.alternates}, without a seat and not counted`)}
          </Fact>
        ) : null}
      </FactList>
      <Details summary={t("怎么计算的？", "How is this counted?")}>
        <p>
          {t(
            `以${sayDay(overlap.day, lang)}24:00为准。主任、副主任、委员各算一席，一个人无论兼几个职务只算一次；候补委员不算。支部只计书记、支部委员等支部职务，本系统不登记普通党员。`,
            `As of 24:00 on ${sayDay(overlap.day, lang)}. Chair, deputies and members are one seat each, a person once however many posts they hold; alternates are not counted. Of the branch only its posts count: ordinary party membership is not recorded here at all.`,
          )}
        </p>
      </Details>
    </>
  );
};

const People = ({ c, overlap }: { c: AppContext; overlap: PublicOverlap }) => {
  const { t, lang } = c.var;
  const { named, figure } = overlap;
  const rest = { ...figure, least: figure.least - named.length, most: figure.most - named.length };
  if (figure.most === 0) return null;
  return (
    <>
      <h2>{t("同时任职的人", "Who sits in both")}</h2>
      {named.length === 0 ? null : (
        <DataTable
          caption={t("同时任职的人", "Who sits in both")}
          quietCaption={true}
          rows={named}
          columns={[
            { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
            {
              label: t("业主委员会", "Committee"),
              cell: (one) => (
                <>
                  {pick(one.committee, lang)}
                  <small class="quiet">
                    {" "}
                    {t(
                      `${sayDay(dayOf(one.committeeSince), lang)}起`,
                      `since ${sayDay(dayOf(one.committeeSince), lang)}`,
                    )}
                  </small>
                </>
              ),
            },
            {
              label: t("党支部", "Branch"),
              cell: (one) => (
                <>
                  {pick(one.branch, lang)}
                  <small class="quiet">
                    {" "}
                    {t(`${sayDay(dayOf(one.branchSince), lang)}起`, `since ${sayDay(dayOf(one.branchSince), lang)}`)}
                  </small>
                </>
              ),
            },
            { label: t("先后", "Which came first"), cell: ({ direction }) => pick(DIRECTION_WORDS[direction], lang) },
          ]}
        />
      )}
      {rest.most > 0 ? (
        <p>
          {named.length === 0
            ? t(
                `${rangeWords(rest, c)}人，没有同意公开姓名，只计数。`,
                `${rangeWords(rest, c)} who did not agree to be named: counted only.`,
              )
            : t(
                `另有${rangeWords(rest, c)}人没有同意公开姓名，只计数。`,
                `${rangeWords(rest, c)} more who did not agree to be named: counted only.`,
              )}
        </p>
      ) : null}
      <p class="quiet">
        {t(
          `支部书记的职务是公开的；支部其他成员，经本人单独同意才写出姓名，同意可以随时撤回，撤回后各页都写作“${UNSAID}”或只计数（${SENSITIVE}）。`,
          `The secretary of a branch holds a public post; others of the branch are named only with their own separate consent, which can be taken back at any time (Personal Information Protection Law, art. 28–29).`,
        )}
      </p>
    </>
  );
};

const Wished = ({ c, overlap }: { c: AppContext; overlap: PublicOverlap }) => {
  const { t, lang } = c.var;
  const rows = wishWords(overlap.wish).map((one) => ({
    ...one,
    met: overlap.wishLines.find(({ kind }) => kind === one.kind)?.met ?? null,
  }));
  return (
    <>
      <h2>{t("与期望对照", "Against what is wished for")}</h2>
      <DataTable
        caption={t("期望", "Wishes")}
        quietCaption={true}
        rows={rows}
        empty={<p>{t("没有设定期望。", "Nothing is wished for.")}</p>}
        columns={[
          { label: t("期望", "Wish"), head: true, cell: ({ words }) => pick(words, lang) },
          {
            label: t("现在", "Now"),
            cell: ({ met }) =>
              met === null ? (
                <StatusWord tone="off">{t("不便公布", "Not said")}</StatusWord>
              ) : met ? (
                <StatusWord tone="good">{t("已达到", "Met")}</StatusWord>
              ) : (
                <StatusWord tone="waiting">{t("尚未达到", "Not met")}</StatusWord>
              ),
          },
        ]}
      />
      <p class="quiet">
        {t("依据：", "Ground: ")}
        {overlap.wishSource ||
          t(
            "国家政策鼓励交叉任职（建房规〔2020〕10号；《北京市物业管理条例》“双向进入、交叉任职”），没有规定人数；“1 位”是本系统的默认值。",
            "Policy encourages it (建房规〔2020〕10号; Beijing's regulations) and names no number; “one” is our default.",
          )}
      </p>
      <Callout tone="info">
        <p>
          {t(
            "期望只是期望：不影响任何人参选、当选、就任，也不影响任何一张票。",
            "A wish is a wish: it decides nobody's candidacy, election or seat, and no ballot.",
          )}
        </p>
      </Callout>
    </>
  );
};

const History = ({ c, overlap }: { c: AppContext; overlap: PublicOverlap }) => {
  const { t, lang } = c.var;
  const newest = overlap.history.toReversed();
  const table = (rows: PublicOverlap["history"]) => (
    <DataTable
      caption={t("席位的变化", "How the seats changed")}
      quietCaption={true}
      keep={true}
      rows={rows}
      columns={[
        { label: t("自", "From"), head: true, cell: ({ day }) => sayDay(day, lang) },
        { label: t("席位", "Seats"), number: true, cell: ({ figure }) => figure.seats },
        {
          label: t("其中支部成员", "Of the branch"),
          number: true,
          cell: ({ figure }) => (figure.seats === 0 ? "—" : rangeWords(figure, c)),
        },
      ]}
    />
  );
  return (
    <>
      <h2>{t("多年来的变化", "Over the years")}</h2>
      <Timeline t={t} lang={lang} overlap={overlap} />
      {table(newest.slice(0, HISTORY_SHOWN))}
      {newest.length > HISTORY_SHOWN ? (
        <Details summary={t("更早的变化", "Earlier changes")}>{table(newest.slice(HISTORY_SHOWN))}</Details>
      ) : null}
    </>
  );
};

const WhyElected = ({ c }: { c: AppContext }) => {
  const { t } = c.var;
  return (
    <>
      <h2>{t("为什么不能任命", "Why nobody is appointed")}</h2>
      <p>
        {t(
          "进业主委员会只有一条路：业主大会选举（候补委员依得票递补）。无论谁推荐、担任什么党内职务，都要和别的候选人一样由业主投票；本系统不接受任命、指派或组织决定作为进业委会的依据。反过来，进支部由支部按自己的程序决定，业主大会不决定。",
          "Into the owners' committee leads one way: election by the owners' assembly (alternates move up by their votes). Whoever recommends someone, and whatever post of the party they hold, the owners vote on them as on anybody else; no appointment, assignment or decision of an organisation is accepted here in its place. Into the branch leads the branch's own procedure, which the assembly does not decide.",
        )}
      </p>
      <p class="quiet">
        {t(
          `依据：${ELECTION}（选举业主委员会由业主共同决定）；《业主大会和业主委员会指导规则》第三十一条。`,
          `Ground: ${ELECTION} (Civil Code art. 278(1)(3): the owners together elect the committee); Guiding Rules art. 31.`,
        )}
      </p>
    </>
  );
};
