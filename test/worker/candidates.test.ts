/** Candidates are checked, decided on, published in a drawn order, objected to, and leave the list or stay on the paper (M3, M4, M6). */
import { describe, expect, test } from "vitest";
import { headsOn } from "../../src/community/browse/actions.ts";
import { transferUnit } from "../../src/community/changes/actions.ts";
import { checkCandidacy, decideEligibility, openReason } from "../../src/elections/candidates/eligibility/actions.ts";
import { appealDecision, ruleOnAppeal } from "../../src/elections/candidates/eligibility/appeals.ts";
import { saveCriteria } from "../../src/elections/candidates/eligibility/criteria.ts";
import { DEFAULT_CRITERIA } from "../../src/elections/candidates/eligibility/rules.ts";
import { listDecisions } from "../../src/elections/candidates/eligibility/store.ts";
import {
  answerCandidateObjection,
  listCandidateObjections,
  objectToCandidate,
  openCandidateObjection,
} from "../../src/elections/candidates/objecting.ts";
import { findDraw, findSeed } from "../../src/elections/candidates/order/store.ts";
import { nameSalt, publishCandidates, readReadiness } from "../../src/elections/candidates/publishing.ts";
import { earliestVoting, isEligibleToSit } from "../../src/elections/candidates/rules.ts";
import {
  candidateName,
  candidatePhone,
  countOpenCandidateObjections,
  listCandidates,
  standsNow,
} from "../../src/elections/candidates/store.ts";
import { answerNomination, withdrawCandidacy } from "../../src/elections/nominations/answering.ts";
import { saveProfile, signDeclaration } from "../../src/elections/nominations/describing.ts";
import { byOwner } from "../../src/elections/nominations/hand.ts";
import { nominateMyself, nominateOnPaper } from "../../src/elections/nominations/nominating.ts";
import { tellAffiliation } from "../../src/elections/nominations/person/affiliation.ts";
import { updateElection } from "../../src/elections/store.ts";
import { DAY_MS, dayOf, endOf } from "../../src/kernel/day.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { replayDraw } from "../../src/record/draw/rules.ts";
import { commit } from "../../src/record/rules.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import {
  ALL_MET,
  acceptedIn,
  candidacyRow,
  closeNominations,
  decided,
  EXAMINING,
  must,
  NAMING,
  NOTHING_TO_DECLARE,
  once,
  ownerIn,
  PAPER,
  PROFILE,
  publishNow,
  standingElection,
  YES,
} from "./candidates-of-test.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows, secretary as rollKeeper, unitIdOf } from "./community-roll-of-test.ts";
import { electing, electionRow, makeElection, methodWith } from "./election-of-test.ts";

const FIVE = ["0001", "0002", "0003", "0004", "0005"] as const;
const estate = async (): Promise<CommunityAddress> => {
  const community = await makeCommunity({ name: "金桂苑" });
  await importFile(community, csvOf(...manyRows(30)));
  return community;
};
const naming = async (community: CommunityAddress): Promise<string> =>
  (await makeElection(community, { state: "nominating" })).electionId;
const chair = (community: CommunityAddress, now = EXAMINING) => electing(community, "chair", now);
const secretary = (community: CommunityAddress, now = EXAMINING) => electing(community, "secretary", now);
const street = (community: CommunityAddress, now = EXAMINING) => electing(community, "street", now);
const leavesOf = async (community: CommunityAddress, electionId: string) => {
  const here = sceneAt(community);
  const [leaves] = await here.db.read(listLeavesAbout(here, electionId, 0, 1_000));
  return leaves;
};
const candidatesOf = async (community: CommunityAddress, electionId: string) => {
  const here = sceneAt(community);
  const [rows] = await here.db.read(listCandidates(here, electionId));
  return rows;
};
async function sell(community: CommunityAddress, room: string, now = EXAMINING): Promise<void> {
  const personal = { name: "新业主", kind: "natural" as const, idType: null, idNumber: null, idTail: "7777" };
  must(
    await transferUnit(rollKeeper(community, now), await unitIdOf(community, room), {
      changeId: once(),
      fromOn: dayOf(now),
      note: { why: "不动产登记已变更", evidence: "" },
      kind: "sale",
      owners: [{ basis: "registered", personal: { ...personal, phone: "13700001111", ownerNo: null } }],
      designated: null,
      state: null,
    }),
  );
}
const freeze = async (community: CommunityAddress, electionId: string): Promise<void> => {
  const here = sceneAt(community);
  must(await here.db.write(updateElection(here, await electionRow(community, electionId), { state: "voting" })));
};

