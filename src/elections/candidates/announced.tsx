/** What nominations and candidates add to the page of an election, the desk and an owner's corner. Registers as it loads; no page of its own. */
import { type DeskTask, registerDeskSource } from "../../assembly/public/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { registerMyCard } from "../../owners/cards.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayDeadline } from "../../platform/ui/moments.ts";
import { deskElectionHref } from "../addresses.ts";
import { readMethod } from "../method/rules.ts";
import { Ways } from "../nominations/own-frame.tsx";
import { stageOfRow } from "../nominations/reading.ts";
import { isGiven, mayNominate, nominationsOpen } from "../nominations/rules.ts";
import { countCandidacies, listJointNominations, listOwnCandidacies, listSupportsBy } from "../nominations/store.ts";
import { StageWord } from "../nominations/summary.tsx";
import {
  CHANNEL_WORDS,
  candidatesHref,
  drawHref,
  nominateHref,
  nominationHref,
  nominationsHref,
  ownCandidacyHref,
} from "../nominations/words.ts";
import {
  type ElectionAct,
  registerElectionActs,
  registerElectionSection,
  registerEventWords,
} from "../public/sections.ts";
import { NOMINATION_CHANNELS } from "../rules.ts";
import { type ElectionRow, listElectionsUnderWay } from "../store.ts";
import { findDraw } from "./order/store.ts";
import { conditionWords } from "./problems.ts";
import { CandidateList, daysOf } from "./public-pages.tsx";
import { candidateQueries, candidatesFrom } from "./reading.ts";
import { listWaitingWork, type WaitingWork } from "./work.ts";

// ——— The page of an election ———

registerElectionSection("nominations", {
  place: 15,
  queries: (scene, key) => [countCandidacies(scene, key)] as const,
  render: (c, election, [count]) => {
    const { t, scene } = c.var;
    if (election.nominationsOpenAt === null) return null;
    const total = count[0]?.total ?? 0;
    return (
      <section id="nominations">
        <h2>{t("提名", "Nominations")}</h2>
        <p>
          <a href={nominationsHref(scene.community.slug, election.number)}>
            {nominationsOpen(election, c.var.now).ok
              ? t(`已有${total}个提名，逐个查看、附议`, `${total} so far: see each, and support the joint ones`)
              : t(`共${total}个提名，逐个查看`, `${total} in all: see each`)}
          </a>
        </p>
        <Ways c={c} election={election} />
      </section>
    );
  },
});

registerElectionSection("candidates", {
  place: 20,
  queries: (scene, key) => [findDraw(scene, key), ...candidateQueries(scene, key)] as const,
  render: async (c, election, [draws, rows, channels, profiles, declarations, affiliations]) => {
    const { t, lang, scene } = c.var;
    if (!draws[0]) return null;
    const candidates = await candidatesFrom(scene, rows, channels, profiles, declarations, affiliations);
    const { objectUntil, votingFrom } = daysOf({ election });
    const { slug } = scene.community;
    return (
      <section id="candidates">
        <h2>{t("候选人", "Candidates")}</h2>
        <CandidateList c={c} list={{ election, candidates }} />
        <p class="hint">
          {t(
            `异议期到${sayDay(objectUntil, lang)}24:00；最早${sayDay(votingFrom, lang)}开始表决。`,
            `Objections until ${sayDay(objectUntil, lang)}, 24:00; voting on ${sayDay(votingFrom, lang)} at the earliest.`,
          )}
        </p>
        <Actions>
          <ButtonLink look="quiet" href={candidatesHref(slug, election.number)}>
            {t("候选人名单", "The list")}
          </ButtonLink>
          <ButtonLink look="quiet" href={drawHref(slug, election.number)}>
            {t("顺序的抽签", "The draw of the order")}
          </ButtonLink>
        </Actions>
      </section>
    );
  },
});

// ——— The desk ———

