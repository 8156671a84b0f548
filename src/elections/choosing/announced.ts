/** What the members' choice adds elsewhere: what waits for a member at their desk, and the reminder before the seven days are over. Registers; no page of its own. */
import { type DeskTask, registerDeskSource } from "../../assembly/public/announcing.ts";
import { DAY_MS, dayOf } from "../../kernel/day.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { FIRST_MEETING_REMINDER } from "../rounds/messages.ts";
import { firstMeetingBy, firstMeetingEnds } from "../rounds/rules.ts";
import { findChoiceDue, listSitting } from "./store.ts";

registerDeskSource("members-choice", {
  queries: ({ scene, actor }) => [findChoiceDue(scene, actor.personId)] as const,
  tasks: ({ scene }, [rows]) => {
    const [due] = rows;
    if (!due || due.isMember === 0) return [];
    const href = `/c/${scene.community.slug}/desk/members-choice`;
    const task = (zh: string, en: string, more: Partial<DeskTask> = {}): DeskTask => ({
      what: { zh, en },
      about: scene.community.name,
      note: null,
      // Whoever sits reads meetings; the task is shown to members alone.
      permissions: ["meeting.read"],
      href,
      waitingHref: href,
      due: null,
      overdue: false,
      notByAsker: false,
      ...more,
    });
    if (due.openBallot !== null)
      return due.hasVoted === 1
        ? []
        : [task(`在第${due.openBallot}次推选中投票`, `Vote in the members' ballot no. ${due.openBallot}`)];
    if (due.hasChair === 1 || due.isElected === 0) return [];
    const by = firstMeetingBy(due.fromAt);
    return [
      task("召开首次会议，推选主任、副主任", "Hold the first meeting and choose chair and deputies", {
        note: { zh: `应不晚于${sayDay(by, "zh")}`, en: `due by ${sayDay(by, "en")}` },
        due: by,
        overdue: by < dayOf(scene.now),
      }),
    ];
  },
});

const REMINDED_BEFORE_MS = 2 * DAY_MS;

/** Reminds the members once, two days before the first meeting is due, while they have no chair (M10). */
export async function remindMembers(scene: Scene): Promise<void> {
  const [[due]] = await scene.db.read(findChoiceDue(scene, ""));
  if (!due || due.isElected === 0 || due.hasChair === 1) return;
  const ends = firstMeetingEnds(due.fromAt);
  if (scene.now < ends - REMINDED_BEFORE_MS || scene.now >= ends) return;
  const [members] = await scene.db.read(listSitting(scene, due.bodyId));
  await scene.db.write(
    queueMessages(
      scene,
      FIRST_MEETING_REMINDER,
      members.map(({ personId }) => ({
        to: personId,
        params: { mandate: due.mandateId },
        dedupeKey: `${FIRST_MEETING_REMINDER}:${due.mandateId}:${personId}`,
      })),
    ),
  );
}
