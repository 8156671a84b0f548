/** Rounds at the desk: placing one in a meeting, taking it back, settling it, and the seats that wait. */
import { Hono } from "hono";
import { deskMeetingHref } from "../../assembly/meeting/addresses.ts";
import { stateWord } from "../../assembly/meeting/events.ts";
import { readDraft } from "../../assembly/meeting/reading.ts";
import { CONVENERS, type ConvenerKind } from "../../assembly/meeting/rules.ts";
import { findMeeting, listMeetings, type MeetingRow } from "../../assembly/meeting/store.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { overlapProblem } from "../../offices/overlap/problems.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState, Refusal } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { authorOf } from "../acting.ts";
import { electionHref } from "../addresses.ts";
import { ElectionDesk, electionBaseOf, electionKeyOf, electionOf } from "../desk/frame.tsx";
import { READS } from "../desk/reads.ts";
import { MethodWords } from "../method/section.tsx";
import type { ElectionRow } from "../store.ts";
import { paperOf } from "./paper.ts";
import { type PlaceRefusal, type Prepared, placeInMeeting, placingQueries, prepared, takeBack } from "./placing.ts";
import { roundProblem } from "./problems.ts";
import { maySettle } from "./rules.ts";
import { settleRound } from "./settling.ts";
import { listRounds, listSeats, type RoundRow, type SeatRow } from "./store.ts";
import { nameIn } from "./view.ts";
import { isWaiting, takeSeat } from "./waiting.ts";
import { PLACE_WORDS, roundWords, VERDICT_TONE, VERDICT_WORDS } from "./words.ts";

/** Mounted under /c/:slug. */
export const roundDeskPages = new Hono<AppEnv>();

const prepares = requires("election.prepare");
const decides = requires("election.decide");

// ——— The rounds of an election ———

roundDeskPages.get("/desk/elections/:number/rounds", requires(...READS), async (c) => {
  const { scene } = c.var;
  const key = electionKeyOf(c);
  const row = key === null ? null : await electionOf(c);
  if (!row) return c.notFound();
  const [rounds, seats] = await scene.db.read(listRounds(scene, row.electionId), listSeats(scene, row.electionId));
  const meetings = await scene.db.readMany(rounds.map(({ meetingId }) => findMeeting(scene, meetingId as MeetingId)));
  return roundsPage(c, row, rounds, seats, meetings.flat());
});

function roundsPage(
  c: AppContext,
  row: ElectionRow,
  rounds: readonly RoundRow[],
  seats: readonly SeatRow[],
  meetings: readonly MeetingRow[],
) {
  const { t, actor } = c.var;
  const base = electionBaseOf(c, row);
  const isOpen = rounds.some(({ voidCause, verdict }) => voidCause === null && verdict === null);
  const mayPlace = row.state === "standing" && !isOpen && actor.permissions.has("election.prepare");
  const place = <ButtonLink href={`${base}/rounds/place`}>{t("排入业主大会会议", "Put it to a meeting")}</ButtonLink>;
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/rounds"
      title={t("表决、结果和就任", "Vote, result and seats")}
      done={t("已办理，并写入公开记录", "Done, and in the public record")}
    >
      {rounds.length === 0 ? (
        <EmptyState title={t("还没有排入会议", "Not in a meeting yet")} action={mayPlace ? place : undefined}>
          {t(
            "候选人公示以后，把选举作为一项议题排入业主大会会议；候选人、次序和办法从那时起固定。",
            "Once the candidates are published, the election is placed in an owners' meeting as an item; candidates, order and method are fixed from then on.",
          )}
        </EmptyState>
      ) : null}
      {rounds.toReversed().map((round) => (
        <RoundAtDesk
          c={c}
          row={row}
          round={round}
          rounds={rounds}
          seats={seats}
          meeting={meetings.find(({ meetingId }) => meetingId === round.meetingId)}
        />
      ))}
      {rounds.length > 0 && mayPlace ? <Actions>{place}</Actions> : null}
    </ElectionDesk>,
  );
}

