/** /calculator/election: any election from its printed figures, by a form that is an address. Nothing is stored. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { FAULT_WORDS, FIGURE_WORDS, figureFrom } from "../../assembly/calculator/rules.ts";
import type { Check } from "../../assembly/rules.ts";
import { MORE_THAN_HALF, TWO_THIRDS } from "../../kernel/weight.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { type Bilingual, type Lang, pick, type T } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset } from "../../platform/ui/forms.tsx";
import { InequalityLine } from "../../platform/ui/inequality.tsx";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { sayAmount } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { RANKING_WORDS } from "../method/explained.ts";
import { PLACE_TONE, PLACE_WORDS } from "../rounds/words.ts";
import { RANKINGS, type Ranking } from "../rules.ts";
import {
  type Declared,
  MOST_CANDIDATES,
  type PrintedElection,
  type PrintedFault,
  type PrintedPlace,
  type Recomputed,
  readCandidateLine,
  recompute,
  type ShareCheck,
} from "./rules.ts";

const PATH = "/calculator/election";
const LONGEST_LINES = 6_000;
const ARTICLE: Bilingual = { zh: "《民法典》第二百七十八条第二款", en: "Civil Code art. 278(2)" };

type Typed = Readonly<Record<string, string>>;

/** Made up, with two mistakes to be found: a share that does not recompute, and an alternate declared a member. */
const EXAMPLE: Typed = {
  owners: "817",
  area: "115344.34",
  tookOwners: "646",
  tookArea: "92508.76",
  seats: "5",
  least: "5",
  alternates: "2",
  ranking: "heads_then_area",
  lines: [
    "王一 441 61880.35 68.27% 66.89% 当选",
    "李二 432 62004.10 66.87% 67.03% 当选",
    "赵三 420 60115.00 65.02% 64.98% 当选",
    "陈四 411 58729.34 63.62% 63.49% 当选",
    "周五 398 57001.20 61.61% 61.62% 候补",
    "吴六 389 55870.66 60.22% 61.40% 当选",
    "郑七 340 44120.00 52.63% 47.69% 未当选",
  ].join("\n"),
};
const addressOf = (typed: Typed): string => `${PATH}?${new URLSearchParams(typed)}`;

const whole = (text: string | null): number | null =>
  text === null ? null : /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;

function askedFrom(typed: Typed): PrintedElection {
  const number = (name: string): number => Number(figureFrom(typed[name]) ?? Number.NaN);
  const line = (owners: string, area: string) => ({
    owners: whole(figureFrom(typed[owners])),
    areaM2: figureFrom(typed[area]),
  });
  return {
    total: line("owners", "area"),
    participated: line("tookOwners", "tookArea"),
    seats: number("seats"),
    legalLeast: number("least"),
    alternatesMost: number("alternates"),
    ranking: RANKINGS.find((one) => one === typed.ranking) ?? "heads_then_area",
    candidates: (typed.lines ?? "").split("\n").flatMap((text) => readCandidateLine(text) ?? []),
  };
}

const FAULTS: Record<Exclude<PrintedFault["reason"], keyof typeof FAULT_WORDS>, Bilingual> = {
  no_candidates: { zh: "请至少写一名候选人，每人一行", en: "Write at least one candidate, one a line" },
  too_many_candidates: {
    zh: `最多${MOST_CANDIDATES}名候选人`,
    en: `At most ${MOST_CANDIDATES} candidates`,
  },
  out_of_range: { zh: "应是 0 到 99 的整数，席位和最低人数不能是 0", en: "A whole number up to 99; seats cannot be 0" },
};
const FIELDS: Readonly<Record<string, string>> = {
  "/total/owners": "owners",
  "/total/areaM2": "area",
  "/participated/owners": "tookOwners",
  "/participated/areaM2": "tookArea",
  "/seats": "seats",
  "/legalLeast": "least",
  "/alternatesMost": "alternates",
};
const LABELS: Readonly<Record<string, Bilingual>> = {
  owners: FIGURE_WORDS.total.owners,
  area: FIGURE_WORDS.total.area,
  tookOwners: FIGURE_WORDS.participated.owners,
  tookArea: FIGURE_WORDS.participated.area,
  seats: { zh: "席位", en: "Seats" },
  least: { zh: "最少要选出几名才成立", en: "How many it takes for a committee to stand" },
  alternates: { zh: "最多几名候补", en: "At most so many alternates" },
};