describe("the conditions", () => {
  test("are set with their clauses while the election is prepared, and stand once names are taken", async () => {
    const community = await estate();
    const { electionId } = await makeElection(community);
    const criteria = { ...DEFAULT_CRITERIA, local: { arrears: "《议事规则》第十二条" } };
    const first = must(await saveCriteria(secretary(community), electionId, criteria, 0));
    expect(must(await saveCriteria(secretary(community), electionId, criteria, 0))).toEqual(first);
    expect(await saveCriteria(secretary(community), electionId, DEFAULT_CRITERIA, 0)).toMatchObject({
      error: { reason: "version_stale" },
    });
    expect(
      await saveCriteria(secretary(community), electionId, { ...criteria, local: { arrears: "" } }, 1),
    ).toMatchObject({
      error: { reason: "criteria_faulty", faults: [{ reason: "clause_needed" }] },
    });
    const other = await estate();
    const open = await naming(other);
    expect(await saveCriteria(secretary(other), open, criteria, 0)).toMatchObject({
      error: { reason: "wrong_election_state" },
    });
  });
});

describe("a decision on a person", () => {
  test("is made by somebody else than who checked, and follows from the checklist", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await acceptedIn(community, electionId, "0003");
    const reason = "逐项核对。";
    const decide = (sheetNo: number, outcome: "eligible" | "ineligible" = "eligible", who = chair(community)) =>
      decideEligibility(who, electionId, number, { outcome, reason, sheetNo, decisionNo: 0 });
    expect(await decide(0)).toMatchObject({ error: { reason: "not_ready", lacking: ["checklist"] } });
    const check = (found = ALL_MET, sheetNo = 0) =>
      checkCandidacy(secretary(community), electionId, number, { found, papers: [PAPER], sheetNo });
    expect(await check(ALL_MET.slice(1))).toMatchObject({ error: { reason: "sheet_faulty" } });
    const sheets = await Promise.all([check(), check()]);
    for (const one of sheets) expect(one).toEqual({ ok: true, value: { sheetNo: 1 } });
    expect(await decide(1, "ineligible")).toMatchObject({ error: { reason: "nothing_against" } });
    // The same person under another post.
    const checker = {
      ...chair(community),
      actor: { ...chair(community).actor, personId: secretary(community).actor.personId },
    };
    expect(await decide(1, "eligible", checker)).toEqual({ ok: false, error: { reason: "own_check" } });
    expect(await decide(0)).toMatchObject({ error: { reason: "version_stale" } });
    expect(
      await decideEligibility(chair(community), electionId, number, {
        outcome: "eligible",
        reason: " ",
        sheetNo: 1,
        decisionNo: 0,
      }),
    ).toMatchObject({ error: { reason: "reason_missing" } });
    const both = await Promise.all([decide(1), decide(1)]);
    for (const one of both) expect(one).toEqual({ ok: true, value: { decisionNo: 1 } });
    const leaves = (await leavesOf(community, electionId)).filter(
      ({ type }) => type === "election.eligibility_decided",
    );
    expect(leaves).toHaveLength(1);
    expect(leaves[0]!.entry).not.toContain(reason);
    const here = sceneAt(community);
    const [decisions] = await here.db.read(
      listDecisions(here, (await candidacyRow(community, electionId, number)).candidacyId),
    );
    expect(await openReason(here, decisions[0]!)).toBe(reason);
  });

  test("needs enough supporters where only a joint nomination named them", async () => {
    const community = await estate();
    const { electionId } = await makeElection(community, {
      state: "nominating",
      method: methodWith({ supportersLeast: 2 }),
    });
    const owner = await ownerIn(community, "0003");
    const paper = {
      channel: "joint" as const,
      place: "1-0003",
      name: owner.name,
      document: "",
      paper: PAPER,
      places: ["1-0004"],
    };
    const { number } = must(await nominateOnPaper(secretary(community, NAMING), electionId, paper, once()));
    const row = await candidacyRow(community, electionId, number);
    expect(row.supports).toBe(1);
    const decide = () =>
      decideEligibility(chair(community), electionId, number, {
        outcome: "eligible",
        reason: "x",
        sheetNo: 0,
        decisionNo: 0,
      });
    expect(await decide()).toMatchObject({
      error: { reason: "not_ready", lacking: ["acceptance", "nomination", "profile", "declaration", "checklist"] },
    });
  });

  test("names no sensitive condition in the record", async () => {
    const community = await estate();
    const { electionId } = await makeElection(community);
    must(
      await saveCriteria(
        secretary(community),
        electionId,
        { ...DEFAULT_CRITERIA, local: { sentence: "湖州市第十七条" } },
        0,
      ),
    );
    const here = sceneAt(community);
    must(
      await here.db.write(
        updateElection(here, await electionRow(community, electionId), {
          state: "nominating",
          nominationsCloseAt: NAMING + DAY_MS,
        }),
      ),
    );
    const owner = await ownerIn(community, "0003");
    const naming = sceneAt(community, NAMING);
    const { number } = must(await nominateMyself(naming, electionId, owner, once()));
    const hand = byOwner(owner);
    must(await answerNomination(naming, electionId, number, hand, YES));
    must(
      await saveProfile(naming, electionId, number, hand, {
        profile: PROFILE,
        photo: null,
        keepsPhoto: false,
        version: 0,
      }),
    );
    expect(await signDeclaration(naming, electionId, number, hand, NOTHING_TO_DECLARE)).toMatchObject({
      error: { reason: "declaration_faulty", faults: [{ reason: "interest_unanswered", interest: "sentence" }] },
    });
    const answers = [
      ...NOTHING_TO_DECLARE.declaration.answers,
      { interest: "sentence" as const, applies: true, detail: "2023年" },
    ];
    must(
      await signDeclaration(naming, electionId, number, hand, {
        declaration: { answers, publicItems: [], signed: true },
        version: 0,
      }),
    );
    const found = [...ALL_MET, { item: "sentence", finding: "not_met" as const, evidence: "判决书" }];
    must(await checkCandidacy(secretary(community), electionId, number, { found, papers: [], sheetNo: 0 }));
    must(
      await decideEligibility(chair(community), electionId, number, {
        outcome: "ineligible",
        reason: "见判决书",
        sheetNo: 1,
        decisionNo: 0,
      }),
    );
    for (const { entry } of await leavesOf(community, electionId)) {
      expect(entry).not.toMatch(/"unmet":\[[^\]]*sentence/);
      expect(entry).not.toContain("判决书");
    }
  });

  test("of “not eligible” is appealed once and in time, and ruled on by the street with the last word", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await acceptedIn(community, electionId, "0003");
    await decided(community, electionId, number, "ineligible");
    const row = await candidacyRow(community, electionId, number);
    const owner = byOwner(await ownerIn(community, "0003"));
    const other = byOwner(await ownerIn(community, "0004"));
    const appeal = (hand = owner, now = EXAMINING, words = "物业费已经交清，收据附后。") =>
      appealDecision(sceneAt(community, now), electionId, number, hand, words);
    expect(await appeal(other)).toMatchObject({ error: { reason: "unknown_candidacy" } });
    expect(await appeal(owner, row.appealUntil!)).toMatchObject({ error: { reason: "appeal_not_open" } });
    expect(
      await ruleOnAppeal(street(community), electionId, number, { outcome: "eligible", reason: "x" }),
    ).toMatchObject({
      error: { reason: "appeal_not_open" },
    });
    const both = await Promise.all([appeal(owner, row.appealUntil! - 1), appeal(owner, row.appealUntil! - 1)]);
    for (const one of both) expect(one).toEqual({ ok: true, value: { decisionNo: 1 } });
    expect(await appeal(owner, EXAMINING, "另外再说一遍")).toMatchObject({ error: { reason: "already_appealed" } });
    const leaves = (await leavesOf(community, electionId)).filter(
      ({ type }) => type === "election.eligibility_appealed",
    );
    expect(leaves).toHaveLength(1);
    const rule = (outcome: "eligible" | "ineligible", who = street(community)) =>
      ruleOnAppeal(who, electionId, number, { outcome, reason: "经核实，证据不足。" });
    const decider = {
      ...street(community),
      actor: { ...street(community).actor, personId: chair(community).actor.personId },
    };
    expect(await rule("eligible", decider)).toMatchObject({ error: { reason: "own_decision" } });
    expect(await rule("eligible")).toEqual({ ok: true, value: { outcome: "eligible" } });
    expect(await rule("eligible")).toEqual({ ok: true, value: { outcome: "eligible" } });
    expect(await rule("ineligible")).toMatchObject({ error: { reason: "already_ruled" } });
    // Nor is it decided otherwise on the same checklist.
    expect(
      await decideEligibility(chair(community), electionId, number, {
        outcome: "ineligible",
        reason: "仍不同意",
        sheetNo: 1,
        decisionNo: 1,
      }),
    ).toMatchObject({ error: { reason: "already_ruled" } });
    await closeNominations(community, electionId);
    const ready = await readReadiness(sceneAt(community, EXAMINING), electionId);
    expect(ready!.list.standing).toEqual([number]);
  });
});

