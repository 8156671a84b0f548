/** The public API against its own OpenAPI document: every answer has the shape that was promised, and nothing it was not. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { beforeAll, describe, expect, test } from "vitest";
import { chooseOne } from "../../src/assembly/agenda/rules.ts";
import { withdraw } from "../../src/assembly/meeting/ending.ts";
import { rollUp } from "../../src/district/actions.ts";
import { CLOCK } from "../../src/elections/acting.ts";
import { settleRound } from "../../src/elections/rounds/settling.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { Json } from "../../src/record/canonical.ts";
import { commitSeed } from "../../src/record/draw/rules.ts";
import { commit } from "../../src/record/rules.ts";
import { findLeafByHash } from "../../src/record/store.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { as, communityWithRoll, drafted, itemOf, noticed, rulesWith } from "./meeting-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import {
  COUNTED_AT,
  closeAndCount,
  DURING,
  get,
  getJson,
  PUBLISHED_AT,
  publishedOn,
  votedOn,
} from "./public-of-test.ts";
import { castAll, openedRound, placed, publishedRound, standingElection } from "./rounds-of-test.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}
interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let document: Document;
beforeAll(async () => {
  document = await getJson<Document>("/openapi.json");
});

const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;

/** What of a value is not as a JSON schema has it, each with its place. As much of JSON Schema as the document uses. */
function faults(value: unknown, schema: Schema, at = ""): string[] {
  if (schema.$ref) return faults(value, document.components.schemas[schema.$ref.split("/").pop()!]!, at);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) {
    const tried = options.map((option) => faults(value, option, at));
    return tried.some((found) => found.length === 0) ? [] : tried.flat();
  }
  const found: string[] = [];
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = typeOf(value);
  if (types.length > 0 && !types.includes(type) && !(type === "integer" && types.includes("number")))
    return [`${at}: ${type} is not ${types.join("|")}`];
  if (schema.enum && !schema.enum.includes(value)) found.push(`${at}: ${String(value)} is none of the values`);
  if (schema.pattern && typeof value === "string" && !new RegExp(schema.pattern).test(value))
    found.push(`${at}: ${value}`);
  if (typeof value === "number" && (value < (schema.minimum ?? value) || value > (schema.maximum ?? value)))
    found.push(`${at}: ${value} is out of range`);
  if (Array.isArray(value) && schema.items)
    found.push(...value.flatMap((one, index) => faults(one, schema.items!, `${at}/${index}`)));
  if (type === "object") {
    const record = value as Record<string, unknown>;
    const known = schema.properties ?? {};
    found.push(
      ...(schema.required ?? []).filter((name) => !(name in record)).map((name) => `${at}/${name} is missing`),
    );
    for (const [name, inner] of Object.entries(record)) {
      const own = known[name] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : null);
      if (own) found.push(...faults(inner, own, `${at}/${name}`));
      else if (schema.additionalProperties === false) found.push(`${at}/${name} was not promised`);
    }
  }
  return found;
}

/** Asks a path of the document and checks the answer against what the document says of its status. */
async function ask<T>(pattern: string, path: string, now = T0): Promise<{ readonly status: number; readonly body: T }> {
  const { status, text, headers } = await get(path, now);
  const body = JSON.parse(text) as T;
  const promised = document.paths[pattern]?.get?.responses[String(status)];
  expect(promised, `${pattern} says nothing of ${status}`).toBeDefined();
  const media = headers.get("content-type")!.split(";")[0]!;
  const schema = promised!.content?.[media]?.schema;
  expect(schema, `${pattern} says nothing of ${media}`).toBeDefined();
  expect(faults(body, schema!)).toEqual([]);
  return { status, body };
}

const COMMUNITIES = "/api/communities";
const COMMUNITY = "/api/communities/{slug}";
const MEETINGS = "/api/communities/{slug}/meetings";
const MEETING = "/api/communities/{slug}/meetings/{meetingId}";
const RESULT = "/api/communities/{slug}/meetings/{meetingId}/result";
const OFFICES = "/api/communities/{slug}/offices";
const at = ({ slug }: CommunityAddress, meeting?: MeetingId | number, result = ""): string =>
  `/api/communities/${slug}${meeting === undefined ? "" : `/meetings/${meeting}${result}`}`;

interface WeightOfTest {
  readonly owners: number;
  readonly areaM2: string;
}
interface ItemResultOfTest {
  readonly participated: WeightOfTest;
  readonly outcome: string;
  readonly options: readonly {
    readonly optionNo: number | null;
    readonly role: string;
    readonly votes: WeightOfTest;
  }[];
  readonly checks: readonly {
    readonly rule: string;
    readonly axis: string;
    readonly part: string;
    readonly holds: boolean;
  }[];
  readonly deemed: { readonly added: unknown; readonly checks: unknown; readonly outcome: string } | null;
}
interface ResultOfTest {
  readonly leaf: string;
  readonly items: readonly ItemResultOfTest[];
  readonly opening: { readonly salt: string; readonly results: Json } | null;
}

