/** The committee during its term under /c/:slug: seats, recall, handover. What its clock and its record ask for between them. */
import { Hono } from "hono";
import { registerDeskSource } from "../assembly/public/announcing.ts";
import { findLatestMandate } from "../elections/store.ts";
import { dayOf } from "../kernel/day.ts";
import { valuesFromRows } from "../offices/settings/rules.ts";
import { listSettings } from "../offices/settings/store.ts";
import { listTenuresFrom } from "../offices/terms/store.ts";
import type { AppEnv } from "../platform/context.ts";
import { handoverRoutes } from "./handover/pages.tsx";
import { handoverState, REQUIRED_KINDS } from "./handover/rules.ts";
import { listHandovers, listLinesOfNewest } from "./handover/store.ts";
import { recallRoutes } from "./recall/pages.tsx";
import { defenceUntil } from "./recall/rules.ts";
import { listOpenRecalls } from "./recall/store.ts";
import { isMemberPost } from "./seated/rules.ts";
import { standingRoutes } from "./standing/pages.tsx";
import { handoverDue, lastDayOf, TERM_SETTINGS, termPhase } from "./standing/rules.ts";
import { countUnderWayAnywhere } from "./standing/store.ts";

/** Mounted at /c/:slug. */
export const termRoutes = new Hono<AppEnv>();
for (const part of [standingRoutes, recallRoutes, handoverRoutes]) termRoutes.route("/", part);

const NEWEST = 5;

registerDeskSource("committee-term", {
  queries: ({ scene }) =>
    [
      findLatestMandate(scene, scene.now),
      listTenuresFrom(scene, scene.now),
      listSettings(scene, TERM_SETTINGS),
      countUnderWayAnywhere(scene),
      listOpenRecalls(scene, scene.now),
      listHandovers(scene, NEWEST),
      listLinesOfNewest(scene, NEWEST),
    ] as const,
  tasks: ({ scene, actor }, [mandates, tenures, settingRows, underWay, recalls, handovers, lines]) => {
    const { slug } = scene.community;
    const today = dayOf(scene.now);
    const settings = valuesFromRows(TERM_SETTINGS, settingRows);
    const mandate = mandates[0];
    const committee = `/c/${slug}/committee`;
    const about = mandate ? `第${mandate.number}届业主委员会` : "业主委员会";
    const base = { about, note: null, notByAsker: false, overdue: false, due: null };
    const members = new Set(
      tenures
        .filter(({ postKind, fromAt }) => isMemberPost(postKind) && fromAt <= scene.now)
        .map(({ personId }) => personId),
    );
    const phase = mandate && termPhase(mandate, today, settings.leadMonths.value, (underWay[0]?.underWay ?? 0) > 0);
    return [
      ...(mandate && (phase === "renewal_due" || (phase === "over" && (underWay[0]?.underWay ?? 0) === 0))
        ? [
            {
              ...base,
              what: { zh: "发起换届选举", en: "Call the election of the next committee" },
              permissions: ["election.call"] as const,
              href: `/c/${slug}/desk/elections/new`,
              waitingHref: committee,
              due: lastDayOf(mandate),
              overdue: phase === "over",
            },
          ]
        : []),
      ...(mandate && phase !== "over" && members.size < mandate.seats
        ? [
            {
              ...base,
              what: {
                zh: `有${mandate.seats - members.size}个委员席位空缺`,
                en: `${mandate.seats - members.size} seats are vacant`,
              },
              permissions: ["offices.manage"] as const,
              href: `/c/${slug}/desk/committee/seats`,
              waitingHref: committee,
            },
          ]
        : []),
      ...recalls
        .filter((one) => one.state === "proposed" && one.holds === 1)
        .map((one) => {
          const href = `${committee}/recalls/${one.number}`;
          const until = one.toldAt === null ? null : defenceUntil(one.toldAt, settings.recallDefenceDays.value);
          const ready = one.defence !== null || (until !== null && today > until);
          const own = one.personId === actor.personId;
          return {
            ...base,
            about: `罢免程序第${one.number}号`,
            what:
              one.toldAt === null
                ? { zh: "联名罢免委员", en: "Sign the recall" }
                : ready
                  ? { zh: "把罢免放入会议议程", en: "Put the recall on an agenda" }
                  : own
                    ? { zh: "写申辩", en: "Write your defence" }
                    : { zh: "等待本人申辩", en: "The member's defence" },
            permissions:
              one.toldAt === null || (own && !ready)
                ? (["committee.sign"] as const)
                : ready
                  ? (["meeting.draft"] as const)
                  : (["committee.record"] as const),
            href,
            waitingHref: href,
            due: ready ? null : until,
          };
        }),
      ...(mandate && phase === "over" && !handovers.some(({ mandateId }) => mandateId === mandate.mandateId)
        ? [
            {
              ...base,
              what: { zh: "列移交清单", en: "Begin the handover list" },
              permissions: ["committee.record", "committee.sign"] as const,
              href: `${committee}/handovers`,
              waitingHref: `${committee}/handovers`,
              due: handoverDue(lastDayOf(mandate), settings.handoverDays.value),
              overdue: today > handoverDue(lastDayOf(mandate), settings.handoverDays.value),
            },
          ]
        : []),
      ...handovers.flatMap((one) => {
        const required = one.mandateId === null ? [] : REQUIRED_KINDS;
        const state = handoverState(
          lines.filter(({ handoverId }) => handoverId === one.handoverId),
          required,
          one.dueOn,
          today,
        );
        if (state === "complete") return [];
        const href = `${committee}/handovers/${one.number}`;
        return [
          {
            ...base,
            about: `移交清单第${one.number}号`,
            what: { zh: "移交并签收", en: "Hand over and sign" },
            permissions: ["committee.record", "committee.sign"] as const,
            href,
            waitingHref: href,
            due: one.dueOn,
            overdue: state === "overdue",
          },
        ];
      }),
    ];
  },
  doors: [
    {
      permissions: ["offices.manage", "meeting.read"],
      path: "/committee/seats",
      label: { zh: "委员席位", en: "Seats" },
    },
    {
      permissions: ["settings.manage", "meeting.read", "audit.read"],
      path: "/committee/term-settings",
      label: { zh: "任期的规则", en: "Rules of the term" },
    },
  ],
});
