/** Who is elected in a round, whether they are a committee, and the entries it all rests on. Markup only. */
import { meetingHref } from "../../assembly/meeting/addresses.ts";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { sayAmount } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { CandidateLink } from "./figures.tsx";
import type { StoredOutcome } from "./reading.ts";
import { firstMeetingBy } from "./rules.ts";
import type { RoundView } from "./view.ts";

/** Members and alternates in the order of their places; and what they still have to do. */
export const Seats = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t, lang, scene } = c.var;
  const { round, seats, mandate, kept } = view;
  const waits = (candidateId: string): boolean =>
    seats.some((seat) => seat.candidateId === candidateId && seat.tenureId === null);
  const votesOf = (candidateId: string) => outcome.ranked.find((one) => one.candidateId === candidateId)?.votes;
  const table = (caption: string, ids: readonly string[]) =>
    ids.length === 0 ? null : (
      <DataTable
        caption={caption}
        rows={ids}
        columns={[
          {
            label: t("姓名", "Name"),
            head: true,
            cell: (id, at) => (
              <>
                {`${at + 1}. `}
                <CandidateLink c={c} view={view} candidateId={id} />
              </>
            ),
          },
          {
            label: t("同意人数", "Owners"),
            number: true,
            cell: (id) => votesOf(id)?.owners ?? t("前一轮当选", "an earlier round"),
          },
          {
            label: t("面积", "Area"),
            number: true,
            cell: (id) => (votesOf(id) ? sayAmount(votesOf(id)!.areaDm2, "area", t) : "—"),
          },
          {
            label: t("就任", "In office"),
            cell: (id) =>
              round.undoneCause !== null
                ? t("已撤销", "undone")
                : round.verdict !== "stands"
                  ? t("等其余席位选出", "when the other seats are filled")
                  : waits(id)
                    ? t("先辞去不能兼任的职务", "once a post that excludes it is left")
                    : t("已就任", "yes"),
          },
        ]}
      />
    );
  const members = [...kept.filter((id) => !outcome.elected.includes(id)), ...outcome.elected];
  const alternates =
    seats.length > 0
      ? seats.filter(({ place }) => place === "alternate").map(({ candidateId }) => candidateId)
      : outcome.alternates;
  return (
    <section id="seats">
      <h2>{t("谁当选", "Who is elected")}</h2>
      {members.length === 0 ? (
        <p>{t("这一轮没有选出委员。", "Nobody was elected in this round.")}</p>
      ) : (
        table(t("委员", "Members"), members)
      )}
      {table(t("候补委员，按次序", "Alternates, in order"), alternates)}
      {round.verdict === "stands" && mandate && round.undoneCause === null ? (
        <FactList>
          <Fact label={t("任期", "Term")}>
            {t(
              `第${mandate.number}届，${sayDay(dayOf(mandate.fromAt), lang)}至${sayDay(dayOf(mandate.plannedUntilAt - 1), lang)}`,
              `No. ${mandate.number}, ${sayDay(dayOf(mandate.fromAt), lang)} to ${sayDay(dayOf(mandate.plannedUntilAt - 1), lang)}`,
            )}
          </Fact>
          {mandate.electionId === view.election.electionId ? (
            <Fact label={t("首次会议", "First meeting")}>
              {t(
                `委员应在${sayDay(firstMeetingBy(mandate.fromAt), lang)}前开会，推选主任、副主任（《业主大会和业主委员会指导规则》第三十二条）。`,
                `The members meet by ${sayDay(firstMeetingBy(mandate.fromAt), lang)} and choose their chair and deputies (Guiding Rules art. 32).`,
              )}
            </Fact>
          ) : null}
          <Fact label={t("现任", "Who serves now")}>
            <a href={`/c/${scene.community.slug}/offices`}>{t("看谁在任职", "See who holds office")}</a>
          </Fact>
        </FactList>
      ) : null}
      {round.verdict !== "stands" && round.undoneCause === null ? (
        <p>
          {t(
            "接下来：就其余席位再举行一轮投票，排入业主大会会议后在选举页面公布。",
            "Next: another round for the remaining seats, published on the election's page once it is placed in a meeting.",
          )}
        </p>
      ) : null}
    </section>
  );
};

/** Why so many members are a committee or not: two sums (HZ 27; M7). */
export const Stands = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t } = c.var;
  const { round, election, method } = view;
  if (election.kind === "by_election" || round.verdict === "further_vote" || outcome.members === 0) return null;
  const { members } = outcome;
  const sum = (left: string, holds: boolean) => (
    <>
      <span class="num">{left}</span>{" "}
      <StatusWord tone={holds ? "good" : "bad"}>{holds ? t("成立", "holds") : t("不成立", "does not hold")}</StatusWord>
    </>
  );
  const atLeast = members >= round.legalLeast;
  const overHalf = members * 2 > round.seatsOfCommittee;
  return (
    <section id="stands">
      <h2>{t("委员会能不能成立", "Whether the committee stands")}</h2>
      <FactList>
        <Fact label={t("不少于最少人数", "No fewer than the least")}>
          {sum(`${members} ${atLeast ? "≥" : "<"} ${round.legalLeast}`, atLeast)}
        </Fact>
        <Fact label={t("超过席位的一半", "More than half of the seats")}>
          {sum(`${members} × 2 = ${members * 2} ${overHalf ? ">" : "≤"} ${round.seatsOfCommittee}`, overHalf)}
        </Fact>
      </FactList>
      <p class="hint">
        {t("依据：", "Ground: ")}
        {method.legalLeast.clause === "" ? "《杭州市物业管理条例》第二十七条" : method.legalLeast.clause}
        {outcome.vacant > 0 && round.verdict === "stands"
          ? t(
              `。还有${outcome.vacant}个席位空缺，可以补选。`,
              `. ${outcome.vacant} seat(s) stay vacant and can be filled by a by-election.`,
            )
          : null}
      </p>
    </section>
  );
};

/** The entries everything rests on, and the meeting that decided it. */
export const Proofs = ({ c, view }: { c: AppContext; view: RoundView }) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { round, meeting, decided } = view;
  const entry = (label: string, leafHash: string) => (
    <Fact label={label}>
      <a href={`/c/${slug}/record/${leafHash}`}>
        <code>{shortCode(leafHash)}</code>
      </a>
    </Fact>
  );
  return (
    <section id="proofs">
      <h2>{t("凭什么相信", "What it rests on")}</h2>
      <FactList>
        {entry(t("排入会议时的记录", "The entry of its placing"), round.leafHash)}
        {decided && round.verdict !== null ? entry(t("计票的记录", "The entry of the count"), decided.leafHash) : null}
        {round.resultLeaf === null ? null : entry(t("确定结果的记录", "The entry of the result"), round.resultLeaf)}
        <Fact label={t("候选人名单校验值", "Hash of the list")}>
          <code>{round.candidatesHash}</code>
        </Fact>
        <Fact label={t("选举办法校验值", "Hash of the method")}>
          <code>{view.election.methodHash}</code>
        </Fact>
        {round.seed === null ? (
          <Fact label={t("抽签种子的承诺", "Commitment to the seed")}>
            <code>{round.commitment}</code>
          </Fact>
        ) : null}
        {meeting && decided ? (
          <Fact label={t("会议的表决结果", "The meeting's result")}>
            <a href={`${meetingHref(slug, meeting.number)}/result`}>{meeting.title}</a>
          </Fact>
        ) : null}
      </FactList>
    </section>
  );
};