const OVERLAP = "/api/communities/{slug}/overlap";
const DISTRICTS = [
  "/api/districts",
  "/api/districts/{district}",
  "/api/districts/{district}/streets/{street}",
] as const;
const ELECTION = "/api/communities/{slug}/elections/{number}";
const ROUNDS = `${ELECTION}/rounds`;
const ROUND = `${ROUNDS}/{round}`;
const ELECTIONS = ["/api/communities/{slug}/elections", ELECTION, `${ELECTION}/candidates`, ROUNDS, ROUND];
const COMMITTEE = ["", "/meetings", "/meetings/{number}", "/resolutions", "/resolutions/{year}/{number}"].map(
  (rest) => `/api/communities/{slug}/committee${rest}`,
);
const LEDGER = [
  "accounts",
  "accounts/budgets",
  "accounts/budgets/{book}/{year}",
  "accounts/statements/{number}",
  "audits",
  "audits/{number}",
  "audits/{number}/samples/{sample}",
  "assets",
  "expected/{period}",
  "leases",
  "contracts",
  "contracts/{number}",
  "tenders/{number}/evaluation",
].map((rest) => `/api/communities/{slug}/${rest}`);

describe("the document", () => {
  test("is OpenAPI 3.1, names every call that anyone may make, and refers to nothing that is not in it", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths).sort()).toEqual(
      [
        COMMUNITIES,
        COMMUNITY,
        OFFICES,
        OVERLAP,
        MEETINGS,
        MEETING,
        RESULT,
        "/api/calculator/decision",
        ...ELECTIONS,
        ...COMMITTEE,
        ...LEDGER,
        ...DISTRICTS,
        "/c/{slug}/tenders/{number}/ocds.json",
      ].sort(),
    );
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      (one) => one[1]!,
    );
    expect(refs.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(refs).toContain("Problem");
  });

  test("is explained on a page of our own, without script, in both languages", async () => {
    const { status, text } = await get("/docs");
    expect(status).toBe(200);
    expect(text).toContain("一次会议：议题、规则、名册、参与情况、经过");
    expect(text).not.toMatch(/<script|https?:\/\/(?!localhost)/);
    expect((await get("/docs?lang=en")).text).toContain("One meeting: items, rules, roll, turnout, history");
  });
});

describe("communities and meetings", () => {
  test("are listed and told, each as promised; what is unknown is a problem of its own", async () => {
    const community = await communityWithRoll(5);
    await noticed(community);
    await ask(COMMUNITIES, COMMUNITIES);
    const told = await ask<{ openNow: unknown[] }>(COMMUNITY, at(community));
    expect(told.body.openNow).toEqual([]);
    await ask(MEETINGS, `${at(community)}/meetings`);
    const { body } = await ask<{ number: number; result: null; items: { turnout: null }[] }>(MEETING, at(community, 1));
    expect(body).toMatchObject({ number: 1, state: "notice", result: null });
    expect(body.items.map(({ turnout }) => turnout)).toEqual([null, null]);
    for (const [pattern, path] of [
      [COMMUNITY, "/api/communities/none-such"],
      [MEETINGS, "/api/communities/none-such/meetings"],
      [MEETING, "/api/communities/none-such/meetings/1"],
      [MEETING, at(community, 9)],
      [MEETING, `${at(community)}/meetings/abc`],
      [RESULT, at(community, 1, "/result")],
      [RESULT, at(community, 9, "/result")],
    ] as const)
      expect((await ask<{ status: number }>(pattern, path)).status, path).toBe(404);
    for (const page of ["0", "x", "1.5", "-1"])
      expect((await ask(MEETINGS, `${at(community)}/meetings?page=${page}`)).status, page).toBe(422);
    expect((await ask(MEETINGS, `${at(community)}/meetings?page=2`)).status).toBe(404);
    expect((await ask(COMMUNITIES, `${COMMUNITIES}?page=999999`)).status).toBe(404);
  });

  test("offices are told of any day, and a day that is none is a problem of its own", async () => {
    const community = await makeStaffedCommunity();
    const today = await ask<{ on: string; bodies: { posts: { holders: { name: string; proof: string }[] }[] }[] }>(
      OFFICES,
      `${at(community)}/offices`,
    );
    const holders = today.body.bodies.flatMap(({ posts }) => posts.flatMap((post) => post.holders));
    expect(holders.map(({ name }) => name)).toEqual(expect.arrayContaining(["陈主任", "吴**"]));
    expect(JSON.stringify(today.body)).not.toMatch(/吴志愿|138\d{8}/);
    expect(holders[0]!.proof).toMatch(/\/record\/[0-9a-f]{64}\.tlog-proof$/);
    const before = await ask<{ bodies: unknown[] }>(OFFICES, `${at(community)}/offices?on=2020-01-01`);
    expect(before.body.bodies).toEqual([]);
    for (const on of ["2026-02-30", "yesterday", ""])
      expect((await ask(OFFICES, `${at(community)}/offices?on=${on}`)).status, on).toBe(422);
    expect((await ask(OFFICES, "/api/communities/none-such/offices")).status).toBe(404);
  });

  test("of one community are not there under another's address, and a draft is nowhere", async () => {
    const [community, other] = [await communityWithRoll(5), await makeCommunity()];
    const { meetingId } = await drafted(community);
    expect((await ask(MEETING, at(community, meetingId))).status).toBe(404);
    const given = await noticed(community);
    expect((await ask(MEETING, at(community, given))).status).toBe(200);
    expect((await ask(MEETING, at(other, given))).status).toBe(404);
    const { body } = await ask<{ total: number }>(MEETINGS, `${at(community)}/meetings`);
    expect(body.total).toBe(1);
  });

  test("the manifest is the text its hash is of, and nothing in an answer names a person", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    const { body } = await ask<{ manifest: string; manifestHash: string }>(MEETING, at(community, meetingId));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body.manifest));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(body.manifestHash).toBe(hex);
    expect(JSON.stringify(body)).not.toMatch(/person-|甲\*|139\d{8}/);
  });
});

