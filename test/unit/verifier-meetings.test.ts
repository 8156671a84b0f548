/** The verifier on owners' meetings: ballots added up from entries, and every way in which what is published can differ from them. */
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json, type JsonObject } from "../../src/record/canonical.ts";
import { commit } from "../../src/record/rules.ts";
import { hashOfText } from "../../verifier/bytes.mjs";
import { meetings } from "../../verifier/meetings.mjs";
import { madeLog, publish, readLog } from "./verifier-log-of-test.ts";

const SALT = new Uint8Array(16).fill(5);
const OWNERS = 30;
const w = (owners: number) => ({ owners, areaDm2: owners * 100 });
const shown = (owners: number) => ({ owners, areaM2: `${owners}.00` });

const OPTIONS = [
  { optionNo: 1, role: "for", label: "同意" },
  { optionNo: 2, role: "against", label: "反对" },
  { optionNo: 3, role: "abstain", label: "弃权" },
];
const NOTICE: Json = {
  eligible: [w(OWNERS)],
  items: [{ itemNo: 1, matter: 9, title: "议题", question: { kind: "yes_no_abstain", atMost: 1, options: OPTIONS } }],
  roll: { ...w(OWNERS), root: "aa" },
};
const manifest = canonicalJson(NOTICE);
const MANIFEST = hashOfText(manifest);

interface World {
  readonly voters: number;
  readonly yes: number;
  readonly no: number;
  /** More entries behind the ballots, before counting; and behind it. */
  readonly more?: readonly JsonObject[];
  readonly late?: readonly JsonObject[];
  readonly deemed?: boolean;
}
const ballot = (voter: number, change: JsonObject = {}): JsonObject => ({
  v: 1,
  type: "ballot.cast",
  at: 10 + voter,
  meeting: "m1",
  manifest: MANIFEST,
  voter,
  version: 1,
  channel: "web",
  mode: "B0",
  items: [{ item: 1, ...w(1) }],
  commitment: "00",
  ...change,
});
const countOf = ({ voters, yes, no }: World, added = 0) => ({
  eligible: w(OWNERS),
  participated: w(voters + added),
  rows: [yes, no, voters - yes - no + added].map((owners, at) => ({ itemNo: 1, optionNo: at + 1, ...w(owners) })),
  outcome: (voters + added) * 3 < OWNERS * 2 ? "quorum_not_met" : yes * 2 > voters + added ? "carried" : "lost",
  carried: (voters + added) * 3 >= OWNERS * 2 && yes * 2 > voters + added ? [1] : [],
});