registerElectionActs("candidates", (row) => {
  const acts: ElectionAct[] = [];
  const reads = ["election.prepare", "election.decide", "election.appeal"] as const;
  if (row.state === "preparing")
    acts.push({
      label: { zh: "候选人条件", en: "Conditions for candidates" },
      path: "/criteria",
      permissions: ["election.prepare"],
      isStep: false,
      notYet: null,
    });
  if (row.nominationsOpenAt !== null)
    acts.push({
      label:
        row.state === "examining"
          ? { zh: "核对参选条件、决定资格", en: "Check conditions and decide" }
          : { zh: "提名", en: "Nominations" },
      path: "/nominations",
      permissions: reads,
      isStep: row.state === "nominating" || row.state === "examining",
      notYet: null,
    });
  if (row.state === "examining")
    acts.push({
      label: { zh: "公布候选人", en: "Publish the candidates" },
      path: "/candidates",
      permissions: ["election.decide"],
      isStep: false,
      notYet: null,
    });
  if (row.candidatesPublishedAt !== null && (row.state === "standing" || row.state === "voting"))
    acts.push({
      label: { zh: "对候选人的异议", en: "Objections to candidates" },
      path: "/candidates/objections",
      permissions: ["election.decide"],
      isStep: false,
      notYet: null,
    });
  if (row.state === "standing" || row.state === "voting")
    acts.push({
      label: { zh: "登记对候选人的书面异议", en: "Enter an objection to a candidate on paper" },
      path: "/candidates/objections/new",
      permissions: ["election.prepare"],
      isStep: false,
      notYet: null,
    });
  return acts;
});

/** What waits in an election under way: checks, decisions, appeals, objections. */
function tasksOf(slug: string, work: WaitingWork, today: string): DeskTask[] {
  const base = deskElectionHref(slug, work.number);
  const task = (
    what: DeskTask["what"],
    permissions: DeskTask["permissions"],
    path: string,
    due: string | null = null,
  ): DeskTask => ({
    what,
    about: work.title,
    note: null,
    permissions,
    href: `${base}${path}`,
    waitingHref: base,
    due,
    overdue: due !== null && due < today,
    notByAsker: false,
  });
  const count = (n: number, zh: string, en: string): DeskTask["what"] => ({ zh: `${zh}（${n}）`, en: `${en} (${n})` });
  return [
    ...(work.unchecked > 0
      ? [task(count(work.unchecked, "核对参选条件", "Check conditions"), ["election.prepare"], "/nominations")]
      : []),
    ...(work.undecided > 0
      ? [task(count(work.undecided, "决定参选资格", "Decide on eligibility"), ["election.decide"], "/nominations")]
      : []),
    ...(work.appeals > 0
      ? [task(count(work.appeals, "裁定资格申诉", "Rule on appeals"), ["election.appeal"], "/nominations")]
      : []),
    ...(work.objections > 0
      ? [
          task(
            count(work.objections, "答复对候选人的异议", "Answer objections to candidates"),
            ["election.decide"],
            "/candidates/objections",
            work.objectionsDue,
          ),
        ]
      : []),
  ];
}

registerDeskSource("candidates", {
  queries: ({ scene }) => [listWaitingWork(scene)] as const,
  tasks: ({ scene }, [works]) => works.flatMap((work) => tasksOf(scene.community.slug, work, dayOf(scene.now))),
});

// ——— An owner's corner ———

registerMyCard("election-nominations", {
  place: 25,
  queries: ({ scene, owner, headKeys }) =>
    [
      listElectionsUnderWay(scene),
      listOwnCandidacies(scene, owner.partyId),
      listJointNominations(scene),
      listSupportsBy(scene, null, headKeys),
    ] as const,
  render: (c, { owner }, [elections, own, joint, said]) => {
    const { t, lang, scene, now } = c.var;
    const { slug } = scene.community;
    const electionOf = (electionId: string): ElectionRow | undefined =>
      elections.find((one) => one.electionId === electionId);
    const mine = own.flatMap((row) => {
      const election = electionOf(row.electionId);
      return election ? [{ row, election }] : [];
    });
    const open = elections.filter(
      (election) =>
        !mine.some(({ election: other }) => other.electionId === election.electionId) &&
        mayNominate({ ...election, channels: readMethod(election.method).channels.value }, "self", now).ok,
    );
    const toSupport = joint.filter(
      ({ partyId, electionId }) => partyId !== owner.partyId && electionOf(electionId)?.state === "nominating",
    );
    if (mine.length + open.length + toSupport.length === 0) return null;
    return (
      <section>
        <h3>{t("业主委员会选举", "Election of the committee")}</h3>
        <LinkList
          items={[
            ...mine.map(({ row, election }) => ({
              href: ownCandidacyHref(slug, election.number),
              title: t(`我的参选：${election.title}`, `My candidacy: ${election.title}`),
              status: <StageWord c={c} stage={stageOfRow(election, row)} />,
            })),
            ...open.map((election) => ({
              href: nominateHref(slug, election.number, "myself"),
              title: t("我要自荐参选", "Stand myself"),
              note:
                election.nominationsCloseAt === null
                  ? election.title
                  : t(
                      `${election.title}，提名到${sayDeadline(election.nominationsCloseAt, lang)}截止`,
                      `${election.title}, nominations close on ${sayDeadline(election.nominationsCloseAt, lang)}`,
                    ),
            })),
            ...toSupport.map((row) => {
              const mineSaid = said.find(({ candidacyId }) => candidacyId === row.candidacyId);
              return {
                href: nominationHref(slug, electionOf(row.electionId)?.number ?? 0, row.number),
                title: t(
                  `${row.number}号联名推荐：${row.maskedName}`,
                  `Joint nomination no. ${row.number}: ${row.maskedName}`,
                ),
                note: t(`已有${row.supports}人附议`, `${row.supports} owners support it`),
                ...(mineSaid && isGiven(mineSaid) ? { status: <Supported c={c} /> } : {}),
              };
            }),
          ]}
        />
      </section>
    );
  },
});

