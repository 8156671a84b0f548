/** What rounds add elsewhere: their section on an election's page, what can be done with them at the desk, and what waits there. Registers; no page of its own. */
import { type DeskTask, registerDeskSource } from "../../assembly/public/announcing.ts";
import { pick } from "../../platform/i18n.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { deskElectionHref, electionHref } from "../addresses.ts";
import { registerElectionActs, registerElectionSection } from "../public/sections.ts";
import { readOutcome } from "./reading.ts";
import { listRounds, listWaitingRounds, type RoundRow } from "./store.ts";
import { roundWords, sumWords, VERDICT_TONE, VERDICT_WORDS } from "./words.ts";

registerElectionSection("rounds", {
  place: 30,
  queries: (scene, key) => [listRounds(scene, key)] as const,
  render: (c, election, [all]) => {
    const { t, lang, scene } = c.var;
    // What was taken back before notice was nobody's vote; the history tells of it.
    const rounds = all.filter(({ voidCause }) => voidCause !== "taken_back");
    if (rounds.length === 0) return null;
    const base = electionHref(scene.community.slug, election.number);
    const note = (round: RoundRow): string => {
      const outcome = readOutcome(round);
      const asked = t(
        `选${round.seatsOpen}名，每票最多选${round.atMost}名`,
        `${round.seatsOpen} seat(s), at most ${round.atMost} marks`,
      );
      return outcome
        ? sumWords(
            { elected: outcome.elected.length, alternates: outcome.alternates.length, vacant: outcome.vacant },
            t,
          )
        : asked;
    };
    const status = (round: RoundRow) =>
      round.voidCause !== null || round.undoneCause !== null ? (
        <StatusWord tone="off">{round.undoneCause === null ? t("作废", "given up") : t("已撤销", "undone")}</StatusWord>
      ) : round.verdict !== null ? (
        <StatusWord tone={VERDICT_TONE[round.verdict]}>{pick(VERDICT_WORDS[round.verdict], lang)}</StatusWord>
      ) : (
        <StatusWord tone="active">
          {election.state === "voting" ? t("正在表决", "being voted on") : t("已排入会议", "placed in a meeting")}
        </StatusWord>
      );
    return (
      <section id="rounds">
        <h2>{t("表决和结果", "Vote and result")}</h2>
        <LinkList
          items={rounds.map((round) => ({
            href: `${base}/rounds/${round.roundNo}`,
            title: roundWords(round, t),
            note: note(round),
            status: status(round),
          }))}
        />
      </section>
    );
  },
});

registerElectionActs("rounds", (election) => {
  if (election.state !== "standing" && election.state !== "voting" && election.state !== "seated") return [];
  const place = {
    label: { zh: "排入业主大会会议表决", en: "Put to an owners' meeting" },
    path: "/rounds/place",
    permissions: ["election.prepare"] as const,
    isStep: true,
    notYet: null,
  };
  const rounds = {
    label: { zh: "各轮表决和就任", en: "Rounds and seats" },
    path: "/rounds",
    permissions: ["election.prepare", "election.decide", "meeting.read"] as const,
    isStep: election.state === "voting",
    notYet: null,
  };
  return election.state === "standing" ? [place, rounds] : [rounds];
});

/** What waits at the desk: a round to be placed, one to be settled, a seat that another post keeps. */
registerDeskSource("election-rounds", {
  queries: ({ scene }) => [listWaitingRounds(scene)] as const,
  tasks: ({ scene }, [rows]) =>
    rows.flatMap((row): DeskTask[] => {
      const base = deskElectionHref(scene.community.slug, row.number);
      const task = (zh: string, en: string, permissions: DeskTask["permissions"], path: string): DeskTask => ({
        what: { zh, en },
        about: row.title,
        note: null,
        permissions,
        href: `${base}${path}`,
        waitingHref: base,
        due: null,
        overdue: false,
        notByAsker: false,
      });
      if (row.state === "standing")
        return row.openRound === null
          ? [
              task(
                "把选举排入业主大会会议",
                "Put the election to an owners' meeting",
                ["election.prepare"],
                "/rounds/place",
              ),
            ]
          : [];
      if (row.isPublished === 1)
        return [
          task("确定选举结果，办理就任", "Settle the round and seat those elected", ["election.decide"], "/rounds"),
        ];
      return row.waitingSeats > 0
        ? [
            task(
              `${row.waitingSeats}名当选人还不能就任`,
              `${row.waitingSeats} elected cannot take their seat yet`,
              ["election.decide"],
              "/rounds",
            ),
          ]
        : [];
    }),
});
