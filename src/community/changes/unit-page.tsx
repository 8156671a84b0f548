/** One unit on the desk: what it is, whose it is, how its head is made up, and everything that ever changed. */
import { Hono } from "hono";
import { formatArea } from "../../kernel/area.ts";
import { isDay } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { headsOn, listNames, sayWhoVotes } from "../browse/actions.ts";
import { type Note, openNote } from "../changing.ts";
import { rollBase, rollFrame, today } from "../desk.tsx";
import { unitLabel } from "../explained.ts";
import { BASIS_WORDS, KIND_WORDS, SOURCE_WORDS, STATE_WORDS, sayWord } from "../import/words.ts";
import { RevealForm } from "../privacy/pages.tsx";
import { AREA_SOURCES, countedArea } from "../rules.ts";
import { areasOf, type ChangeKind, findParties, findUnit, type PartyRow } from "../store.ts";
import { HeadReasons } from "../views.tsx";
import { runsOn } from "./rules.ts";
import {
  findPlace,
  type HeldRow,
  listUnitChanges,
  listUnitFacts,
  listUnitHoldings,
  type ShownChange,
} from "./store.ts";

export const unitPages = new Hono<AppEnv>();
const reads = requires("roll.read");

export const CHANGE_WORDS: Record<ChangeKind, Bilingual> = {
  import: { zh: "导入", en: "import" },
  sale: { zh: "买卖", en: "sale" },
  inheritance: { zh: "继承", en: "inheritance" },
  gift: { zh: "赠与", en: "gift" },
  judgment: { zh: "判决、裁定", en: "judgment" },
  split: { zh: "分户", en: "split" },
  merge: { zh: "合户", en: "merger" },
  correction: { zh: "更正", en: "correction" },
  designation: { zh: "推选投票人", en: "choice of who votes" },
  guardian: { zh: "监护人变更", en: "change of guardian" },
  contact: { zh: "联系方式变更", en: "change of contact" },
  facts: { zh: "面积、用途、状态变更", en: "change of area, use or state" },
};

interface History {
  readonly change: ShownChange;
  readonly note: Note;
}

const OwnersSection = (props: {
  c: AppContext;
  unitId: string;
  running: readonly HeldRow[];
  parties: ReadonlyMap<PartyId, PartyRow>;
}) => {
  const { c, running, parties } = props;
  const { t, lang, actor } = c.var;
  const owners = running.filter(({ role }) => role === "owner");
  const votes = running.find(({ role }) => role === "designated")?.partyId ?? null;
  const mayWrite = actor.permissions.has("roll.write");
  return (
    <section>
      <h2>{t("业主", "Owners")}</h2>
      {owners.length === 0 ? <p class="quiet">{t("没有登记业主。", "No owner is entered.")}</p> : null}
      {owners.map((owner) => {
        const party = parties.get(owner.partyId);
        return (
          <article>
            <h3>
              {party?.maskedName ?? "*"}{" "}
              {votes === owner.partyId ? <StatusWord tone="active">{t("由其投票", "votes")}</StatusWord> : null}
            </h3>
            <FactList>
              <Fact label={t("手机号", "Mobile")}>{party?.maskedPhone ?? t("（未登记）", "(not entered)")}</Fact>
              <Fact label={t("证件号码", "Document")}>
                {party?.maskedNumber ??
                  (party?.idTailHash ? t("只登记了后四位", "last four only") : t("（未登记）", "(not entered)"))}
              </Fact>
              <Fact label={t("权属依据", "Basis")}>{pick(sayWord(BASIS_WORDS, owner.basis), lang)}</Fact>
              <Fact label={t("自", "Since")}>{sayDay(owner.fromOn, lang)}</Fact>
            </FactList>
            {actor.permissions.has("roll.reveal") ? (
              <Details summary={t("查看完整信息", "Show in full")}>
                <RevealForm c={c} partyId={owner.partyId} />
              </Details>
            ) : null}
            {mayWrite ? (
              <p>
                <a href={`${rollBase(c)}/parties/${owner.partyId}/contact`}>
                  {t("更改联系方式或证件", "Change contact or document")}
                </a>
                {" · "}
                <a href={`${rollBase(c)}/parties/${owner.partyId}/guardian`}>{t("监护人", "Guardian")}</a>
              </p>
            ) : null}
          </article>
        );
      })}
    </section>
  );
};