/** The entries and pages of a meeting that was held, counted and published as it should be. */
function held(world: World) {
  const strict = countOf(world);
  const count = countOf(world, 4);
  const results: Json = [
    { item: 1, basis: "strict", result: strict },
    ...(world.deemed
      ? [
          {
            item: 1,
            basis: "deemed",
            result: {
              kind: "counted",
              policy: "delivered_unreturned_abstains",
              clause: "c",
              added: w(4),
              toOption: 3,
              count,
            },
          },
        ]
      : []),
  ];
  const entries: JsonObject[] = [
    { v: 1, type: "roll.frozen", at: 1, meeting: "m1", root: "aa", ...w(OWNERS) },
    { v: 1, type: "meeting.notice_given", at: 2, meeting: "m1", manifest: MANIFEST },
    ...Array.from({ length: world.voters }, (_, voter) => ballot(voter)),
    ...(world.more ?? []),
    { v: 1, type: "meeting.counting_began", at: 90, meeting: "m1" },
    ...(world.late ?? []),
    {
      v: 1,
      type: "meeting.counted",
      at: 91,
      meeting: "m1",
      run: 1,
      ballots: world.voters,
      manifest: MANIFEST,
      results: commit(SALT, results),
    },
  ];
  const counted = madeLog(entries).hashes.at(-1)!;
  const item = {
    item: 1,
    matter: 9,
    eligible: strict.eligible,
    participated: strict.participated,
    outcome: strict.outcome,
    carried: strict.carried,
    options: strict.rows.map(({ optionNo, owners, areaDm2 }) => ({ option: optionNo, owners, areaDm2 })),
  };
  entries.push({
    v: 1,
    type: "meeting.published",
    at: 92,
    meeting: "m1",
    run: 1,
    ballots: world.voters,
    manifest: MANIFEST,
    counted,
    items: [item],
  });
  const made = madeLog(entries);
  const check = (rule: string, axis: string, optionNo: number | null, part: number, whole: number, least: number) => {
    const say = (n: number) =>
      axis === "area" ? `${Math.floor(n / 100)}.${String(n % 100).padStart(2, "0")}` : String(n);
    return { rule, axis, optionNo, part: say(part), whole: say(whole), least: say(least), holds: part >= least };
  };
  const { voters, yes } = world;
  const meeting = {
    meetingId: "m1",
    number: 1,
    state: "published",
    manifest,
    manifestHash: MANIFEST,
    roll: { total: shown(OWNERS), root: "aa", leaf: made.hashes[0] },
    items: [{ itemNo: 1, eligible: shown(OWNERS), turnout: { participated: shown(voters) } }],
    events: [{ no: 1, kind: "notice_given", title: "公告", leaf: made.hashes[1] }],
    result: "there is one",
  };
  const result = {
    number: 1,
    run: 1,
    ballots: voters,
    leaf: counted,
    opening: { salt: "05".repeat(16), results },
    items: [
      {
        itemNo: 1,
        matter: 9,
        eligible: shown(OWNERS),
        participated: shown(voters),
        options: OPTIONS.map((option, at) => ({ ...option, votes: shown(strict.rows[at]!.owners) })),
        checks: [
          check("quorum", "owners", null, voters, OWNERS, 20),
          check("quorum", "area", null, voters * 100, OWNERS * 100, 2000),
          check("approval", "owners", 1, yes, voters, Math.floor(voters / 2) + 1),
          check("approval", "area", 1, yes * 100, voters * 100, (voters * 100) / 2 + 1),
        ],
        outcome: strict.outcome,
        carried: strict.carried,
        deemed: world.deemed ? { outcome: count.outcome, carried: count.carried } : null,
      },
    ],
  };
  return { made, meeting, result };
}
type Made = ReturnType<typeof held>;

async function told(world: World, change: (made: Made) => void = () => undefined) {
  const world_ = held(world);
  change(world_);
  const { made, meeting, result } = world_;
  publish(made, "/api/communities/jingui/meetings", { pages: 1, meetings: [{ number: 1 }] });
  publish(made, "/api/communities/jingui/meetings/1", meeting);
  publish(made, "/api/communities/jingui/meetings/1/result", result);
  const subject = meetings();
  const { log, report } = await readLog(made, [subject.see]);
  await subject.check({ source: made.source, log, report });
  return report.checks.flatMap(({ faults }) => faults.map(({ where, en }) => `${where}: ${en}`));
}
const GOOD: World = { voters: 24, yes: 14, no: 6 };

describe("a meeting as it was held", () => {
  test.each<[string, World]>([
    ["carried", GOOD],
    ["lost at exactly half", { voters: 24, yes: 12, no: 6 }],
    ["with the quorum met to the owner", { voters: 20, yes: 11, no: 0 }],
    ["one short of the quorum", { voters: 19, yes: 19, no: 0 }],
    ["with silence deemed to abstain", { ...GOOD, deemed: true }],
  ])("%s is right", async (_, world) => expect(await told(world)).toEqual([]));
  test("a ballot that replaces the voter's own counts once", async () => {
    const replaces = madeLog([ballot(0)]).hashes[0]!;
    const again = ballot(0, { version: 2, replaces, commitment: "11" });
    expect(await told({ ...GOOD, more: [again] })).toEqual([]);
  });
});