describe("while a vote is open", () => {
  test("there is turnout with what is missing, and no word of any choice until the result is published", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await votedOn(community, 20, (voterNo) => 1 + (voterNo % 3));
    const open = await ask<{ items: { turnout: unknown }[]; buildings: unknown[] }>(
      MEETING,
      at(community, meetingId),
      DURING + 1,
    );
    expect(open.body.items[0]!.turnout).toMatchObject({
      participated: { owners: 20 },
      missing: { owners: 0, areaM2: "0.00" },
    });
    expect(open.body.buildings).toHaveLength(1);
    expect((await ask(COMMUNITY, at(community), DURING + 1)).body).toMatchObject({ openNow: [{ number: 1 }] });
    const silent = async (now: number): Promise<void> => {
      const { body } = await ask(MEETING, at(community, meetingId), now);
      expect(JSON.stringify(body)).not.toMatch(/"votes"|"outcome"|"carried"|"checks"|"salt"/);
      expect((await ask(RESULT, at(community, meetingId, "/result"), now)).status).toBe(404);
    };
    await silent(DURING + 1);
    await closeAndCount(community, meetingId);
    await silent(COUNTED_AT + 1);
  });
});

describe("a result", () => {
  test("has every sum with its check, and opens the commitment that the record carries", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await publishedOn(community, 22, (voterNo) => (voterNo < 15 ? 1 : voterNo < 19 ? 2 : 3), {
      items: [itemOf(1), itemOf(2, { question: chooseOne(["甲", "乙"]) })],
      rules: rulesWith({ unreturned: "returned_abstain_follows_majority" }),
    });
    const { body } = await ask<ResultOfTest>(RESULT, at(community, meetingId, "/result"), PUBLISHED_AT + 1);
    const [first, second] = body.items;
    expect(first).toMatchObject({ outcome: "carried", participated: { owners: 22 } });
    expect(first!.options.map(({ role, votes }) => [role, votes.owners])).toEqual([
      ["for", 15],
      ["against", 4],
      ["abstain", 3],
    ]);
    expect(first!.checks.map(({ rule, axis, holds }) => [rule, axis, holds])).toEqual([
      ["quorum", "owners", true],
      ["quorum", "area", true],
      ["approval", "owners", true],
      ["approval", "area", true],
    ]);
    expect(second!.checks).toHaveLength(6);
    expect(first!.deemed).toMatchObject({ added: { owners: 3 }, outcome: "carried" });
    const scene = sceneAt(community);
    const [[leaf]] = await scene.db.read(findLeafByHash(scene, body.leaf));
    const { results } = JSON.parse(leaf!.entry) as { results: string };
    expect(commit(hexToBytes(body.opening!.salt), body.opening!.results)).toBe(results);
  });

  test("of a small group opens nothing and adds nothing by which against and abstaining could be told apart", async () => {
    const community = await communityWithRoll(12);
    const meetingId = await publishedOn(community, 9, (voterNo) => (voterNo < 4 ? 1 : voterNo < 6 ? 2 : 3), {
      rules: rulesWith({ unreturned: "returned_abstain_follows_majority" }),
    });
    const { body } = await ask<ResultOfTest>(RESULT, at(community, meetingId, "/result"), PUBLISHED_AT + 1);
    expect(body.opening).toBeNull();
    for (const item of body.items) {
      expect(item.options.map(({ role, votes }) => [role, votes.owners])).toEqual([
        ["for", 4],
        ["not_in_favour", 5],
      ]);
      expect(item.deemed).toMatchObject({ added: null, checks: null });
    }
  });

  test("of a withdrawn meeting is not there, and the meeting says why", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    await withdraw(as(community, "chair"), meetingId, "方案有误");
    const { body } = await ask(MEETING, at(community, meetingId));
    expect(body).toMatchObject({ state: "withdrawn", ended: { why: "方案有误" }, result: null });
    expect((await ask(RESULT, at(community, meetingId, "/result"))).status).toBe(404);
  });
});

