/** Names come in by paper and by owners' own sessions, are supported head by head, and answered by the person alone (M5, M6). */
import { describe, expect, test } from "vitest";
import { transferUnit } from "../../src/community/changes/actions.ts";
import { answerNomination, DECLINED, withdrawCandidacy } from "../../src/elections/nominations/answering.ts";
import { openProfile, saveProfile, signDeclaration } from "../../src/elections/nominations/describing.ts";
import { byOwner, onPaper } from "../../src/elections/nominations/hand.ts";
import {
  nominateMyself,
  nominateNeighbour,
  nominateOnPaper,
  type PaperNomination,
} from "../../src/elections/nominations/nominating.ts";
import {
  listAffiliations,
  takeBackAffiliation,
  tellAffiliation,
} from "../../src/elections/nominations/person/affiliation.ts";
import { LONGEST_INTRODUCTION } from "../../src/elections/nominations/person/rules.ts";
import {
  channelsOf,
  listCandidacies,
  listProfiles,
  listSupports,
  only,
} from "../../src/elections/nominations/store.ts";
import { setSupport, supportOnPaper } from "../../src/elections/nominations/supporting.ts";
import { updateElection } from "../../src/elections/store.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { PartyId } from "../../src/kernel/id.ts";
import type { OwnerActor } from "../../src/platform/access.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { getFile } from "../../src/platform/files.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import {
  acceptedIn,
  candidacyRow,
  closeNominations,
  EXAMINING,
  must,
  NAMING,
  NOTHING_TO_DECLARE,
  once,
  ownerIn,
  PAPER,
  PROFILE,
  YES,
} from "./candidates-of-test.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows, secretary as rollKeeper, SMALL, unitIdOf } from "./community-roll-of-test.ts";
import { electing, electionRow, makeElection, methodWith } from "./election-of-test.ts";

const estate = async (rows: readonly string[] = manyRows(30)): Promise<CommunityAddress> => {
  const community = await makeCommunity({ name: "金桂苑" });
  await importFile(community, csvOf(...rows));
  return community;
};
const naming = async (community: CommunityAddress, supportersLeast = 3): Promise<string> =>
  (
    await makeElection(community, {
      state: "nominating",
      method: methodWith({
        supportersLeast,
        channels: ["community_party", "residents_committee", "street", "self", "joint"],
      }),
    })
  ).electionId;
const secretary = (community: CommunityAddress, now = NAMING) => electing(community, "secretary", now);
const scene = (community: CommunityAddress, now = NAMING) => sceneAt(community, now);

/** 甲七's flat of manyRows: building 1, room 0003. */
const paperFor = async (
  community: CommunityAddress,
  room: string,
  change: Partial<PaperNomination> = {},
): Promise<PaperNomination> => ({
  channel: "community_party",
  place: `1栋${room}`,
  name: (await ownerIn(community, room)).name,
  document: "金桂社区党委推荐函（2026）5号",
  paper: PAPER,
  places: [],
  ...change,
});
const leavesOf = async (community: CommunityAddress, electionId: string) => {
  const here = scene(community);
  const [leaves] = await here.db.read(listLeavesAbout(here, electionId, 0, 1_000));
  return leaves;
};
const rowsOf = async (community: CommunityAddress, electionId: string) => {
  const here = scene(community);
  const [rows] = await here.db.read(listCandidacies(here, electionId));
  return rows;
};

