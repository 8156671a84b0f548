/** Pages: round trips and rows on rolls of any size, the bytes of the ballot page, and the last button of a ballot over HTTP. */
import type { Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { compare } from "../measure.ts";
import { type Line, sayBytes, sayCost, sayCosts, sayFigure, throughputOf } from "../report.ts";
import type { OpenMeeting } from "../tasks/meeting.ts";
import type { Weight, Who } from "../tasks/pages.ts";

const UNITS = [50, 500, 5_000] as const;
const LARGEST_BALLOT_BYTES = 30 * 1024;
const ROUNDS = 5;
const COUNT = 100;
const AT_ONCE = 16;

const PAGES: readonly { name: string; who: Who; path: (meetingId: string) => string; oneTrip?: true }[] = [
  { name: "Public page of a meeting", who: "stranger", path: (id) => `/meetings/${id}`, oneTrip: true },
  { name: "Home of a community", who: "stranger", path: () => "" },
  { name: "Ballot page", who: "voter", path: () => "/vote", oneTrip: true },
  { name: "Roll, first page", who: "secretary", path: () => "/desk/roll" },
  { name: "Delivery board, one building", who: "secretary", path: () => "/desk/meetings/1/delivery?building=1栋" },
];

type Cost = Meter & { readonly status: number };

export async function pageLines(machine: Machine): Promise<Line[]> {
  await machine.ask("meeting/open", { units: 5, first: "z" });
  const meetings: OpenMeeting[] = [];
  for (const units of UNITS) meetings.push((await machine.ask<OpenMeeting>("page/prepare", { units })).value);
  const lines: Line[] = [];
  for (const { name, who, path, oneTrip } of PAGES) {
    const costs: Cost[] = [];
    for (const meeting of meetings)
      costs.push((await machine.ask<Cost>("page/cost", { meeting, who, path: path(meeting.meetingId) })).value);
    const strange = costs.find(({ status }) => status !== 200);
    if (strange) throw new Error(`${name}: ${strange.status}`);
    lines.push({
      subject: name,
      measure: `rolls of ${UNITS.join(", ")} units`,
      result: sayCosts(costs),
      ...(oneTrip ? { goal: "1 round trip", met: costs.every(({ roundTrips }) => roundTrips === 1) } : {}),
    });
  }
  const large = meetings.at(-1)!;
  const weights = (await machine.ask<Weight[]>("page/weigh", { meeting: large })).value;
  const total = (of: (weight: Weight) => number) => weights.reduce((sum, weight) => sum + of(weight), 0);
  const gzip = total((weight) => weight.gzip);
  lines.push({
    subject: "Ballot page",
    measure: `over the wire, gzip (raw): ${weights.map(({ path, gzip }) => `${path.split("/").at(-1)} ${sayBytes(gzip)}`).join(", ")}`,
    result: `${sayBytes(gzip)} (${sayBytes(total((weight) => weight.raw))})`,
    goal: "≤ 30 KB",
    met: gzip <= LARGEST_BALLOT_BYTES,
  });
  return [...lines, ...(await pressLines(machine, large))];
}

/** The last button: cookies, form, session, cast and redirect, beside the floor that only writes the rows. */
async function pressLines(machine: Machine, meeting: OpenMeeting): Promise<Line[]> {
  const floor = (await machine.ask<OpenMeeting>("meeting/open", { units: 2_000 })).value;
  const cost = (await machine.ask<Meter>("page/press-cost", { meeting, voterNo: 4_000 })).value;
  const compared = await compare(
    ROUNDS,
    async (round) => {
      await machine.ask("page/review", { meeting, from: 100 + (round + 1) * COUNT, count: COUNT });
      return (await machine.ask("page/press", { atOnce: AT_ONCE })).ms;
    },
    async (round) =>
      (await machine.ask("cast/floor", { meeting: floor, from: (round + 1) * COUNT, count: COUNT, atOnce: AT_ONCE }))
        .ms,
  );
  return [
    {
      subject: "Casting, the whole request",
      measure: "cookies, form, session, cast, redirect",
      result: sayCost(cost),
      goal: "at most 2 round trips",
      met: cost.roundTrips <= 2,
    },
    {
      subject: "Casting, the whole request",
      measure: `throughput ÷ floor, ${AT_ONCE} at once`,
      result: sayFigure(throughputOf(compared)),
    },
  ];
}