describe("what the entries themselves show", () => {
  test.each<[string, Partial<World>, string]>([
    [
      "a second ballot of a voter that replaces nothing",
      { more: [ballot(0, { commitment: "11" })] },
      "or a voter has two",
    ],
    ["a ballot after counting began", { late: [ballot(25)] }, "after counting began"],
    ["a ballot that weighs two heads", { more: [ballot(25, { items: [{ item: 1, ...w(2) }] })] }, "or a voter has two"],
  ])("%s is told", async (_, more, words) => {
    expect((await told({ ...GOOD, ...more })).some((fault) => fault.includes(words))).toBe(true);
  });
  test("one ballot more in the record than was counted is told, thrice", async () => {
    const faults = await told({ ...GOOD, more: [ballot(25)] });
    for (const words of ["Published turnout", "24 ballots; the record has 25", "The result says"])
      expect(faults.some((fault) => fault.includes(words))).toBe(true);
  });
});

describe("what is published otherwise", () => {
  // biome-ignore lint/suspicious/noExplicitAny: any place of any answer
  type Any = any;
  test.each<[string, (made: Any) => void, string]>([
    [
      "turnout",
      ({ meeting }) => {
        meeting.items[0].turnout.participated.owners -= 1;
      },
      "Published turnout",
    ],
    [
      "the electorate",
      ({ meeting }) => {
        meeting.items[0].eligible.owners += 1;
      },
      "Who may vote",
    ],
    [
      "the electorate of the result",
      ({ result }) => {
        result.items[0].eligible.areaM2 = "29.99";
      },
      "electorate",
    ],
    [
      "the roll's root",
      ({ meeting }) => {
        meeting.roll.root = "bb";
      },
      "The roll published",
    ],
    [
      "a word of the notice",
      ({ meeting }) => {
        meeting.manifest = manifest.replace("议题", "别的");
      },
      "text of the notice",
    ],
    [
      "an event of nobody's",
      ({ meeting }) => {
        meeting.events[0].leaf = "00";
      },
      "has no entry",
    ],
    [
      "an event under another name",
      ({ meeting }) => {
        meeting.events[0].kind = "final";
      },
      "has no entry",
    ],
    [
      "the number of ballots",
      ({ result }) => {
        result.ballots = 23;
      },
      "another number of ballots",
    ],
    [
      "votes moved from against to for",
      ({ result }) => {
        result.items[0].options[0].votes.owners += 1;
        result.items[0].options[1].votes.owners -= 1;
      },
      "not those of the record",
    ],
    [
      "votes of nobody's",
      ({ result }) => {
        result.items[0].options[0].votes.owners += 1;
      },
      "add up to",
    ],
    [
      "another matter",
      ({ result }) => {
        result.items[0].matter = 8;
      },
      "Not the matter",
    ],
    [
      "an outcome",
      ({ result }) => {
        result.items[0].outcome = "lost";
      },
      "the published figures give",
    ],
    [
      "an inequality",
      ({ result }) => {
        result.items[0].checks[0].least = "19";
      },
      "computed",
    ],
    [
      "an inequality left out",
      ({ result }) => {
        result.items[0].checks.pop();
      },
      "computed",
    ],
    [
      "figures the count did not commit to",
      ({ result }) => {
        result.opening.results[0].result.rows[0].owners += 1;
      },
      "does not open the commitment",
    ],
    [
      "another salt",
      ({ result }) => {
        result.opening.salt = "06".repeat(16);
      },
      "does not open the commitment",
    ],
  ])("%s is told", async (_, change, words) => {
    expect((await told(GOOD, change)).some((fault) => fault.includes(words))).toBe(true);
  });
  test("a deemed outcome", async () => {
    const faults = await told({ ...GOOD, deemed: true }, ({ result }) => {
      result.items[0]!.deemed!.outcome = "carried";
    });
    expect(faults.some((fault) => fault.includes("deemed figures"))).toBe(true);
  });
  test("while voting goes on the page may be a little behind the record, never ahead of it", async () => {
    const open = (owners: number) => (made: Any) => {
      Object.assign(made.meeting, { state: "open", result: null });
      made.meeting.items[0].turnout.participated = shown(owners);
    };
    expect(await told(GOOD, open(23))).toEqual([]);
    expect(await told(GOOD, open(25))).toHaveLength(1);
  });
});