async function sell(community: CommunityAddress, room: string, now = NAMING): Promise<void> {
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

describe("a nomination on paper", () => {
  test("by a body names an owner by place and full name, with its document and image", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const done = await nominateOnPaper(secretary(community), electionId, await paperFor(community, "0003"), once());
    expect(done).toEqual({ ok: true, value: { number: 1, joined: false } });
    const [row] = await rowsOf(community, electionId);
    expect(row).toMatchObject({ number: 1, answer: null, channels: '["community_party"]' });
    const leaves = await leavesOf(community, electionId);
    const types = leaves.map(({ type }) => type);
    // The order's seed is committed to before the first name.
    expect(types.indexOf("election.order_seed_committed")).toBeLessThan(types.indexOf("election.nominated"));
    const { name } = await ownerIn(community, "0003");
    for (const { entry } of leaves) {
      expect(entry).not.toContain(name);
      expect(entry).not.toContain(row!.partyId);
    }
  });

  test("by a second channel joins the same candidacy; both are kept and it is never two", async () => {
    const community = await estate();
    const electionId = await naming(community);
    must(await nominateOnPaper(secretary(community), electionId, await paperFor(community, "0003"), once()));
    const street = await paperFor(community, "0003", { channel: "street", document: "街道推荐表" });
    expect(await nominateOnPaper(secretary(community), electionId, street, once())).toEqual({
      ok: true,
      value: { number: 1, joined: true },
    });
    const self = await nominateMyself(scene(community), electionId, await ownerIn(community, "0003"), once());
    expect(self).toEqual({ ok: true, value: { number: 1, joined: true } });
    const rows = await rowsOf(community, electionId);
    expect(rows).toHaveLength(1);
    expect(channelsOf(rows[0]!)).toEqual(["community_party", "self", "street"]);
  });

  test("by the same channel twice is refused with the number; the same form twice is one", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const [paper, key] = [await paperFor(community, "0003"), once()];
    const first = must(await nominateOnPaper(secretary(community), electionId, paper, key));
    expect(must(await nominateOnPaper(secretary(community), electionId, paper, key))).toEqual(first);
    expect(await nominateOnPaper(secretary(community), electionId, paper, once())).toEqual({
      ok: false,
      error: { reason: "already_nominated", number: 1, channel: "community_party" },
    });
    const other = await paperFor(community, "0004");
    expect(await nominateOnPaper(secretary(community), electionId, other, key)).toMatchObject({
      error: { reason: "key_reused" },
    });
  });

  test("of two at once for two people gives two numbers, for one person one candidacy", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const papers = await Promise.all(["0003", "0004", "0005"].map((room) => paperFor(community, room)));
    const done = await Promise.all(
      papers.map((paper) => nominateOnPaper(secretary(community), electionId, paper, once())),
    );
    expect(done.map((one) => must(one).number).sort()).toEqual([1, 2, 3]);
    const again = await Promise.all(
      (["street", "residents_committee"] as const).map(async (channel) =>
        nominateOnPaper(secretary(community), electionId, await paperFor(community, "0006", { channel }), once()),
      ),
    );
    expect(again.map((one) => must(one).number)).toEqual([4, 4]);
    expect(await rowsOf(community, electionId)).toHaveLength(4);
    const seeds = (await leavesOf(community, electionId)).filter(
      ({ type }) => type === "election.order_seed_committed",
    );
    expect(seeds).toHaveLength(1);
  });

  test("of somebody who owns nothing here, or under a wrong name or place, is refused with one and the same answer", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const { name } = await ownerIn(community, "0004");
    const wrong = [
      await paperFor(community, "0003", { name: "王不在" }),
      await paperFor(community, "0003", { name }),
      await paperFor(community, "0003", { place: "9栋9999" }),
      await paperFor(community, "0003", { place: "" }),
      await paperFor(community, "0003", { name: "<script>alert(1)</script>" }),
    ];
    for (const paper of wrong)
      expect(await nominateOnPaper(secretary(community), electionId, paper, once())).toEqual({
        ok: false,
        error: { reason: "nobody_so_named" },
      });
    expect(await rowsOf(community, electionId)).toEqual([]);
  });

  test("of who sold before is refused; of an owner of another community too", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const paper = await paperFor(community, "0003");
    await sell(community, "0003");
    expect(await nominateOnPaper(secretary(community), electionId, paper, once())).toMatchObject({
      error: { reason: "nobody_so_named" },
    });
    const other = await estate();
    const stranger = await ownerIn(other, "0003");
    expect(await nominateMyself(scene(community), electionId, stranger, once())).toMatchObject({
      error: { reason: "owner_without_head" },
    });
  });

  test("lacking its paper, its document or with a page of HTML for a paper, leaves nothing behind", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const tries = [
      [{ paper: null }, { reason: "paper_missing" }],
      [{ document: " " }, { reason: "document_missing" }],
      [{ document: "文".repeat(121) }, { reason: "document_too_long", most: 120 }],
      [
        { paper: { name: "表.pdf", bytes: new TextEncoder().encode("<html><script>") } },
        { reason: "file_type_refused", name: "表.pdf" },
      ],
      [{ channel: "joint", document: "", places: ["1栋0003"] }, { reason: "own_candidacy" }],
      [
        { channel: "joint", document: "", places: ["1栋0004", "8栋0001"] },
        { reason: "places_unknown", lines: ["8栋0001"] },
      ],
    ] as const;
    for (const [change, error] of tries)
      expect(
        await nominateOnPaper(
          secretary(community),
          electionId,
          await paperFor(community, "0003", change as never),
          once(),
        ),
      ).toEqual({ ok: false, error });
    expect(await leavesOf(community, electionId)).toHaveLength(1); // that it was called
  });

  test("is taken to the last millisecond, by the channels of the method, and the database holds it", async () => {
    const community = await estate();
    const { electionId, nominationsCloseAt } = await makeElection(community, { state: "nominating" });
    const paper = await paperFor(community, "0003");
    const late = await nominateOnPaper(secretary(community, nominationsCloseAt!), electionId, paper, once());
    expect(late).toEqual({ ok: false, error: { reason: "nominations_closed", at: nominationsCloseAt } });
    const street = await paperFor(community, "0003", { channel: "street" });
    expect(await nominateOnPaper(secretary(community), electionId, street, once())).toMatchObject({
      error: { reason: "channel_not_open", channel: "street" },
    });
    expect((await nominateOnPaper(secretary(community, nominationsCloseAt! - 1), electionId, paper, once())).ok).toBe(
      true,
    );
    await closeNominations(community, electionId);
    // A request that passed its checks before the close and writes after it.
    const here = scene(community);
    const row = await candidacyRow(community, electionId, 1);
    const written = await here.db.write([
      here.db.run(
        sql`INSERT INTO nomination(community_id, election_id, candidacy_id, channel, way, document, made_by, made_at, leaf_hash)
            VALUES (${community.id}, ${electionId}, ${row.candidacyId}, 'self', 'web', '', 'x', CAST(${NAMING} AS INTEGER), 'x')`,
      ),
    ]);
    expect(written).toMatchObject({ ok: false, error: { code: "nominations_closed" } });
    const preparing = await makeElection(await estate());
    expect(preparing.state).toBe("preparing");
  });

  test("of an election that is only being prepared, or is not there, is refused", async () => {
    const community = await estate();
    const { electionId } = await makeElection(community);
    const paper = await paperFor(community, "0003");
    expect(await nominateOnPaper(secretary(community), electionId, paper, once())).toMatchObject({
      error: { reason: "nominations_not_open" },
    });
    expect(await nominateOnPaper(secretary(community), "none", paper, once())).toMatchObject({
      error: { reason: "unknown_election" },
    });
  });
});