const Supported = ({ c }: { c: AppContext }) => <span class="hint">{c.var.t("您已附议", "supported by you")}</span>;

// ——— The history ———

const number = (value: unknown): number => (typeof value === "number" ? value : 0);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const numbered = (facts: Readonly<Record<string, unknown>>, c: Pick<AppContext["var"], "t">): string =>
  c.t(`${number(facts.nomination)}号提名`, `nomination no. ${number(facts.nomination)}`);
const onPaperSaid = (facts: Readonly<Record<string, unknown>>, c: Pick<AppContext["var"], "t">): string =>
  `${numbered(facts, c)}${facts.way === "paper" ? c.t("，凭签名的纸件", ", on signed paper") : ""}`;
const outcomeSaid = (outcome: unknown, c: Pick<AppContext["var"], "t">): string =>
  outcome === "eligible" ? c.t("符合条件", "eligible") : c.t("不符合条件", "not eligible");

registerEventWords({
  criteria_set: (facts, { t }) => t(`第${number(facts.version)}版`, `version ${number(facts.version)}`),
  order_seed_committed: (facts, { t }) =>
    t(`校验值${text(facts.commitment).slice(0, 16)}…`, `commitment ${text(facts.commitment).slice(0, 16)}…`),
  nominated: (facts, c) => {
    const channel = NOMINATION_CHANNELS.find((known) => known === facts.channel);
    return `${numbered(facts, c)}${channel ? `${c.t("，", ", ")}${pick(CHANNEL_WORDS[channel].name, c.lang)}` : ""}`;
  },
  nomination_accepted: onPaperSaid,
  nomination_declined: onPaperSaid,
  candidacy_withdrawn: (facts, c) =>
    `${onPaperSaid(facts, c)}${facts.frozen === true ? c.t("，选票已固定，姓名仍在票上", "; the paper stood already and keeps the name") : ""}`,
  eligibility_decided: (facts, c) => {
    const unmet = Array.isArray(facts.unmet) ? (facts.unmet as string[]) : [];
    const named = unmet.map((item) =>
      item === "not_named"
        ? c.t("涉及隐私，不写名目", "a condition that touches privacy")
        : pick(conditionWords(item), c.lang),
    );
    return `${numbered(facts, c)}${c.t("，", ", ")}${outcomeSaid(facts.outcome, c)}${named.length > 0 ? c.t(`（不符合：${named.join("；")}）`, ` (not met: ${named.join("; ")})`) : ""}`;
  },
  eligibility_appealed: onPaperSaid,
  appeal_ruled: (facts, c) => `${numbered(facts, c)}${c.t("，", ", ")}${outcomeSaid(facts.outcome, c)}`,
  candidates_published: (facts, { t, lang }) =>
    t(
      `${number(facts.candidates)}人，应选${number(facts.seats)}人；异议期到${sayDay(text(facts.objectionsUntil), lang)}，最早${sayDay(text(facts.earliestVotingOn), lang)}表决${text(facts.fewerReason) === "" ? "" : `；候选人不足，继续的理由：${text(facts.fewerReason)}`}`,
      `${number(facts.candidates)} for ${number(facts.seats)} seats; objections until ${sayDay(text(facts.objectionsUntil), lang)}, voting on ${sayDay(text(facts.earliestVotingOn), lang)} at the earliest${text(facts.fewerReason) === "" ? "" : `; fewer than needed, gone on because: ${text(facts.fewerReason)}`}`,
    ),
  candidate_objected: numbered,
  candidate_objection_answered: (facts, c) =>
    `${numbered(facts, c)}${c.t("，", ", ")}${facts.outcome === "upheld" ? c.t("成立，重新核对", "upheld: checked again") : c.t("不成立", "not upheld")}`,
});