const HistorySection = (props: {
  c: AppContext;
  history: readonly History[];
  facts: Awaited<ReturnType<typeof loadFacts>>;
  holdings: readonly HeldRow[];
  parties: ReadonlyMap<PartyId, PartyRow>;
}) => {
  const { c, history, facts, holdings, parties } = props;
  const { t, lang } = c.var;
  const name = (partyId: PartyId): string => parties.get(partyId)?.maskedName ?? "*";
  return (
    <section>
      <h2>{t("历史", "History")}</h2>
      <DataTable
        caption={t("每次变更", "Every change")}
        rows={history}
        columns={[
          { label: t("生效日", "From"), head: true, cell: ({ change }) => sayDay(change.fromOn, lang) },
          { label: t("事项", "What"), cell: ({ change }) => pick(CHANGE_WORDS[change.kind], lang) },
          {
            label: t("原因与依据", "Why, on what"),
            cell: ({ note, change }) =>
              change.kind === "import" ? note.why : [note.why, note.evidence].filter((part) => part !== "").join("；"),
          },
          { label: t("登记时间", "Entered"), cell: ({ change }) => sayInstant(change.changedAt, lang) },
          { label: t("记录编号", "Record"), cell: ({ change }) => <code>{shortCode(change.leafHash)}</code> },
        ]}
      />
      <DataTable
        caption={t("权属", "Held by")}
        rows={holdings}
        columns={[
          { label: t("业主", "Who"), head: true, cell: ({ partyId }) => name(partyId) },
          {
            label: t("身份", "As"),
            cell: ({ role }) => (role === "owner" ? t("业主", "owner") : t("推选的投票人", "chosen to vote")),
          },
          { label: t("自", "From"), cell: ({ fromOn }) => sayDay(fromOn, lang) },
          {
            label: t("至", "Until"),
            cell: ({ toOn, voidedBy }) =>
              voidedBy ? (
                <StatusWord tone="off">{t("已更正作废", "voided by a correction")}</StatusWord>
              ) : toOn ? (
                t(`${sayDay(toOn, lang)}之前`, `before ${sayDay(toOn, lang)}`)
              ) : (
                t("现在", "now")
              ),
          },
        ]}
      />
      <DataTable
        caption={t("面积、用途、状态", "Area, use, state")}
        rows={facts}
        columns={[
          { label: t("自", "From"), head: true, cell: ({ fromOn }) => sayDay(fromOn, lang) },
          {
            label: t("计入面积（㎡）", "Area that counts (m²)"),
            number: true,
            cell: (fact) => formatArea(fact.counted.areaDm2),
          },
          { label: t("来源", "Source"), cell: (fact) => pick(sayWord(SOURCE_WORDS, fact.counted.source), lang) },
          { label: t("用途", "Use"), cell: (fact) => pick(sayWord(KIND_WORDS, fact.kind), lang) },
          { label: t("状态", "State"), cell: (fact) => pick(sayWord(STATE_WORDS, fact.state), lang) },
        ]}
      />
    </section>
  );
};

async function loadFacts(c: AppContext, unitId: string) {
  const { scene } = c.var;
  const [facts] = await scene.db.read(listUnitFacts(scene, unitId));
  return facts.map((fact) => ({
    ...fact,
    counted: countedArea(areasOf({ ...fact, building: "", entrance: "", room: "" }))!,
  }));
}