describe("owners themselves", () => {
  test("nominate themselves once, however often they press", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const owner = await ownerIn(community, "0003");
    const all = await Promise.all([1, 2, 3].map(() => nominateMyself(scene(community), electionId, owner, once())));
    for (const one of all) expect(must(one).number).toBe(1);
    expect((await leavesOf(community, electionId)).filter(({ type }) => type === "election.nominated")).toHaveLength(1);
  });

  test("cannot through a guardian: only who has full capacity may sit", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const ward: OwnerActor = { ...(await ownerIn(community, "0003")), guardianId: "guardian" as PartyId };
    expect(await nominateMyself(scene(community), electionId, ward, once())).toMatchObject({
      error: { reason: "no_full_capacity" },
    });
    const number = must(
      await nominateOnPaper(secretary(community), electionId, await paperFor(community, "0003"), once()),
    ).number;
    expect(await answerNomination(scene(community), electionId, number, byOwner(ward), YES)).toMatchObject({
      error: { reason: "no_full_capacity" },
    });
  });

  test("start a neighbour's joint nomination and are its first supporter; not their own, and only so many", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const owner = await ownerIn(community, "0003");
    const neighbour = async (room: string) => ({ place: `1-${room}`, name: (await ownerIn(community, room)).name });
    expect(await nominateNeighbour(scene(community), electionId, owner, await neighbour("0003"), once())).toMatchObject(
      {
        error: { reason: "name_yourself_alone" },
      },
    );
    for (const [at, room] of ["0004", "0005", "0006", "0007", "0010"].entries())
      expect(
        must(await nominateNeighbour(scene(community), electionId, owner, await neighbour(room), once())).number,
      ).toBe(at + 1);
    expect(await nominateNeighbour(scene(community), electionId, owner, await neighbour("0011"), once())).toMatchObject(
      {
        error: { reason: "too_many_started", most: 5 },
      },
    );
    const rows = await rowsOf(community, electionId);
    expect(rows.map(({ supports }) => supports)).toEqual([1, 1, 1, 1, 1]);
    const second = await nominateNeighbour(
      scene(community),
      electionId,
      await ownerIn(community, "0012"),
      await neighbour("0004"),
      once(),
    );
    expect(second).toMatchObject({ error: { reason: "already_nominated", number: 1, channel: "joint" } });
  });
});