describe("the list", () => {
  test("comes out once, in an order that anyone draws again, with names that open their commitments", async () => {
    const community = await estate();
    const { election, candidates } = await standingElection(community, FIVE);
    expect(election).toMatchObject({ state: "standing", candidatesPublishedAt: EXAMINING });
    expect(election.methodHash).toMatch(/^[0-9a-f]{64}$/);
    expect(candidates.map(({ ballotOrder }) => ballotOrder)).toEqual([1, 2, 3, 4, 5]);
    const here = sceneAt(community);
    const [[seed], [draw]] = await here.db.read(
      findSeed(here, election.electionId),
      findDraw(here, election.electionId),
    );
    const published = {
      commitment: seed!.commitment,
      purpose: draw!.purpose,
      lots: JSON.parse(draw!.lots) as number[],
      drawn: JSON.parse(draw!.drawn) as number[],
    };
    expect(published.drawn).toEqual(candidates.map(({ number }) => number));
    expect(replayDraw(published, draw!.seed).ok).toBe(true);
    expect(replayDraw(published, "00".repeat(32))).toMatchObject({ error: { reason: "another_seed" } });
    const leaves = await leavesOf(community, election.electionId);
    const at = (type: string) => leaves.findIndex((leaf) => leaf.type === type);
    expect(at("election.order_seed_committed")).toBeLessThan(at("election.nominated"));
    const entry = JSON.parse(leaves[at("election.candidates_published")]!.entry) as {
      seed: string;
      names: { nomination: number; commitment: string }[];
    };
    expect(entry.seed).toBe(draw!.seed);
    for (const row of candidates) {
      const name = await candidateName(here, row);
      expect(row.publicName).toBe(name);
      expect(await candidatePhone(here, row)).toMatch(/^1380013\d{4}$/);
      expect(row.address).toMatch(/^1栋 [12]单元 000\d$/);
      const salt = Uint8Array.from(nameSalt(here, row.candidateId).match(/../g)!, (pair) => Number.parseInt(pair, 16));
      const committed = entry.names.find(({ nomination }) => nomination === row.number)!.commitment;
      expect(commit(salt, name)).toBe(committed);
      for (const leaf of leaves) expect(leaf.entry).not.toContain(name);
    }
    // Until then the seed was sealed.
    for (const leaf of leaves.slice(0, at("election.candidates_published")))
      expect(leaf.entry).not.toContain(draw!.seed);
    const again = await publishCandidates(chair(community), election.electionId, { fewerReason: "", seen: [1] });
    expect(must(again).drawn).toEqual(published.drawn);
    expect(must(again).earliestVotingOn).toBe(
      earliestVoting(dayOf(EXAMINING), { candidatesBeforeDays: 15, candidatesPublicDays: 7 }),
    );
  });

  test("published by two at once is one list", async () => {
    const community = await estate();
    const electionId = await naming(community);
    for (const room of FIVE) await acceptedIn(community, electionId, room);
    await closeNominations(community, electionId);
    for (const number of [1, 2, 3, 4, 5]) await decided(community, electionId, number);
    const all = await Promise.all([1, 2, 3].map(() => publishNow(community, electionId)));
    const drawn = all.map((one) => must(one).drawn);
    expect(drawn[1]).toEqual(drawn[0]);
    expect(drawn[2]).toEqual(drawn[0]);
    const leaves = await leavesOf(community, electionId);
    expect(leaves.filter(({ type }) => type === "election.candidates_published")).toHaveLength(1);
  });

  test("waits for whoever is undecided, and for every day of an appeal", async () => {
    const community = await estate();
    const electionId = await naming(community);
    for (const room of FIVE) await acceptedIn(community, electionId, room);
    await closeNominations(community, electionId);
    for (const number of [1, 2, 3, 4]) await decided(community, electionId, number);
    expect(await publishNow(community, electionId, "不足")).toMatchObject({
      error: { reason: "undecided", numbers: [5] },
    });
    await decided(community, electionId, 5, "ineligible");
    const { appealUntil } = await candidacyRow(community, electionId, 5);
    expect(await publishNow(community, electionId, "不足", appealUntil! - 1)).toMatchObject({
      error: { reason: "appeals_running", numbers: [5], until: appealUntil },
    });
    expect(await publishNow(community, electionId, "", appealUntil!)).toMatchObject({
      error: { reason: "fewer_than_needed", standing: 4, least: 5, seats: 5 },
    });
    expect((await publishNow(community, electionId, "两次征集仍不足，小组决定继续。", appealUntil!)).ok).toBe(true);
    const leaves = await leavesOf(community, electionId);
    const entry = JSON.parse(leaves.find(({ type }) => type === "election.candidates_published")!.entry) as object;
    expect(entry).toMatchObject({
      fewerThanSeats: true,
      fewerReason: "两次征集仍不足，小组决定继续。",
      least: 5,
      candidates: 4,
    });
  });

  test("leaves off who sold meanwhile, with a decision of its own, and who withdrew or never answered", async () => {
    const community = await estate();
    const electionId = await naming(community);
    for (const room of FIVE) await acceptedIn(community, electionId, room);
    const { name } = await ownerIn(community, "0006");
    must(
      await nominateOnPaper(
        secretary(community, NAMING),
        electionId,
        { channel: "community_party", place: "1-0006", name, document: "推荐函", paper: PAPER, places: [] },
        once(),
      ),
    );
    await closeNominations(community, electionId);
    for (const number of [1, 2, 3, 4, 5]) await decided(community, electionId, number);
    await sell(community, "0002");
    must(
      await withdrawCandidacy(sceneAt(community, EXAMINING), electionId, 4, byOwner(await ownerIn(community, "0004"))),
    );
    const ready = await readReadiness(chair(community), electionId);
    expect(ready!.list).toMatchObject({ standing: [1, 3, 5], soldMeanwhile: [2] });
    const stale = await publishCandidates(chair(community), electionId, { fewerReason: "不足", seen: [1, 2, 3, 5] });
    expect(stale).toEqual({ ok: false, error: { reason: "list_changed" } });
    must(await publishNow(community, electionId, "不足，继续。"));
    expect((await candidatesOf(community, electionId)).map(({ number }) => number).sort()).toEqual([1, 3, 5]);
    expect(await candidacyRow(community, electionId, 2)).toMatchObject({
      outcome: "ineligible",
      decisionNo: 2,
      ballotOrder: null,
    });
    // The roll says so; who thinks it wrong has the roll corrected.
    const appeal = await appealDecision(
      sceneAt(community, EXAMINING),
      electionId,
      2,
      byOwner(await ownerIn(community, "0002")),
      "我没有卖",
    );
    expect(appeal).toMatchObject({ ok: false });
  });

  test("is the same whatever anyone's political affiliation (Q6)", async () => {
    const community = await estate();
    const electionId = await naming(community);
    for (const room of FIVE) await acceptedIn(community, electionId, room);
    for (const [at, text] of ["中共党员", "群众"].entries())
      must(
        await tellAffiliation(
          sceneAt(community, NAMING),
          electionId,
          at + 1,
          byOwner(await ownerIn(community, FIVE[at]!)),
          { text, consents: true },
        ),
      );
    await closeNominations(community, electionId);
    for (const number of [1, 2, 3, 4, 5]) await decided(community, electionId, number);
    const { drawn } = must(await publishNow(community, electionId));
    const here = sceneAt(community);
    const [[draw]] = await here.db.read(findDraw(here, electionId));
    const [[seed]] = await here.db.read(findSeed(here, electionId));
    const lots = [1, 2, 3, 4, 5];
    expect(replayDraw({ commitment: seed!.commitment, purpose: draw!.purpose, lots, drawn }, draw!.seed).ok).toBe(true);
  });

  test("keeps what was published: nothing is described anew, the method and the rows stand", async () => {
    const community = await estate();
    const { election } = await standingElection(community, FIVE);
    const hand = byOwner(await ownerIn(community, "0001"));
    expect(
      await saveProfile(sceneAt(community), election.electionId, 1, hand, {
        profile: PROFILE,
        photo: null,
        keepsPhoto: false,
        version: 1,
      }),
    ).toMatchObject({ error: { reason: "list_is_out" } });
    const here = sceneAt(community);
    for (const statement of [
      sql`UPDATE candidate SET ballot_order = 9 WHERE community_id = ${community.id}`,
      sql`DELETE FROM candidate WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO candidate SELECT * FROM candidate WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO candidacy SELECT community_id, election_id, 'another', number, party_id, party_kind, name_sealed, masked_name, opened_at FROM candidacy WHERE community_id = ${community.id} LIMIT 1`,
      sql`INSERT OR REPLACE INTO candidate SELECT c.community_id, c.election_id, (SELECT max(y.candidacy_id) FROM candidacy y WHERE y.community_id = c.community_id AND y.candidacy_id <> c.candidacy_id), c.ballot_order, c.public_name, c.address, c.party_id, c.head_key, c.published_at FROM candidate c WHERE c.community_id = ${community.id} LIMIT 1`,
      sql`INSERT OR REPLACE INTO candidacy_answer SELECT community_id, election_id, candidacy_id, 2, answer, way, paper_file, person_sealed, phone_sealed, masked_name, person_hash, sent_by_owner, authorisation_file, answered_by, answered_at, leaf_hash FROM candidacy_answer WHERE community_id = ${community.id} LIMIT 1`,
      sql`UPDATE candidate_draw SET seed = ${"0".repeat(64)} WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO candidacy SELECT * FROM candidacy WHERE community_id = ${community.id}`,
      sql`UPDATE eligibility_decision SET outcome = 'ineligible' WHERE community_id = ${community.id}`,
    ])
      expect((await here.db.write([here.db.run(statement)])).ok).toBe(false);
  });
});