/** Each fault beside its field; one of a candidate says whose line it is. */
function errorsOf(faults: readonly PrintedFault[], asked: PrintedElection, lang: Lang, t: T): FieldError[] {
  return faults.map(({ pointer, reason }): FieldError => {
    const words =
      reason in FAULTS ? FAULTS[reason as keyof typeof FAULTS] : FAULT_WORDS[reason as keyof typeof FAULT_WORDS];
    const line = /^\/candidates\/(\d+)\/(owners|areaM2)$/.exec(pointer);
    if (!line) return { field: FIELDS[pointer] ?? "lines", message: pick(words, lang) };
    const { name } = asked.candidates[Number(line[1])]!;
    const figure = FIGURE_WORDS.inFavour[line[2] === "owners" ? "owners" : "area"][lang];
    return { field: "lines", message: t(`${name}，${figure}：${words.zh}`, `${name}, ${figure}: ${words.en}`) };
  });
}

const PLACES: Record<PrintedPlace, Bilingual> = {
  elected: PLACE_WORDS.elected,
  alternate: PLACE_WORDS.alternate,
  level: { zh: "与他人并列在最后一席，须按办法抽签或再投票", en: "Level at the last seat: to be drawn or voted again" },
  surplus: PLACE_WORDS.surplus,
  not_passed: PLACE_WORDS.not_passed,
  cannot_be_decided: { zh: "缺少数字，不能判定", en: "A figure is missing: cannot be decided" },
};
const DECLARED_WORDS: Record<Declared, Bilingual> = {
  elected: { zh: "当选", en: "elected" },
  alternate: { zh: "候补", en: "alternate" },
  not_elected: { zh: "未当选", en: "not elected" },
};

type Line = Recomputed["candidates"][number];

/** Every mistake found, as sentences that can be put to whoever published the notice. */
function findings(answer: Recomputed, t: T, lang: Lang): Child[] {
  return answer.candidates.flatMap((one): Child[] => [
    ...one.shares.filter(({ holds }) => holds === false).map((share) => sayShare(one.name, share, t)),
    ...(one.agrees === false && one.declared !== null
      ? [
          t(
            `${one.name}：公告写“${DECLARED_WORDS[one.declared].zh}”，按公告自己的数字是“${PLACES[one.place].zh}”。`,
            `${one.name}: declared “${pick(DECLARED_WORDS[one.declared], lang)}”; by the notice's own figures: “${PLACES[one.place].en}”.`,
          ),
        ]
      : []),
  ]);
}

function sayShare(name: string, { axis, printed, recomputed }: ShareCheck, t: T): string {
  const figure = axis === "owners" ? t("人数占比", "share of owners") : t("面积占比", "share of area");
  return recomputed === null
    ? t(
        `${name}：${figure}印作${printed}%，没有一个整数人数能得出这个占比。`,
        `${name}: the ${figure} is printed as ${printed}%; no whole number of owners gives it.`,
      )
    : t(
        `${name}：${figure}印作${printed}%，按公告的数字是${recomputed}%。`,
        `${name}: the ${figure} is printed as ${printed}%; the figures give ${recomputed}%.`,
      );
}

const Verdict = ({ t, asked, answer }: { t: T; asked: PrintedElection; answer: Recomputed }) => {
  const { elected, stands } = answer;
  if (elected === null)
    return (
      <Callout tone="warn" title={t("缺少数字，不能判定", "A figure is missing: this cannot be decided")}>
        <p>
          {t(
            "公告应当印出总人数、总面积、参与的人数和面积，以及每名候选人的同意人数和面积。缺少的不能推算，请向公告人索取。",
            "A notice should print the whole, those who took part, and every candidate's owners and area. A missing figure is not to be inferred: ask whoever published it.",
          )}
        </p>
      </Callout>
    );
  const sum = t(
    `${asked.seats}个席位，按这些数字当选${elected}名，最低要${asked.legalLeast}名。`,
    `${asked.seats} seats; by these figures ${elected} are elected; at least ${asked.legalLeast} are needed.`,
  );
  if (stands === null)
    return (
      <Callout tone="warn" title={t("最后一席得票相同", "Level at the last seat")}>
        <p>
          {sum}
          {t(
            "谁就任，数字没有说；要看公告怎样抽签或再投票。",
            " The figures do not say who sits: look at how the notice drew, or voted again.",
          )}
        </p>
      </Callout>
    );
  return (
    <Callout
      tone={stands ? "good" : "bad"}
      title={stands ? t("业主委员会可以成立", "The committee stands") : t("当选的人数不够", "Too few are elected")}
    >
      <p>{sum}</p>
    </Callout>
  );
};