describe("support", () => {
  const jointly = async (community: CommunityAddress, electionId: string, room = "0003"): Promise<number> =>
    must(
      await nominateOnPaper(
        secretary(community),
        electionId,
        await paperFor(community, room, { channel: "joint", document: "" }),
        once(),
      ),
    ).number;

  test("is one a head: given twice, from two telephones at once, or for both units, it is one entry", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await jointly(community, electionId);
    const owner = await ownerIn(community, "0008"); // owns 0009 too
    const both = await Promise.all(
      [1, 2, 3].map(() => setSupport(scene(community), electionId, number, owner, "given")),
    );
    for (const one of both) expect(one).toEqual({ ok: true, value: { number } });
    expect((await candidacyRow(community, electionId, number)).supports).toBe(1);
    const leaves = (await leavesOf(community, electionId)).filter(
      ({ type }) => type === "election.nomination_supported",
    );
    expect(leaves).toHaveLength(1);
    expect(leaves[0]!.entry).not.toContain(owner.partyId);
  });

  test("is taken back and given again while names are taken, and is no more when the head has sold", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await jointly(community, electionId);
    const owner = await ownerIn(community, "0005");
    for (const wanted of ["given", "taken_back", "taken_back", "given"] as const)
      must(await setSupport(scene(community), electionId, number, owner, wanted));
    const here = scene(community);
    const row = await candidacyRow(community, electionId, number);
    const [supports] = await here.db.read(listSupports(here, { candidacyId: row.candidacyId }));
    expect(supports).toMatchObject([{ turn: 3 }]);
    await sell(community, "0005");
    expect(await setSupport(scene(community), electionId, number, owner, "taken_back")).toMatchObject({
      error: { reason: "owner_without_head" },
    });
  });

  test("of the person themselves, of co-owners who chose nobody, and after the close, is refused", async () => {
    const community = await estate(SMALL);
    const electionId = await naming(community);
    const paper = {
      channel: "joint",
      place: "1栋0101",
      name: "张三丰",
      document: "",
      paper: PAPER,
      places: [],
    } as const;
    const { number } = must(await nominateOnPaper(secretary(community), electionId, paper, once()));
    const self = await ownerIn(community, "0101");
    expect(await setSupport(scene(community), electionId, number, self, "given")).toMatchObject({
      error: { reason: "own_candidacy" },
    });
    const couple = await ownerIn(community, "0201");
    expect(await setSupport(scene(community), electionId, number, couple, "given")).toMatchObject({
      error: { reason: "nobody_chosen" },
    });
    const { nominationsCloseAt } = await electionRow(community, electionId);
    const company = await ownerIn(community, "S01");
    expect(await setSupport(scene(community, nominationsCloseAt!), electionId, number, company, "given")).toMatchObject(
      {
        error: { reason: "nominations_closed" },
      },
    );
    expect((await setSupport(scene(community), electionId, number, company, "given")).ok).toBe(true);
    expect(await setSupport(scene(community), electionId, 99, company, "given")).toMatchObject({
      error: { reason: "unknown_candidacy" },
    });
  });

  test("by sheet counts each head once, tells the lines it cannot read, and skips who supports already", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await jointly(community, electionId);
    must(await setSupport(scene(community), electionId, number, await ownerIn(community, "0005"), "given"));
    const sheet = (places: readonly string[], paper: typeof PAPER | null = PAPER) =>
      supportOnPaper(secretary(community), electionId, number, { places, paper });
    expect(await sheet(["1栋0005", "1栋0008", "1栋0009", "1栋0006"])).toEqual({
      ok: true,
      value: { added: 2, known: 1 },
    });
    expect((await candidacyRow(community, electionId, number)).supports).toBe(3);
    expect(await sheet(["1栋0005", "三十栋1"])).toMatchObject({
      error: { reason: "places_unknown", lines: ["三十栋1"] },
    });
    expect(await sheet(["1栋0007"], null)).toMatchObject({ error: { reason: "paper_missing" } });
    expect(await sheet([])).toMatchObject({ error: { reason: "nothing_typed" } });
    const self = must(await nominateMyself(scene(community), electionId, await ownerIn(community, "0010"), once()));
    expect(
      await setSupport(scene(community), electionId, self.number, await ownerIn(community, "0011"), "given"),
    ).toMatchObject({
      error: { reason: "not_joint" },
    });
  });
});