unitPages.get("/desk/roll/units/:unitId", reads, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const unitId = c.req.param("unitId");
  const asked = c.req.query("on") ?? "";
  const on = isDay(asked) ? asked : today(c);
  const [places, now, holdings, changes] = await scene.db.read(
    findPlace(scene, unitId),
    findUnit(scene, unitId, on),
    listUnitHoldings(scene, unitId),
    listUnitChanges(scene, unitId),
  );
  const place = places[0];
  if (!place) return problemResponse(c, NOT_FOUND);
  const fact = now[0];
  const [partyRows] = await scene.db.read(
    findParties(
      scene,
      holdings.map(({ partyId }) => partyId),
    ),
  );
  const parties = new Map(partyRows.map((row) => [row.partyId, row]));
  const facts = await loadFacts(c, unitId);
  const history = await Promise.all(
    changes.map(async (change) => ({ change, note: await openNote(scene, change.changeId, change.noteSealed) })),
  );
  const view = await headsOn(scene, on);
  const { heads, names, settings } = view;
  const head = heads.find(({ units }) => units.some((unit) => unit.unitId === unitId));
  const running = holdings.filter((held) => held.voidedBy === null && runsOn(held, on));
  const base = `${rollBase(c)}/units/${unitId}`;
  const area = fact ? countedArea(areasOf(fact)) : null;
  const live = fact !== undefined && fact.state !== "retired";
  return c.html(
    <Page {...rollFrame(c, [])} title={unitLabel(place)}>
      <h1>{unitLabel(place)}</h1>
      {c.req.query("done") === "1" ? <Callout tone="good" title={t("已写入名册", "Written to the roll")} /> : null}
      {fact && area ? (
        <FactList>
          <Fact label={t("日期", "Day")}>{sayDay(on, lang)}</Fact>
          <Fact label={t("计入面积", "Area that counts")}>
            {formatArea(area.areaDm2)} ㎡（{pick(sayWord(SOURCE_WORDS, area.source), lang)}）
          </Fact>
          {AREA_SOURCES.filter((source) => source !== area.source && areasOf(fact)[source] !== null).map((source) => (
            <Fact
              label={t(`${SOURCE_WORDS[source].zh}面积（不计）`, `Area by ${SOURCE_WORDS[source].en} (not counted)`)}
            >
              {formatArea(areasOf(fact)[source]!)} ㎡
            </Fact>
          ))}
          <Fact label={t("用途", "Use")}>{pick(sayWord(KIND_WORDS, fact.kind), lang)}</Fact>
          <Fact label={t("状态", "State")}>{pick(sayWord(STATE_WORDS, fact.state), lang)}</Fact>
        </FactList>
      ) : (
        <Callout tone="info" title={t("这一天名册里还没有它", "On this day it was not in the roll yet")} />
      )}
      <OwnersSection c={c} unitId={unitId} running={running} parties={parties} />
      {head ? (
        <section>
          <h2>{t("怎样计数", "How it counts")}</h2>
          <HeadReasons
            lang={lang}
            settings={settings}
            head={{
              reason: head.reason,
              maskedName: listNames(names, head.owners),
              ownersCount: head.owners.length,
              areaDm2: head.areaDm2,
              units: head.units,
              overlaps: head.overlaps.length > 0,
            }}
          />
          <p>{pick(sayWhoVotes(head, view), lang)}</p>
          {head.units.length > 1 ? (
            <p>
              {t("同一人的专有部分：", "Units of the same head: ")}
              {head.units.map((unit, at) => (
                <>
                  {at > 0 ? t("、", ", ") : ""}
                  <a href={`${rollBase(c)}/units/${unit.unitId}`}>{unitLabel(unit)}</a>
                </>
              ))}
            </p>
          ) : null}
        </section>
      ) : live ? (
        <p>
          {t(
            "这个专有部分目前不计数：议事规则没有约定计入车位、储藏。",
            "This unit does not count now: the rules of procedure do not say that parking or storage does.",
          )}
        </p>
      ) : null}
      {actor.permissions.has("roll.write") && live ? (
        <section>
          <h2>{t("登记变更", "Enter a change")}</h2>
          <Actions>
            <ButtonLink look="quiet" href={`${base}/transfer`}>
              {t("业主变更（买卖、继承、更正）", "Change of owner (sale, inheritance, correction)")}
            </ButtonLink>
            {running.filter(({ role }) => role === "owner").length > 1 ? (
              <ButtonLink look="quiet" href={`${base}/who-votes`}>
                {t("推选由谁投票", "Choose who votes")}
              </ButtonLink>
            ) : null}
            <ButtonLink look="quiet" href={`${base}/facts`}>
              {t("面积、用途、状态", "Area, use, state")}
            </ButtonLink>
            <ButtonLink look="quiet" href={`${base}/split`}>
              {t("分户", "Split")}
            </ButtonLink>
            {head && head.units.length > 1 ? (
              <ButtonLink look="quiet" href={`${base}/merge`}>
                {t("合户", "Merge")}
              </ButtonLink>
            ) : null}
          </Actions>
        </section>
      ) : null}
      <HistorySection c={c} history={history} facts={facts} holdings={holdings} parties={parties} />
    </Page>,
  );
});
