/** What the public API answers, written from what the public may read. Shapes stand in shapes.ts; nothing here reads or decides. */
import type { z } from "@hono/zod-openapi";
import { formatArea } from "../../kernel/area.ts";
import { type Instant, isoInstant } from "../../kernel/day.ts";
import { leastReaching, type Weight } from "../../kernel/weight.ts";
import type { Lang, T } from "../../platform/i18n.ts";
import { formatScaled } from "../../platform/ui/shares.ts";
import { resultsOf } from "../counting/actions.ts";
import { type ItemCount, maySplitByChoice, missingToQuorum } from "../counting/rules.ts";
import { shownOptions } from "../counting/shown.ts";
import type { DeemedOfItem, ItemResult, Run } from "../counting/stored.ts";
import { fileHref, meetingHref } from "../meeting/addresses.ts";
import { eventDetail, eventTitle } from "../meeting/events.ts";
import type { FrozenItem } from "../meeting/reading.ts";
import { objectionsUntil } from "../meeting/rules.ts";
import { isSameRun } from "../results/actions.ts";
import { type Check, needsThreeQuarters, QUORUM } from "../rules.ts";
import type { Part, PublicMeeting } from "./reading.ts";
import type * as shapes from "./shapes.ts";
import type { MeetingLine } from "./store.ts";

/** Scheme, host and community that addresses in an answer are made of. */
export interface Where {
  readonly origin: string;
  readonly slug: string;
}

type Shape<S extends keyof typeof shapes> = z.infer<(typeof shapes)[S]>;

const weight = ({ owners, areaDm2 }: Weight): Shape<"Weight"> => ({ owners, areaM2: formatArea(areaDm2) });
const at = (instant: Instant): string => isoInstant(instant);
const orNull = (instant: Instant | null): string | null => (instant === null ? null : isoInstant(instant));

export const pageOf = ({ origin, slug }: Where, number: number): string => `${origin}${meetingHref(slug, number)}`;
export const apiOf = ({ origin, slug }: Where, number?: number): string =>
  `${origin}/api/communities/${slug}${number === undefined ? "" : `/meetings/${number}`}`;

export const lineAnswer = (line: MeetingLine, where: Where): Shape<"MeetingLine"> => ({
  meetingId: line.meetingId,
  number: line.number,
  title: line.title,
  state: line.state,
  opensAt: at(line.opensAt ?? 0),
  closesAt: at(line.closesAt ?? 0),
  publishedAt: orNull(line.publishedAt),
  page: pageOf(where, line.number),
  api: apiOf(where, line.number),
});

/** Turnout is a thing of open meetings and after; before it every number would be a nought that says nothing. */
const turnoutOf = (part: Part | undefined): Shape<"Item">["turnout"] =>
  part ? { participated: weight(part.voted), missing: weight(missingToQuorum(part.voted, part.total)) } : null;

function itemAnswer({ item, eligible }: FrozenItem, part: Part | undefined, { origin, slug }: Where): Shape<"Item"> {
  const { scope, question } = item;
  return {
    itemNo: item.itemNo,
    matter: item.matter,
    title: item.title,
    text: item.text,
    scope: {
      kind: scope.kind,
      buildings: scope.kind === "buildings" ? [...scope.buildings] : [],
      units: scope.kind === "units" ? scope.unitIds.length : 0,
    },
    question: {
      kind: question.kind,
      atMost: question.atMost,
      options: question.options.map(({ optionNo, role, label }) => ({ optionNo, role, label })),
    },
    papers: item.attachments.map(({ fileId, name, sha256 }) => ({
      name,
      href: `${origin}${fileHref(slug, fileId)}`,
      sha256,
    })),
    eligible: weight(eligible),
    least: weight({
      owners: Number(leastReaching(BigInt(eligible.owners), QUORUM)),
      areaDm2: Number(leastReaching(BigInt(eligible.areaDm2), QUORUM)),
    }),
    approval: needsThreeQuarters(item.matter) ? "3/4" : "1/2",
    turnout: turnoutOf(part),
  };
}

const buildingAnswer = ({ name, voted, total }: Part & { readonly name: string }) => ({
  name,
  eligible: weight(total),
  participated: weight(voted),
});