describe("the person's answer", () => {
  const nominated = async (community: CommunityAddress, electionId: string, room = "0003"): Promise<number> =>
    must(await nominateOnPaper(secretary(community), electionId, await paperFor(community, room), once())).number;

  test("is theirs alone, and twice or at once it is one", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await nominated(community, electionId);
    const [owner, other] = [await ownerIn(community, "0003"), await ownerIn(community, "0004")];
    expect(await answerNomination(scene(community), electionId, number, byOwner(other), YES)).toEqual({
      ok: false,
      error: { reason: "unknown_candidacy" },
    });
    const all = await Promise.all(
      [1, 2, 3].map(() => answerNomination(scene(community), electionId, number, byOwner(owner), YES)),
    );
    for (const one of all) expect(one).toEqual({ ok: true, value: { number } });
    expect((await candidacyRow(community, electionId, number)).answers).toBe(1);
    expect(await answerNomination(scene(community), electionId, number, byOwner(owner), DECLINED)).toEqual({
      ok: false,
      error: { reason: "already_answered", answer: "accepted" },
    });
  });

  test("yes and no at once: one stands, the other hears it", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await nominated(community, electionId);
    const hand = byOwner(await ownerIn(community, "0003"));
    const both = await Promise.all([
      answerNomination(scene(community), electionId, number, hand, YES),
      answerNomination(scene(community), electionId, number, hand, DECLINED),
    ]);
    const { answer, answers } = await candidacyRow(community, electionId, number);
    // A no may be followed by a yes; a yes is not followed by a no.
    expect(answer === "accepted" ? answers >= 1 : answers === 1).toBe(true);
    expect(both.some(({ ok }) => ok)).toBe(true);
  });

  test("may be no, and later yes; without the consent to the name, or with no number, it is not taken", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await nominated(community, electionId);
    const hand = byOwner(await ownerIn(community, "0003"));
    must(await answerNomination(scene(community), electionId, number, hand, DECLINED));
    expect((await candidacyRow(community, electionId, number)).answer).toBe("declined");
    expect(
      await answerNomination(scene(community), electionId, number, hand, { ...YES, consentsToName: false, phone: "1" }),
    ).toMatchObject({
      error: { reason: "person_faulty", faults: [{ reason: "phone_malformed" }, { reason: "name_consent_missing" }] },
    });
    must(await answerNomination(scene(community), electionId, number, hand, YES));
    const row = await candidacyRow(community, electionId, number);
    expect(row).toMatchObject({ answer: "accepted", answers: 2, sentByOwner: 0 });
    // Nothing personal in clear.
    for (const sealed of [row.nameSealed, row.personSealed, row.phoneSealed]) expect(sealed).not.toContain(YES.phone);
  });

  test("on signed paper is entered with its image", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await nominated(community, electionId);
    const staff = secretary(community);
    expect(await onPaper(staff, null)).toEqual({ ok: false, error: { reason: "paper_missing" } });
    const hand = must(await onPaper(staff, PAPER));
    must(await answerNomination(staff, electionId, number, hand, YES));
    expect((await candidacyRow(community, electionId, number)).personMasked).toMatch(/^甲\*/);
  });

  test("of a company names a natural person with its authorisation, who does not stand twice", async () => {
    const community = await estate(SMALL);
    const electionId = await naming(community);
    const asked = { channel: "street", document: "推荐表", paper: PAPER, places: [] } as const;
    const shop = { ...asked, place: "2栋S01", name: "重庆便民超市有限公司" };
    const { number } = must(await nominateOnPaper(secretary(community), electionId, shop, once()));
    const company = byOwner(await ownerIn(community, "S01"));
    const sent = { ...YES, name: "周经理", phone: "13811112222", authorisation: PAPER };
    expect(
      await answerNomination(scene(community), electionId, number, company, { ...sent, authorisation: null }),
    ).toMatchObject({ error: { reason: "authorisation_missing" } });
    expect(
      await answerNomination(scene(community), electionId, number, company, { ...sent, name: "<b>周</b>" }),
    ).toMatchObject({ error: { reason: "person_faulty", faults: [{ reason: "name_malformed" }] } });
    const owner = await ownerIn(community, "0101");
    const self = must(await nominateMyself(scene(community), electionId, owner, once()));
    must(await answerNomination(scene(community), electionId, self.number, byOwner(owner), YES));
    expect(
      await answerNomination(scene(community), electionId, number, company, {
        ...sent,
        name: "张三丰",
        phone: YES.phone,
      }),
    ).toEqual({ ok: false, error: { reason: "person_stands_already" } });
    must(await answerNomination(scene(community), electionId, number, company, sent));
    expect(await candidacyRow(community, electionId, number)).toMatchObject({ sentByOwner: 1, personMasked: "周**" });
  });

  test("comes too late once the list is out", async () => {
    const community = await estate();
    const { electionId } = await makeElection(community, { state: "nominating" });
    const number = await nominated(community, electionId);
    const here = scene(community);
    await closeNominations(community, electionId);
    expect(
      (
        await answerNomination(
          scene(community, EXAMINING),
          electionId,
          number,
          byOwner(await ownerIn(community, "0003")),
          DECLINED,
        )
      ).ok,
    ).toBe(true);
    await here.db.write(updateElection(here, await electionRow(community, electionId), { state: "standing" }));
    expect(
      await answerNomination(here, electionId, number, byOwner(await ownerIn(community, "0003")), YES),
    ).toMatchObject({ error: { reason: "answers_over", state: "standing" } });
  });
});

