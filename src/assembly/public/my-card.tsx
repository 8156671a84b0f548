/** What an owner's corner says of meetings: those they vote in now, and whether their ballot is there. Never a choice; voting is by the household's link. */
import type { Instant } from "../../kernel/day.ts";
import { registerMyCard } from "../../owners/cards.ts";
import type { OwnerActor } from "../../platform/access.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { meetingHref } from "../meeting/addresses.ts";

interface OwnMeeting {
  readonly number: number;
  readonly title: string;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly voted: number;
}

/** Meetings announced or open on whose frozen roll this owner casts a vote (or their guardian for them, C4). */
const listOwnMeetings = (
  { db, community }: Pick<Scene, "db" | "community">,
  { partyId, guardianId }: Pick<OwnerActor, "partyId" | "guardianId">,
): Query<OwnMeeting[]> =>
  db.all(
    sql`SELECT m.number, m.title, m.opens_at AS opensAt, m.closes_at AS closesAt,
          EXISTS (SELECT 1 FROM ballot b WHERE b.community_id = m.community_id AND b.meeting_id = m.meeting_id AND b.voter_no = v.voter_no) AS voted
        FROM snapshot_voter v INDEXED BY snapshot_voter_by_party
        JOIN meeting m ON m.community_id = v.community_id AND m.snapshot_id = v.snapshot_id AND m.state IN ('notice', 'open')
        WHERE v.community_id = ${community.id} AND v.voting_party_id = ${guardianId ?? partyId}
          AND EXISTS (SELECT 1 FROM json_each(v.owner_ids) o WHERE o.value = ${partyId})
        ORDER BY m.number DESC LIMIT 5`,
  );

registerMyCard("meetings", {
  place: 10,
  queries: ({ scene, owner }) => [listOwnMeetings(scene, owner)] as const,
  render: (c, _, [meetings]) => {
    const { t, lang, scene, now } = c.var;
    if (meetings.length === 0) return null;
    return (
      <section>
        <h3>{t("您参加的表决", "Votes you take part in")}</h3>
        <LinkList
          items={meetings.map(({ number, title, opensAt, closesAt, voted }) => ({
            href: meetingHref(scene.community.slug, number),
            title,
            note:
              opensAt !== null && now < opensAt
                ? t(`${sayInstant(opensAt, lang)}开始表决`, `voting opens ${sayInstant(opensAt, lang)}`)
                : closesAt === null
                  ? ""
                  : t(`${sayDeadline(closesAt, lang)}截止`, `closes ${sayDeadline(closesAt, lang)}`),
            status:
              voted === 1 ? (
                <StatusWord tone="good">{t("已收到您的票", "your ballot is in")}</StatusWord>
              ) : (
                <StatusWord tone="waiting">{t("还没有投票", "not voted yet")}</StatusWord>
              ),
          }))}
        />
        <p class="hint">
          {t(
            "投票请打开发给您家的表决链接，或者通知单上的二维码；没有收到的，请业委会补发，也可以领纸质票。",
            "Vote by the link sent to your household or the code on its slip; if none came, ask the committee for one, or for a paper ballot.",
          )}
        </p>
      </section>
    );
  },
});