describe("a street's overview", () => {
  test("has the shape that was promised, and what is not recorded is null", async () => {
    await rollUp(sceneAt(await makeStaffedCommunity()));
    const [district, street] = ["璧山区", "璧城街道"].map(encodeURIComponent);
    const [all, one, page] = DISTRICTS;
    expect((await ask(all, "/api/districts")).status).toBe(200);
    expect((await ask(one, `/api/districts/${district}`)).status).toBe(200);
    const { body } = await ask<{ communities: Record<string, unknown>[] }>(
      page,
      `/api/districts/${district}/streets/${street}?filter=all&page=1`,
    );
    expect(body.communities[0]).toMatchObject({ branch: true, entity: null, duties: null });
    expect((await ask(one, "/api/districts/0")).status).toBe(404);
    expect((await ask(page, `/api/districts/${district}/streets/${street}?page=9`)).status).toBe(404);
    expect((await ask(page, `/api/districts/${district}/streets/${street}?filter=none`)).status).toBe(422);
  });
});

describe("a round of an election", () => {
  interface RoundOfTest {
    readonly state: string;
    readonly meeting: string | null;
    readonly ballot: readonly { readonly name: string }[];
    readonly outcome: {
      readonly participated: WeightOfTest;
      readonly candidates: readonly {
        readonly option: number;
        readonly place: string;
        readonly inOffice: boolean;
        readonly votes: WeightOfTest;
      }[];
    } | null;
    readonly draw: { readonly commitment: string; readonly seed: string | null; readonly purpose: string };
  }

  test("tells the ballot before the count, who sits after it, and a draw that anyone repeats", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community, { candidates: 6 });
    const path = `${at(community)}/elections/1/rounds/1`;
    await placed(election);
    const drafted = (await ask<RoundOfTest>(ROUND, path)).body;
    expect(drafted).toMatchObject({ state: "drafted", meeting: null, outcome: null, draw: { seed: null } });
    expect(drafted.ballot).toHaveLength(6);
    const other = await communityWithRoll();
    const own = await standingElection(other, { candidates: 6 });
    const round = await openedRound(own);
    await castAll(
      own,
      round,
      Array.from({ length: 27 }, () => [1, 2, 3, 4, 5]),
      6,
    );
    const publishedAt = await publishedRound(own, round);
    const there = `${at(other)}/elections/1/rounds/1`;
    expect((await ask<RoundOfTest>(ROUND, there, publishedAt)).body).toMatchObject({ state: "voting", outcome: null });
    expect((await settleRound(sceneAt(other, publishedAt), own.election.electionId, 1, CLOCK)).ok).toBe(true);
    const settled = (await ask<RoundOfTest>(ROUND, there, publishedAt + 1)).body;
    expect(settled.draw.seed).toMatch(/^[0-9a-f]{64}$/);
    expect(commitSeed(hexToBytes(settled.draw.seed!))).toBe(settled.draw.commitment);
    expect(settled).toMatchObject({ state: "settled", verdict: "stands", undone: null });
    expect(settled.meeting).toContain("/meetings/1");
    expect(settled.outcome!.candidates.map(({ place, inOffice }) => [place, inOffice])).toEqual([
      ...Array.from({ length: 5 }, () => ["elected", true]),
      ["not_passed", false],
    ]);
    expect(settled.outcome!.candidates[0]!.votes).toEqual(settled.outcome!.participated);
    expect(JSON.stringify(settled)).not.toMatch(/1370000\d{4}/);
    const listed = await ask<{ rounds: Record<string, unknown>[] }>(ROUNDS, `${at(other)}/elections/1/rounds`);
    expect(listed.body.rounds).toMatchObject([{ round: 1, turn: 1, state: "settled", verdict: "stands" }]);
    for (const [pattern, unknown] of [
      [ROUNDS, "/elections/9/rounds"],
      [ROUNDS, "/elections/x/rounds"],
      [ROUND, "/elections/1/rounds/2"],
      [ROUND, "/elections/1/rounds/0"],
    ] as const)
      expect((await ask<{ status: number }>(pattern, `${at(other)}${unknown}`)).status, unknown).toBe(404);
  });
});