describe("what a candidate tells", () => {
  const png = () => {
    const chunk = (name: string, size = 0) => [
      ...[0, 0, 0, size],
      ...new TextEncoder().encode(name),
      ...new Array(size).fill(65),
      0,
      0,
      0,
      0,
    ];
    return Uint8Array.from([
      0x89,
      0x50,
      0x4e,
      0x47,
      0x0d,
      0x0a,
      0x1a,
      0x0a,
      ...chunk("IHDR", 13),
      ...chunk("tEXt", 40),
      ...chunk("IEND"),
    ]);
  };

  test("is kept by version, sealed, and the photograph loses what hides in it", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await acceptedIn(community, electionId, "0003");
    const hand = byOwner(await ownerIn(community, "0003"));
    const next = {
      profile: { ...PROFILE, introduction: "第二版" },
      photo: { name: "我.png", bytes: png() },
      keepsPhoto: false,
      version: 1,
    };
    expect(await saveProfile(scene(community), electionId, number, hand, next)).toEqual({
      ok: true,
      value: { version: 2 },
    });
    expect(
      await saveProfile(scene(community), electionId, number, hand, { ...next, photo: null, keepsPhoto: true }),
    ).toEqual({
      ok: true,
      value: { version: 2 },
    });
    expect(
      await saveProfile(scene(community), electionId, number, hand, {
        ...next,
        profile: { ...PROFILE, introduction: "别的" },
      }),
    ).toMatchObject({ error: { reason: "version_stale" } });
    const here = scene(community);
    const row = await candidacyRow(community, electionId, number);
    const [profiles] = await here.db.read(listProfiles(here, only(row.candidacyId)));
    expect(profiles[0]!.contentSealed).not.toContain("第二版");
    expect((await openProfile(here, profiles[0]!)).value.introduction).toBe("第二版");
    const file = await getFile(here, profiles[0]!.photoFile!, "private");
    expect(file!.stored.mediaType).toBe("image/png");
    expect(new TextDecoder("latin1").decode(file!.bytes)).not.toContain("tEXt");
  });

  test("too long, or with a script for a photograph, is refused by what is wrong", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await acceptedIn(community, electionId, "0003");
    const hand = byOwner(await ownerIn(community, "0003"));
    const save = (profile: Partial<typeof PROFILE>, photo: typeof PAPER | null = null) =>
      saveProfile(scene(community), electionId, number, hand, {
        profile: { ...PROFILE, ...profile },
        photo,
        keepsPhoto: false,
        version: 1,
      });
    expect(await save({ introduction: "长".repeat(LONGEST_INTRODUCTION + 1) })).toMatchObject({
      error: { reason: "profile_faulty", faults: [{ reason: "introduction_too_long", length: 501, most: 500 }] },
    });
    for (const bytes of ["<svg onload=alert(1)>", "%PDF-1.7", "\u00ff"])
      expect(await save({}, { name: "photo.jpg", bytes: new TextEncoder().encode(bytes) })).toMatchObject({
        error: { reason: "photo_refused" },
      });
    expect((await candidacyRow(community, electionId, number)).profileVersion).toBe(1);
  });

  test("and declares needs a yes first, and everything that is asked", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const owner = await ownerIn(community, "0003");
    const { number } = must(await nominateMyself(scene(community), electionId, owner, once()));
    const hand = byOwner(owner);
    expect(await signDeclaration(scene(community), electionId, number, hand, NOTHING_TO_DECLARE)).toMatchObject({
      error: { reason: "not_accepted" },
    });
    must(await answerNomination(scene(community), electionId, number, hand, YES));
    const unsigned = { ...NOTHING_TO_DECLARE, declaration: { ...NOTHING_TO_DECLARE.declaration, signed: false } };
    expect(await signDeclaration(scene(community), electionId, number, hand, unsigned)).toMatchObject({
      error: { reason: "declaration_faulty", faults: [{ reason: "not_signed" }] },
    });
    const both = await Promise.all(
      [1, 2].map(() => signDeclaration(scene(community), electionId, number, hand, NOTHING_TO_DECLARE)),
    );
    for (const one of both) expect(one).toEqual({ ok: true, value: { version: 1 } });
  });

  test("of their political affiliation is kept only with a consent of its own, and gone when that is taken back", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await acceptedIn(community, electionId, "0003");
    const hand = byOwner(await ownerIn(community, "0003"));
    const tell = (text: string, consents: boolean) =>
      tellAffiliation(scene(community), electionId, number, hand, { text, consents });
    expect(await tell("中共党员", false)).toMatchObject({ error: { reason: "consent_missing" } });
    expect(await tell("党".repeat(21), true)).toMatchObject({ error: { reason: "affiliation_too_long" } });
    must(await tell("中共党员", true));
    must(await tell("中共党员", true));
    const here = scene(community);
    const { candidacyId } = await candidacyRow(community, electionId, number);
    const [held] = await here.db.read(listAffiliations(here, only(candidacyId)));
    expect(held).toHaveLength(1);
    expect(held[0]!.sealed).not.toContain("党");
    for (const { entry } of await leavesOf(community, electionId)) expect(entry).not.toContain("党员");
    must(await takeBackAffiliation(here, electionId, number, hand));
    must(await takeBackAffiliation(here, electionId, number, hand));
    const [rest] = await here.db.read(
      here.db.all<{ sealed: string | null }>(
        sql`SELECT sealed FROM candidacy_affiliation WHERE community_id = ${community.id}`,
      ),
    );
    expect(rest).toEqual([{ sealed: null }]);
  });
});

describe("a withdrawal", () => {
  test("is once, by the person, and nobody is nominated again after it", async () => {
    const community = await estate();
    const electionId = await naming(community);
    const number = await acceptedIn(community, electionId, "0003");
    const [owner, other] = [byOwner(await ownerIn(community, "0003")), byOwner(await ownerIn(community, "0004"))];
    expect(await withdrawCandidacy(scene(community), electionId, number, other)).toMatchObject({
      error: { reason: "unknown_candidacy" },
    });
    const both = await Promise.all([1, 2].map(() => withdrawCandidacy(scene(community), electionId, number, owner)));
    expect(both.filter(({ ok }) => ok)).toEqual([{ ok: true, value: { frozen: false } }]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { reason: "already_withdrawn" } });
    expect(
      await nominateOnPaper(secretary(community), electionId, await paperFor(community, "0003"), once()),
    ).toMatchObject({
      error: { reason: "candidacy_withdrawn" },
    });
  });
});
