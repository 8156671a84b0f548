/** How the duties of the community's bodies (offices/duties) are announced on its home and at the desk. Registers; has no page. */
import { addDays, dayOf } from "../../kernel/day.ts";
import { dutiesFrom, dutyQueries } from "../../offices/duties/actions.ts";
import { overduePeriods, periodsOf, stateOfDuty, summariseDuties } from "../../offices/duties/rules.ts";
import { listPostsHeld } from "../../offices/duties/store.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { type DeskTask, registerDeskSource, registerHomeSection } from "./announcing.ts";

registerHomeSection("duties", {
  where: "standing",
  place: 50,
  queries: (scene) => dutyQueries(scene, dayOf(scene.now)),
  render: (c, [tasks, duties, newest]) => {
    const { t, now, scene } = c.var;
    if (tasks.length === 0) return null;
    const taskIds = tasks.map(({ taskId }) => taskId);
    const { done, inProgress, overdue } = summariseDuties(taskIds, dutiesFrom(duties, newest), dayOf(now));
    return (
      <section id="duties">
        <h2>{t("责任清单", "Duties")}</h2>
        <LinkList
          items={[
            {
              href: `/c/${scene.community.slug}/duties`,
              title: t(
                `${tasks.length}项任务由谁负责、做到哪一步`,
                `Who answers for ${tasks.length} tasks, and how far they are`,
              ),
              note: t(
                `已完成${done}项，进行中${inProgress}项，逾期${overdue}项`,
                `${done} done, ${inProgress} in progress, ${overdue} overdue`,
              ),
            },
          ]}
        />
      </section>
    );
  },
});

/** A duty is announced at the desk so many days before its period ends, and from then on until it is done. */
const ANNOUNCED_DAYS = 7;

registerDeskSource("duties", {
  queries: ({ scene, actor }) =>
    [...dutyQueries(scene, dayOf(scene.now)), listPostsHeld(scene, actor.personId)] as const,
  tasks: ({ scene }, [tasks, duties, newest, held]) => {
    const today = dayOf(scene.now);
    const mine = new Set(held.map(({ bodyId }) => bodyId));
    return dutiesFrom(duties, newest)
      .filter(({ row }) => mine.has(row.bodyId))
      .flatMap(({ row, schedule, newest: reported }): DeskTask[] => {
        const state = stateOfDuty(schedule, reported, today);
        const period = overduePeriods(schedule, reported, today)[0] ?? periodsOf(schedule, today).at(-1);
        const task = tasks.find(({ taskId }) => taskId === row.taskId);
        if (!period || !task || state === "done" || state === "waived") return [];
        if (period.dueOn > addDays(today, ANNOUNCED_DAYS)) return [];
        return [
          {
            what: { zh: "填报任务进展", en: "Report on a duty" },
            about: task.titleZh,
            note: { zh: `期限${sayDay(period.dueOn, "zh")}`, en: `due ${sayDay(period.dueOn, "en")}` },
            permissions: ["duty.report"],
            href: `/c/${scene.community.slug}/desk/duties/${row.dutyId}/report?period=${period.key}`,
            waitingHref: `/c/${scene.community.slug}/duties/${row.dutyId}`,
            due: period.dueOn,
            overdue: period.dueOn < today,
            notByAsker: false,
          },
        ];
      });
  },
  doors: [{ permissions: ["duty.manage", "duty.report"], path: "/duties", label: { zh: "责任清单", en: "Duties" } }],
});