describe("an objection to a candidate", () => {
  test("is a ticket for any owner within the days, answered in public before the vote", async () => {
    const community = await estate();
    const { election, candidates } = await standingElection(community, FIVE);
    const { electionId } = election;
    const { number } = candidates[0]!;
    const owner = await ownerIn(community, "0010");
    const object = (now: number, text = "他的妻子在物业公司上班", key = once()) =>
      objectToCandidate(sceneAt(community, now), electionId, number, owner, { text, once: key });
    const key = once();
    const first = must(await object(EXAMINING, undefined, key));
    expect(must(await object(EXAMINING, undefined, key))).toEqual(first);
    expect(await object(EXAMINING, "别的", key)).toMatchObject({ error: { reason: "key_reused" } });
    expect(await object(EXAMINING, " ")).toMatchObject({ error: { reason: "text_missing" } });
    expect(await object(EXAMINING, "长".repeat(2_001))).toMatchObject({ error: { reason: "text_too_long" } });
    const lastOn = "2026-11-27"; // the seventh day after Friday 20 November
    expect((await object(endOf(lastOn) - 1, "最后一刻")).ok).toBe(true);
    expect(await object(endOf(lastOn), "太晚")).toEqual({ ok: false, error: { reason: "objections_over", lastOn } });
    const stranger = await ownerIn(await estate(), "0003");
    expect(
      await objectToCandidate(sceneAt(community, EXAMINING), electionId, number, stranger, { text: "x", once: once() }),
    ).toMatchObject({ error: { reason: "owner_without_head" } });
    const here = sceneAt(community);
    const [tickets, open] = await here.db.read(
      listCandidateObjections(here, electionId),
      countOpenCandidateObjections(here, electionId),
    );
    expect(open).toEqual([{ open: 2 }]);
    expect(await openCandidateObjection(here, tickets[0]!)).toContain("物业公司");
    for (const { entry } of await leavesOf(community, electionId)) expect(entry).not.toContain("物业公司上班");
    const answer = (outcome: "upheld" | "rejected", who = chair(community)) =>
      answerCandidateObjection(who, electionId, tickets[0]!.objectionId, { outcome, answer: "已核实，情况不属实。" });
    const all = await Promise.all([answer("rejected"), answer("rejected")]);
    for (const one of all) expect(one).toEqual({ ok: true, value: { no: 1 } });
    expect(await answer("upheld")).toMatchObject({ error: { reason: "already_answered" } });
  });
});