const RoundAtDesk = ({
  c,
  row,
  round,
  rounds,
  seats,
  meeting,
}: {
  c: AppContext;
  row: ElectionRow;
  round: RoundRow;
  rounds: readonly RoundRow[];
  seats: readonly SeatRow[];
  meeting: MeetingRow | undefined;
}) => {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const base = `${electionBaseOf(c, row)}/rounds/${round.roundNo}`;
  const isOpen = round.voidCause === null && round.verdict === null;
  const waiting = seats.filter(
    (seat) => seat.roundNo === round.roundNo && seat.runNo === round.runNo && isWaiting(seat),
  );
  return (
    <section>
      <h2>{roundWords(round, t)}</h2>
      <p>
        {round.undoneCause !== null || round.voidCause !== null ? (
          <StatusWord tone="off">{round.voidWhy || round.undoneWhy || t("作废", "given up")}</StatusWord>
        ) : round.verdict !== null ? (
          <StatusWord tone={VERDICT_TONE[round.verdict]}>{pick(VERDICT_WORDS[round.verdict], lang)}</StatusWord>
        ) : (
          <StatusWord tone="active">{meeting ? stateWord(meeting.state, t) : ""}</StatusWord>
        )}
      </p>
      <FactList>
        <Fact label={t("席位", "Seats")}>
          {t(
            `选${round.seatsOpen}名，每票最多选${round.atMost}名`,
            `${round.seatsOpen}, at most ${round.atMost} marks`,
          )}
        </Fact>
        {meeting ? (
          <Fact label={t("会议", "Meeting")}>
            <a href={deskMeetingHref(slug, meeting.number)}>{meeting.title}</a>
          </Fact>
        ) : null}
        <Fact label={t("公开页面", "Public page")}>
          <a href={`${electionHref(slug, row.number)}/rounds/${round.roundNo}`}>
            {t("票数、名次和抽签", "votes, ranking and draw")}
          </a>
        </Fact>
      </FactList>
      {isOpen && meeting?.state === "draft" && actor.permissions.has("election.prepare") ? (
        <Form
          action={`${base}/take-back`}
          token={formToken}
          once={newOnce()}
          hidden={{ version: String(meeting.version) }}
        >
          <Field
            name="why"
            label={t("撤回的原因（公开）", "Why it is taken back (public)")}
            maxlength={200}
            optional={t("选填", "optional")}
          />
          <Actions>
            <Button look="quiet">{t("从会议草案撤回", "Take it back from the draft")}</Button>
          </Actions>
        </Form>
      ) : null}
      {isOpen && meeting && maySettle(meeting.state, "published").ok && actor.permissions.has("election.decide") ? (
        <Actions>
          <PostButton action={`${base}/settle`} token={formToken} once={newOnce()}>
            {t("按公布的票数确定结果", "Settle it by the published votes")}
          </PostButton>
        </Actions>
      ) : null}
      {waiting.length > 0 && round.undoneCause === null ? (
        <Callout tone="warn" title={t("还不能就任的当选人", "Elected, and not in office yet")}>
          <p>
            {t(
              "他们现任的另一职务不能兼任。辞去以后（或由规定的机关书面同意后）即可就任，系统每隔几分钟自动再试一次。",
              "Another post of theirs excludes it. Once they leave it, or a waiver is granted, they take the seat; it is tried again every few minutes.",
            )}
          </p>
          <ul>
            {waiting.map((seat) => (
              <li>
                {nameIn({ rounds }, seat.candidateId)}
                {t("，", ", ")}
                {pick(PLACE_WORDS[seat.place === "member" ? "elected" : "alternate"], lang)}
                {actor.permissions.has("election.decide") ? (
                  <PostButton
                    action={`${base}/seats`}
                    token={formToken}
                    once={newOnce()}
                    look="link"
                    hidden={{ candidate: seat.candidateId }}
                  >
                    {t("现在再试", "try again now")}
                  </PostButton>
                ) : null}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </section>
  );
};

// ——— Placing ———

const CONVENER_WORDS: Record<ConvenerKind, { readonly zh: string; readonly en: string }> = {
  committee: { zh: "业主委员会", en: "the committee" },
  preparatory_group: { zh: "筹备组、换届选举小组", en: "the preparatory or election group" },
  petition: { zh: "业主提议", en: "the owners' petition" },
  street: { zh: "街道办事处", en: "the street" },
};

const NEW = "new";

async function loadPlacing(c: AppContext) {
  const { scene } = c.var;
  const key = electionKeyOf(c);
  if (key === null) return null;
  const [drafts, ...rows] = await scene.db.read(
    listMeetings(scene, ["draft"], { limit: 20, offset: 0 }),
    ...placingQueries(scene, key),
  );
  const election = rows[0][0];
  return election ? { election, drafts, can: prepared(scene, rows) } : null;
}

roundDeskPages.get("/desk/elections/:number/rounds/place", prepares, async (c) => {
  const loaded = await loadPlacing(c);
  return loaded ? placePage(c, loaded) : c.notFound();
});

function placePage(
  c: AppContext,
  {
    election,
    drafts,
    can,
  }: {
    readonly election: ElectionRow;
    readonly drafts: readonly MeetingRow[];
    readonly can:
      | { readonly ok: true; readonly value: Prepared }
      | { readonly ok: false; readonly error: PlaceRefusal };
  },
  problem?: Problem,
) {
  const { t } = c.var;
  const why = can.ok ? null : roundProblem(can.error);
  return c.html(
    <ElectionDesk
      c={c}
      row={election}
      path="/rounds/place"
      title={t("排入业主大会会议", "Put the election to a meeting")}
      problem={problem}
    >
      {can.ok ? (
        <PlaceForm c={c} election={election} drafts={drafts} round={can.value} />
      ) : why ? (
        <Refusal
          t={t}
          what={why.title[c.var.lang]}
          why={why.detail[c.var.lang]}
          {...(why.article ? { article: why.article } : {})}
          {...(why.next ? { next: why.next[c.var.lang] } : {})}
        />
      ) : null}
    </ElectionDesk>,
    (problem?.status ?? 200) as 409,
  );
}

const PlaceForm = ({
  c,
  election,
  drafts,
  round,
}: {
  c: AppContext;
  election: ElectionRow;
  drafts: readonly MeetingRow[];
  round: Prepared;
}) => {
  const { t, lang, formToken } = c.var;
  const { plan, notBefore, candidates, method } = round;
  const isGroup = election.kind === "founding" || election.groupBodyId !== null;
  return (
    <Form action={`${electionBaseOf(c, election)}/rounds/place`} token={formToken} once={newOnce()}>
      <FactList>
        <Fact label={roundWords(round, t)}>
          {t(
            `选${plan.seatsOpen}名，${plan.candidateIds.length}名候选人，每票最多选${plan.atMost}名`,
            `${plan.seatsOpen} seat(s), ${plan.candidateIds.length} candidates, at most ${plan.atMost} marks`,
          )}
        </Fact>
        <Fact label={t("候选人，按抽签次序", "Candidates in the order drawn")}>
          {paperOf(plan, candidates)
            .map(({ label }) => label)
            .join(t("、", ", "))}
        </Fact>
        <Fact label={t("最早开始表决", "Voting no earlier than")}>{sayInstant(notBefore, lang)}</Fact>
      </FactList>
      <MethodWords c={c} row={election} method={method} />
      <Callout tone="warn">
        <p>
          {t(
            "排入以后，候选人、次序和办法固定在议题里，不能手工修改；网上和纸质表决票都照它印。抽签种子同时封存，承诺写进公开记录。会议公告前可以撤回重排。",
            "From then on candidates, order and method stand in the item and cannot be edited by hand; web and paper ballots follow it. The seed of a draw is sealed and committed to in the record. It can be taken back until notice is given.",
          )}
        </p>
      </Callout>
      <RadioGroup
        name="meeting"
        legend={t("排入哪次会议", "Which meeting")}
        value={drafts.length > 0 ? `${drafts[0]!.meetingId}:${drafts[0]!.version}` : NEW}
        options={[
          ...drafts.map((row) => {
            const { opensAt, items } = readDraft(row).draft;
            return {
              value: `${row.meetingId}:${row.version}`,
              label: row.title,
              hint: t(
                `草案，已有${items.length}项议题${opensAt === null ? "" : `，${sayInstant(opensAt, "zh")}开始表决`}`,
                `a draft with ${items.length} item(s)${opensAt === null ? "" : `, voting from ${sayInstant(opensAt, "en")}`}`,
              ),
            };
          }),
          {
            value: NEW,
            label: t("为这次选举新开一次会议", "A meeting of its own"),
            hint: t(
              "时间按公示天数自动排好，之后可以改。",
              "Its times are set to keep the days of publication; they can be changed.",
            ),
          },
        ]}
      />
      <Select
        name="convener"
        label={t("新开会议的召集人", "Convener of a new meeting")}
        value={isGroup ? "preparatory_group" : "committee"}
        options={CONVENERS.filter((kind) => kind !== "petition").map((kind) => ({
          value: kind,
          label: t(CONVENER_WORDS[kind].zh, CONVENER_WORDS[kind].en),
        }))}
      />
      <Actions>
        <Button>{t("排入会议", "Put it to the meeting")}</Button>
        <ButtonLink look="quiet" href={`${electionBaseOf(c, election)}/rounds`}>
          {t("先不排", "Not now")}
        </ButtonLink>
      </Actions>
    </Form>
  );
};

roundDeskPages.post("/desk/elections/:number/rounds/place", prepares, async (c) => {
  const loaded = await loadPlacing(c);
  if (!loaded) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const [meetingId, version] = one(body, "meeting").split(":");
  const convener = CONVENERS.find((kind) => kind === one(body, "convener")) ?? "committee";
  const done = await placeInMeeting(staffScene(c), loaded.election.electionId, {
    draft:
      meetingId && meetingId !== NEW
        ? { meetingId: meetingId as MeetingId, version: Number(version ?? 0) }
        : { convener },
    once: one(body, "_once") || newOnce(),
  });
  if (!done.ok) return placePage(c, loaded, roundProblem(done.error));
  return c.redirect(`${electionBaseOf(c, loaded.election)}/rounds?done=1`, 303);
});

// ——— Taking back, settling, seats that wait ———

const roundNoOf = (c: AppContext): number => Number(c.req.param("round") ?? 0) || 0;

roundDeskPages.post("/desk/elections/:number/rounds/:round/take-back", prepares, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const done = await takeBack(staffScene(c), row.electionId, roundNoOf(c), {
    version: Number(one(body, "version")) || 0,
    why: one(body, "why").slice(0, 200),
    once: one(body, "_once") || newOnce(),
  });
  if (!done.ok) return problemResponse(c, roundProblem(done.error));
  return c.redirect(`${electionBaseOf(c, row)}/rounds?done=1`, 303);
});

roundDeskPages.post("/desk/elections/:number/rounds/:round/settle", decides, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const scene = staffScene(c);
  const done = await settleRound(scene, row.electionId, roundNoOf(c), authorOf(scene));
  if (!done.ok) return problemResponse(c, roundProblem(done.error));
  return c.redirect(`${electionBaseOf(c, row)}/rounds?done=1`, 303);
});

roundDeskPages.post("/desk/elections/:number/rounds/:round/seats", decides, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const scene = staffScene(c);
  const body = await c.req.parseBody({ all: true });
  const done = await takeSeat(scene, row.electionId, roundNoOf(c), one(body, "candidate"), authorOf(scene));
  if (!done.ok)
    return problemResponse(
      c,
      done.error.reason === "conflicting_post" ? overlapProblem(done.error) : roundProblem(done.error),
    );
  return c.redirect(`${electionBaseOf(c, row)}/rounds?done=1`, 303);
});