const Sum = ({
  t,
  lang,
  name,
  check,
  decimals,
}: {
  t: T;
  lang: Lang;
  name: string;
  check: Check;
  decimals: number;
}) => {
  const isOwners = check.axis === "owners";
  const subject =
    check.rule === "quorum"
      ? isOwners
        ? t("参与表决的业主", "Owners who took part:")
        : t("参与表决的面积", "Area that took part:")
      : isOwners
        ? t(`选${name}的人数`, `For ${name}, owners:`)
        : t(`选${name}的面积`, `For ${name}, area:`);
  if (check.part === null || check.whole === null)
    return (
      <p class="hint">
        {subject} {t("没有数字，不能判定。", "no figure, cannot be decided.")}
      </p>
    );
  return (
    <InequalityLine
      t={t}
      subject={subject}
      axis={check.axis}
      part={check.part}
      whole={check.whole}
      line={check.rule === "quorum" ? TWO_THIRDS : MORE_THAN_HALF}
      of={check.rule === "quorum" ? t("小区全部", "") : t("参与表决的", "")}
      article={pick(ARTICLE, lang)}
      decimals={isOwners ? 0 : decimals}
    />
  );
};

const Answer = ({ t, lang, asked, answer }: { t: T; lang: Lang; asked: PrintedElection; answer: Recomputed }) => {
  const found = findings(answer, t, lang);
  const { decimals } = answer;
  const amount = (one: Line, axis: "owners" | "area"): string => {
    const part = one.decision.checks.find((check) => check.rule === "approval" && check.axis === axis)?.part ?? null;
    return part === null ? "—" : sayAmount(part, axis, t, axis === "area" ? decimals : 0);
  };
  const quorum = answer.candidates[0]!.decision.checks.filter(({ rule }) => rule === "quorum");
  const checkable = answer.candidates.some(
    ({ shares, agrees }) => agrees !== null || shares.some((one) => one.holds !== null),
  );
  return (
    <section aria-labelledby="answer" id="result">
      <h2 id="answer">{t("结果", "Result")}</h2>
      <Verdict t={t} asked={asked} answer={answer} />
      {found.length > 0 ? (
        <Callout
          tone="bad"
          title={t(
            `有${found.length}处与公告自己的数字不符`,
            `${found.length} statements do not follow from the notice's own figures`,
          )}
        >
          <ul>
            {found.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </Callout>
      ) : checkable ? (
        <p>
          {t(
            "印出的占比和结果，凡能核对的，都与数字相符。",
            "Every printed share and outcome that can be checked follows from the figures.",
          )}
        </p>
      ) : null}
      <DataTable
        caption={t("各候选人", "The candidates")}
        rows={answer.candidates}
        columns={[
          { label: t("候选人", "Candidate"), head: true, cell: ({ name }) => name },
          { label: t("同意人数", "Owners"), number: true, cell: (one) => amount(one, "owners") },
          { label: t("同意面积", "Area"), number: true, cell: (one) => amount(one, "area") },
          { label: t("名次", "Rank"), number: true, cell: ({ rank }) => rank ?? "—" },
          {
            label: t("按数字", "By the figures"),
            cell: ({ place }) => (
              <StatusWord tone={place === "cannot_be_decided" ? "note" : PLACE_TONE[place]}>
                {pick(PLACES[place], lang)}
              </StatusWord>
            ),
          },
          {
            label: t("公告写", "Declared"),
            cell: ({ declared }) => (declared === null ? "—" : pick(DECLARED_WORDS[declared], lang)),
          },
        ]}
      />
      <h3>{t("逐项计算", "The sums, one by one")}</h3>
      {quorum.map((check) => (
        <Sum t={t} lang={lang} name="" check={check} decimals={decimals} />
      ))}
      {answer.candidates.map((one) => (
        <Details summary={t(`${one.name}：两道算式`, `${one.name}: the two sums`)}>
          {one.decision.checks
            .filter(({ rule }) => rule === "approval")
            .map((check) => (
              <Sum t={t} lang={lang} name={one.name} check={check} decimals={decimals} />
            ))}
          {one.shares.map(({ standsFor, printed }) =>
            standsFor === null ? null : (
              <p>
                {t(
                  `公告只印了${printed}%，这相当于${standsFor}名业主；面积不能这样推算。`,
                  `Only ${printed}% is printed, which stands for ${standsFor} owners; an area cannot be told so.`,
                )}
              </p>
            ),
          )}
        </Details>
      ))}
      <p class="hint">
        {t(
          "每名候选人要得到参与表决人数过半、面积过半的同意；排名只在达到条件的人之间。两边相乘后比较，不除、不四舍五入。这一页的网址就是这些算式，可以直接发给邻居。",
          "Each candidate needs more than half of those who took part, by owners and by area; only those who pass are ranked. Both sides are multiplied out and compared; nothing is divided or rounded. The address of this page is the sums themselves: send it to a neighbour.",
        )}
      </p>
    </section>
  );
};

function view(
  c: AppContext,
  typed: Typed,
  asked: PrintedElection | null,
  answer: Recomputed | null,
  faults: readonly PrintedFault[],
) {
  const { t, lang, now, demo } = c.var;
  const errors = asked === null ? [] : errorsOf(faults, asked, lang, t);
  const title = t("选举计算器", "Election calculator");
  const query = new URL(c.req.url).searchParams;
  query.set("lang", lang === "en" ? "zh" : "en");
  // At the top the field is named; beside it, its label does that.
  const summary = errors.map(({ field, message }): FieldError => {
    const label = LABELS[field];
    return { field, message: label ? t(`${label.zh}：`, `${label.en}: `) + message : message };
  });
  const figure = (name: string, isArea = false) => (
    <Field
      name={name}
      label={pick(LABELS[name]!, lang)}
      inputmode={isArea ? "decimal" : "numeric"}
      width={11}
      maxlength={60}
      value={typed[name]}
      error={errorFor(errors, name)}
    />
  );
  return (
    <Page t={t} lang={lang} now={now} title={title} demo={demo} path={PATH} switchHref={`?${query}`}>
      <h1>{title}</h1>
      <p>
        {t(
          "把一份业主委员会选举结果公告上的数字填进来，看谁当选、谁候补，印出的占比和结果与它自己的数字是否相符。哪个小区的都可以。不用登录，什么都不保存。",
          "Put in the figures of a published committee election, of any estate, and see who is elected, who waits, and whether its shares and outcomes follow from its own figures. No sign-in; nothing is stored.",
        )}{" "}
        <a href={addressOf(EXAMPLE)}>{t("看一个编出来的例子", "See a made-up example")}</a>
      </p>
      {asked && answer ? <Answer t={t} lang={lang} asked={asked} answer={answer} /> : null}
      <form method="get" action={PATH} novalidate>
        {answer ? <h2>{t("改一改再算", "Change and compute again")}</h2> : null}
        <ErrorSummary
          t={t}
          errors={summary}
          title={t(`有${errors.length}处数字不对，没有计算`, "Some figures cannot be right; nothing was computed")}
        />
        <Fieldset legend={t("全部业主", "All owners")}>
          {figure("owners")}
          {figure("area", true)}
        </Fieldset>
        <Fieldset
          legend={t("参与表决的", "Who took part")}
          hint={t("公告没有写的，留空。", "Leave empty what the notice does not print.")}
        >
          {figure("tookOwners")}
          {figure("tookArea", true)}
        </Fieldset>
        <TextArea
          name="lines"
          label={t("候选人，每人一行", "Candidates, one a line")}
          hint={t(
            "姓名、同意人数、同意面积，后面可以写人数占比、面积占比（带%）和公告的结果（当选、候补、未当选），用空格分开；缺的写 -。可以从表格里直接复制。",
            "Name, owners, area; then, if you like, the two shares (with %) and what was declared (elected, alternate, not elected), with spaces between; “-” for a missing figure. A table can be pasted.",
          )}
          rows={8}
          maxlength={LONGEST_LINES}
          value={typed.lines}
          error={errorFor(errors, "lines")}
        />
        <Fieldset legend={t("当地的规定", "The rules of the place")}>
          {figure("seats")}
          {figure("least")}
          {figure("alternates")}
          <Select
            name="ranking"
            label={t("怎样排名", "Ranked")}
            options={RANKINGS.map((value: Ranking) => ({ value, label: pick(RANKING_WORDS[value], lang) }))}
            value={typed.ranking ?? "heads_then_area"}
          />
        </Fieldset>
        <Actions>
          <Button>{t("计算", "Compute")}</Button>
        </Actions>
      </form>
      <p class="hint">
        {t("依据：", "Ground: ")}
        {pick(ARTICLE, lang)}
        {t("。这里不提供法律意见。", ". Nothing here is legal advice.")}
      </p>
    </Page>
  );
}

/** Mounted at the root. */
export const printedElectionPages = new Hono<AppEnv>();

printedElectionPages.get(PATH, (c) => {
  const given = Object.entries(c.req.query()).filter(([name]) => name in EXAMPLE);
  const blank: Typed = { seats: "5", least: "5", alternates: "0", ranking: "heads_then_area" };
  const typed: Typed = {
    ...blank,
    ...Object.fromEntries(
      given.map(([name, value]) => [
        name,
        value.replace(/\r\n?/g, "\n").slice(0, name === "lines" ? LONGEST_LINES : 60),
      ]),
    ),
  };
  if (given.length === 0) return c.html(view(c, typed, null, null, []));
  const asked = askedFrom(typed);
  const read = recompute(asked);
  return read.ok ? c.html(view(c, typed, asked, read.value, [])) : c.html(view(c, typed, asked, null, read.error), 422);
});