describe("leaving", () => {
  test("before the paper stands takes the name off the list; afterwards it stays and cannot be elected", async () => {
    const community = await estate();
    const { election } = await standingElection(community, FIVE);
    const { electionId } = election;
    const now = EXAMINING + DAY_MS;
    const leave = async (number: number) => {
      const room = FIVE[number - 1]!;
      return withdrawCandidacy(sceneAt(community, now), electionId, number, byOwner(await ownerIn(community, room)));
    };
    expect(await leave(1)).toEqual({ ok: true, value: { frozen: false } });
    await freeze(community, electionId);
    expect(await leave(2)).toEqual({ ok: true, value: { frozen: true } });
    const rows = await candidatesOf(community, electionId);
    const of = (number: number) => rows.find((row) => row.number === number)!;
    expect(of(1)).toMatchObject({ withdrawnAt: now, withdrawnFrozen: 0 });
    expect(of(2)).toMatchObject({ withdrawnAt: now, withdrawnFrozen: 1 });
    expect(rows.filter(standsNow)).toHaveLength(3);
    const { heads } = await headsOn(sceneAt(community, now), dayOf(now));
    expect(isEligibleToSit(of(2), heads)).toEqual({ ok: false, error: { reason: "withdrawn", at: now } });
    expect(isEligibleToSit(of(3), heads).ok).toBe(true);
    await sell(community, "0003", now);
    const after = await headsOn(sceneAt(community, now), dayOf(now));
    expect(isEligibleToSit(of(3), after.heads)).toEqual({ ok: false, error: { reason: "sold_meanwhile" } });
    const facts = (await leavesOf(community, electionId))
      .filter(({ type }) => type === "election.candidacy_withdrawn")
      .map(({ entry }) => (JSON.parse(entry) as { frozen: boolean }).frozen);
    expect(facts).toEqual([false, true]);
  });

  test("that meets the freezing of the paper is written as what it then is", async () => {
    const community = await estate();
    const { election } = await standingElection(community, FIVE);
    const here = sceneAt(community, EXAMINING);
    const row = await candidacyRow(community, election.electionId, 1);
    await freeze(community, election.electionId);
    // A request that saw the election standing writes when it is voting.
    const written = await here.db.write([
      here.db.run(
        sql`INSERT INTO candidacy_withdrawal(community_id, election_id, candidacy_id, frozen, way, recorded_by, withdrawn_at, leaf_hash)
            VALUES (${community.id}, ${election.electionId}, ${row.candidacyId}, 0, 'web', 'x', 1, 'x')`,
      ),
    ]);
    expect(written).toMatchObject({ error: { code: "election_stale" } });
  });

  test("by a decision after the list is out strikes the name, until an appeal says otherwise", async () => {
    const community = await estate();
    const { election } = await standingElection(community, FIVE);
    const { electionId } = election;
    const now = EXAMINING + DAY_MS;
    await decided(community, electionId, 1, "ineligible", now);
    const [row] = (await candidatesOf(community, electionId)).filter(({ number }) => number === 1);
    expect(row).toMatchObject({ excludedAt: now, withdrawnAt: null });
    expect(standsNow(row!)).toBe(false);
    must(
      await appealDecision(sceneAt(community, now), electionId, 1, byOwner(await ownerIn(community, "0001")), "不属实"),
    );
    must(await ruleOnAppeal(street(community, now), electionId, 1, { outcome: "eligible", reason: "核实不属实" }));
    expect((await candidatesOf(community, electionId)).find(({ number }) => number === 1)!.excludedAt).toBeNull();
  });
});