export function meetingAnswer(meeting: PublicMeeting, where: Where, t: T, lang: Lang): Shape<"Meeting"> {
  const { row, rules, roll, manifest, editions } = meeting;
  const hasOpened = row.openedAt !== null;
  return {
    meetingId: row.meetingId,
    number: row.number,
    title: row.title,
    state: row.state,
    page: pageOf(where, row.number),
    convener: { kind: manifest.convener.kind, cause: manifest.convener.cause },
    noticeAt: at(row.noticeAt ?? 0),
    opensAt: at(row.opensAt ?? 0),
    closesAt: at(row.closesAt ?? 0),
    countedAt: orNull(row.countedAt),
    publishedAt: orNull(row.publishedAt),
    finalAt: orNull(row.finalAt),
    ended: row.endedAt === null ? null : { at: at(row.endedAt), why: row.endedWhy ?? "" },
    items: meeting.items.map((frozen) =>
      itemAnswer(frozen, hasOpened ? meeting.turnout.get(frozen.item.itemNo) : undefined, where),
    ),
    buildings: hasOpened ? meeting.buildings.map(buildingAnswer) : [],
    rules: Object.fromEntries(Object.entries(rules).map(([name, { value, clause }]) => [name, { value, clause }])),
    roll: {
      asOf: roll.asOf,
      version: roll.version,
      total: weight(roll),
      root: roll.root,
      leaf: roll.leafHash,
      objectionsUntil: at(roll.objectionsUntil),
      objections: roll.objections,
      openObjections: roll.openObjections,
    },
    edition: row.edition,
    manifest: editions.at(-1)!.row.manifest,
    manifestHash: row.manifestHash ?? "",
    amendments: editions
      .filter(({ row: { edition } }) => edition > 1)
      .map(({ row: { edition, madeAt, why, manifestHash, leafHash } }) => ({
        edition,
        at: at(madeAt),
        why,
        manifestHash,
        leaf: leafHash,
      })),
    objections: meeting.tickets.map(({ about, wantsRecount, madeAt, dueOn, answer, answeredAt }, index) => ({
      no: index + 1,
      about,
      wantsRecount: wantsRecount === 1,
      madeAt: at(madeAt),
      dueOn,
      answer,
      answeredAt: orNull(answeredAt),
    })),
    events: meeting.events.map((event) => ({
      no: event.no,
      kind: event.kind,
      at: at(event.at),
      by: event.byWords,
      title: eventTitle(event, t),
      detail: eventDetail(event, t, lang),
      leaf: event.leafHash,
    })),
    result: meeting.runs.length > 0 ? `${apiOf(where, row.number)}/result` : null,
  };
}

function checkAnswer(check: Check, optionNo: number | null): Shape<"Check"> {
  const text = (value: bigint | null): string => formatScaled(value ?? 0n, check.axis === "area" ? 2 : 0);
  return {
    rule: check.rule,
    axis: check.axis,
    optionNo,
    part: text(check.part),
    whole: text(check.whole),
    threshold: check.threshold,
    strict: check.strict,
    least: text(check.least),
    holds: check.holds ?? false,
  };
}

/** Two for taking part, then two for each proposal. */
const checksOf = ({ decisions }: ItemCount): Shape<"Check">[] => [
  ...(decisions[0]?.decision.checks ?? [])
    .filter(({ rule }) => rule === "quorum")
    .map((check) => checkAnswer(check, null)),
  ...decisions.flatMap(({ optionNo, decision }) =>
    decision.checks.filter(({ rule }) => rule === "approval").map((check) => checkAnswer(check, optionNo)),
  ),
];

/** In a small group the sums of the deemed count would tell against from abstaining, so only what it came to is said. */
function deemedAnswer(strict: ItemCount, deemed: DeemedOfItem | null): Shape<"ItemResult">["deemed"] {
  if (deemed?.kind !== "counted") return null;
  const open = maySplitByChoice(strict.participated);
  return {
    policy: deemed.policy,
    clause: deemed.clause,
    added: open ? weight(deemed.added) : null,
    toOption: deemed.toOption,
    outcome: deemed.count.outcome,
    carried: [...deemed.count.carried],
    checks: open ? checksOf(deemed.count) : null,
  };
}

const itemResultAnswer = ({ item, strict, deemed }: ItemResult): Shape<"ItemResult"> => ({
  itemNo: item.itemNo,
  matter: item.matter,
  title: item.title,
  eligible: weight(strict.eligible),
  participated: weight(strict.participated),
  missing: weight(missingToQuorum(strict.participated, strict.eligible)),
  options: shownOptions(strict).map(({ optionNo, role, label, votes }) => ({
    optionNo,
    role,
    label,
    votes: weight(votes),
  })),
  checks: checksOf(strict),
  outcome: strict.outcome,
  carried: [...strict.carried],
  deemed: deemedAnswer(strict, deemed),
});

/**
 * What opens the commitment that the record has carried since the count. Withheld as soon as one item had fewer than
 * twenty: with the salt, the few possible splits of so small a group could simply be tried.
 */
function openingOf(meeting: PublicMeeting, run: Run): Shape<"Result">["opening"] {
  if (!run.items.every(({ strict }) => maySplitByChoice(strict.participated))) return null;
  // The count commits to each item's strict result before its deemed one.
  const rank = { strict: 0, deemed: 1 } as const;
  const rows = meeting.results
    .filter(({ runNo }) => runNo === run.runNo)
    .toSorted((a, b) => a.itemNo - b.itemNo || rank[a.basis] - rank[b.basis]);
  return { salt: run.summary.salt, results: resultsOf(rows) };
}

export function resultAnswer(meeting: PublicMeeting, run: Run, where: Where): Shape<"Result"> {
  const { row, rules } = meeting;
  return {
    meetingId: row.meetingId,
    number: row.number,
    title: row.title,
    state: row.state,
    page: pageOf(where, row.number),
    run: run.runNo,
    why: run.why,
    countedAt: at(run.countedAt),
    publishedAt: at(run.publishedAt ?? 0),
    objectionsUntil: at(objectionsUntil(row.publishedAt ?? 0, rules)),
    ballots: run.summary.ballots,
    channels: run.summary.channels.map(({ channel, ballots }) => ({ channel, ballots })),
    buildings: run.summary.buildings.map(buildingAnswer),
    items: run.items.map(itemResultAnswer),
    leaf: run.leafHash,
    opening: openingOf(meeting, run),
    earlier: meeting.runs
      .filter(({ runNo }) => runNo !== run.runNo)
      .map((one) => ({
        run: one.runNo,
        publishedAt: at(one.publishedAt ?? 0),
        same: isSameRun(one, run),
        leaf: one.leafHash,
      })),
  };
}
