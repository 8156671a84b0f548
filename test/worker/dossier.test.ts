/** The dossier of a meeting: everything in it can be recomputed, nothing in it is personal, and the same state is the same file. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { convenePetition, openPetition, recordSignature } from "../../src/assembly/convening/actions.ts";
import { countMeeting, recount } from "../../src/assembly/counting/actions.ts";
import { insertContacts } from "../../src/assembly/delivery/store.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { amend } from "../../src/assembly/meeting/changing.ts";
import { saveFrame, saveItem } from "../../src/assembly/meeting/drafting.ts";
import { draftOfEdition, readManifest } from "../../src/assembly/meeting/reading.ts";
import { listEditions } from "../../src/assembly/meeting/store.ts";
import { enterPaper } from "../../src/assembly/paper/actions.ts";
import { answerObjection, fileObjection, publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { saveSettings } from "../../src/assembly/settings/actions.ts";
import { DEFAULT_RULES } from "../../src/assembly/settings/rules.ts";
import { answerObjection as answerRoll, raiseObjection } from "../../src/community/snapshot/objections/actions.ts";
import { findMeetingSnapshot } from "../../src/community/snapshot/store.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { makeCheckpoint } from "../../src/record/actions.ts";
import { provableLeaves } from "../../src/record/merkle/list.ts";
import { parseVkey } from "../../src/record/note/key.ts";
import { parseReceipt } from "../../src/record/receipt/file.ts";
import { checkReceipt } from "../../src/record/receipt/rules.ts";
import { commit, leafHashOf } from "../../src/record/rules.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { unitIdOf } from "./community-roll-of-test.ts";
import { estate, signedIn, stranger } from "./desk-of-test.ts";
import { all, as, CLOSES_AT, drafted, itemOf, newOnce, OPENS_AT, opened, vote } from "./meeting-of-test.ts";

const HOUR_MS = 3_600_000;
const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
const SHIFT = 10 * DAY_MS; // the amended notice gives the whole period again
const OPENS = OPENS_AT + SHIFT;
const CLOSES = CLOSES_AT + SHIFT;
const SECRETS = ["屋顶漏水我反对", "面积应为八十九点六六", "产权证已核对，成立"];

/** A meeting that has been through everything: a petition, an amendment, objections, paper, a recount. */
async function throughEverything(): Promise<{ community: CommunityAddress; meetingId: MeetingId }> {
  const community = await estate(30);
  const secretary = (now = T0) => as(community, "secretary", now);
  const chair = (now = T0) => as(community, "chair", now);
  const { petitionId } = must(await openPetition(secretary(), { subject: "是否更换物业服务企业" }, newOnce()));
  for (let room = 0; room < 6; room += 1) {
    const unitId = await unitIdOf(community, String(room).padStart(4, "0"));
    must(await recordSignature(secretary(), petitionId, unitId, newOnce()));
  }
  const { meetingId } = must(await convenePetition(secretary(), petitionId));
  const convener = { kind: "petition" as const, cause: "是否更换物业服务企业", petitionId };
  const frame = { title: "2026年临时会议", convener, opensAt: OPENS_AT, closesAt: CLOSES_AT };
  let saved = must(await saveFrame(secretary(), { meetingId, version: 1, once: newOnce() }, frame));
  for (const item of [itemOf(1), itemOf(2)])
    saved = must(await saveItem(secretary(), { ...saved, once: newOnce() }, item));
  must(await giveNotice(chair(), meetingId, saved.version));
  const first = sceneAt(community, T0 + HOUR_MS);
  const [editions] = await first.db.read(listEditions(first, meetingId));
  const content = draftOfEdition(readManifest(editions[0]!), { opensAt: OPENS_AT, closesAt: CLOSES_AT });
  const items = [itemOf(1, { text: "改过的方案，\n分两行写。" }), itemOf(2)];
  const amended = { ...content, items, opensAt: OPENS, closesAt: CLOSES };
  must(await amend(chair(T0 + DAY_MS), meetingId, { fromEdition: 1, content: amended, why: "方案写错了" }));
  const raising = sceneAt(community, T0 + DAY_MS + HOUR_MS);
  const [snapshots] = await raising.db.read(findMeetingSnapshot(raising, meetingId));
  const raised = { snapshotId: snapshots[0]!.snapshotId, voterNo: 2, by: "voter", text: SECRETS[1]! };
  const { objectionId } = must(await raiseObjection(raising, raised));
  must(await answerRoll(secretary(T0 + 2 * DAY_MS), objectionId, { outcome: "rejected", text: SECRETS[2]! }));
  await runDue(sceneAt(community, OPENS));
  const reached = sceneAt(community, OPENS + HOUR_MS);
  const contacts = [0, 1, 2].map((voterNo) => ({ voterNo, kind: "opened", by: "voter", note: "" }));
  await reached.db.write(insertContacts(reached, meetingId, contacts));
  const door = [{ voterNo: 4, kind: "refused", by: "person-x", note: "sealed" }];
  await reached.db.write(insertContacts(reached, meetingId, door));
  for (let voter = 0; voter < 22; voter += 1)
    must(await vote(community, meetingId, voter, all(voter < 18 ? 1 : 2), OPENS + 2 * HOUR_MS));
  const typed = { signed: true, answers: all(1) };
  const sheet = { meetingId, voterNo: 22, typed, receivedAt: OPENS + HOUR_MS };
  const photo = { name: "票.jpg", bytes: JPEG };
  const clerk = as(community, "secretary", OPENS + 3 * HOUR_MS);
  const reader = as(community, "teller", OPENS + 4 * HOUR_MS);
  must(await enterPaper(clerk, { ...sheet, photo }));
  must(await enterPaper(reader, sheet));
  await runDue(sceneAt(community, CLOSES));
  must(await countMeeting(as(community, "teller", CLOSES + HOUR_MS), meetingId));
  must(await publishResult(chair(CLOSES + 2 * HOUR_MS), meetingId, 1));
  const objecting = sceneAt(community, CLOSES + 3 * HOUR_MS);
  const ticket = {
    meetingId,
    voterNo: 5,
    about: "result" as const,
    text: SECRETS[0]!,
    wantsRecount: true,
    once: newOnce(),
  };
  const filed = must(await fileObjection(objecting, ticket));
  must(await recount(as(community, "teller", CLOSES + DAY_MS), meetingId, { afterRun: 1, why: "第1号异议要求复核" }));
  must(await publishResult(chair(CLOSES + DAY_MS), meetingId, 2));
  must(await answerObjection(secretary(CLOSES + 2 * DAY_MS), meetingId, filed.objectionId, "已复核，结果相同。"));
  await runDue(sceneAt(community, CLOSES + 30 * DAY_MS));
  return { community, meetingId };
}

const AFTERWARDS = CLOSES + 31 * DAY_MS;
type Files = Map<string, string>;

async function download(community: CommunityAddress, now: number, number = 1, query = ""): Promise<Uint8Array> {
  const browser = await signedIn(community, "secretary", now);
  const response = await browser.send(`/c/${community.slug}/desk/meetings/${number}/dossier.zip${query}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/zip");
  return new Uint8Array(await response.arrayBuffer());
}

const unpacked = (bytes: Uint8Array): Files =>
  new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]));
const jsonIn = <T>(files: Files, path: string): T => JSON.parse(files.get(path)!) as T;
const linesIn = (files: Files, path: string): string[] => files.get(path)!.trimEnd().split("\n");
const rowsIn = (files: Files, path: string): string[][] =>
  linesIn(files, path)
    .slice(1)
    .map((line) => line.split(","));
const sha256Of = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

describe("of a meeting that went through everything", () => {
  let community: CommunityAddress;
  let meetingId: MeetingId;
  let bytes: Uint8Array;
  let files: Files;
  /** Every entry by its place, as the dossier has them. */
  let entries: (Record<string, unknown> & { type: string; seq: number; text: string })[];

  beforeAll(async () => {
    ({ community, meetingId } = await throughEverything());
    bytes = await download(community, AFTERWARDS);
    files = unpacked(bytes);
    const texts = linesIn(files, "record/entries.jsonl");
    entries = rowsIn(files, "record/entries.csv").map(([seq], at) => ({
      ...(JSON.parse(texts[at]!) as { type: string }),
      seq: Number(seq),
      text: texts[at]!,
    }));
  });
  const of = (type: string) => entries.filter((entry) => entry.type === type);

  test("the guide and the list name every file, and each has the hash it is listed with", () => {
    const { files: listed } = jsonIn<{ files: { path: string; bytes: number; sha256: string }[] }>(
      files,
      "manifest.json",
    );
    const paths = [...files.keys()].filter((path) => path !== "manifest.json" && path !== "SHA256SUMS");
    expect(listed.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
    for (const { path, bytes: length, sha256: hash } of listed) {
      expect([path, sha256Of(files.get(path)!)]).toEqual([path, hash]);
      expect(utf8ToBytes(files.get(path)!).length).toBe(length);
    }
    for (const line of linesIn(files, "SHA256SUMS")) {
      const [hash, path] = line.split("  ");
      expect(sha256Of(files.get(path!)!)).toBe(hash);
    }
    const guide = files.get("README.txt")!;
    for (const path of paths) {
      const named = path
        .replace(/edition-\d/, "edition-N")
        .replace(/run-\d/, "run-N")
        .replace(/v\d\.csv/, "vN.csv");
      expect(guide).toContain(named.startsWith("record/proofs/") ? "record/proofs/*.tlog-proof" : named);
    }
    expect(guide).toContain("《民法典》第二百八十条第二款");
  });

  test("what was asked is what the record committed to, edition by edition", () => {
    const editions = jsonIn<{ edition: number; manifestHash: string; why: string }[]>(files, "notice/editions.json");
    expect(editions.map(({ edition, why }) => [edition, why])).toEqual([
      [1, ""],
      [2, "方案写错了"],
    ]);
    const recorded = [...of("meeting.notice_given"), ...of("meeting.amended")].map(({ manifest }) => manifest);
    expect(editions.map(({ manifestHash }) => manifestHash)).toEqual(recorded);
    for (const { edition, manifestHash } of editions)
      expect(sha256Of(files.get(`notice/edition-${edition}.json`)!)).toBe(manifestHash);
    const sheet = files.get("notice/edition-2.html")!;
    expect(sheet).toContain("关于召开2026年临时会议的公告");
    expect(sheet).toContain("改过的方案，");
    expect(sheet).not.toMatch(/<script|<link|src=/);
    expect(files.get("notice/edition-1.html")).not.toContain("改过的方案，");
    const rules = jsonIn<{ name: string; words: string }[]>(files, "notice/rules.json");
    expect(rules).toHaveLength(Object.keys(DEFAULT_RULES).length);
  });

  test("the roll's leaves make the root the record has, and the roll has no line of anybody", () => {
    const [version] = jsonIn<{ root: string; owners: number }[]>(files, "roll/versions.json");
    const rows = rowsIn(files, "roll/leaves-v1.csv");
    expect(rows.map(([position]) => Number(position))).toEqual(rows.map((_, at) => at));
    expect(rows).toHaveLength(version!.owners);
    expect(provableLeaves(rows.map(([, , leaf]) => leaf!)).root).toBe(version!.root);
    expect(of("roll.frozen").map(({ root }) => root)).toEqual([version!.root]);
  });

  test("every entry stands where it says under the signed checkpoint", () => {
    const leaves = linesIn(files, "record/leaves.txt");
    const root = files.get("record/checkpoint.txt")!.split("\n")[2]!;
    expect(bytesToHex(Uint8Array.from(atob(root), (one) => one.charCodeAt(0)))).toBe(provableLeaves(leaves).root);
    expect(Number(files.get("record/checkpoint.txt")!.split("\n")[1])).toBe(leaves.length);
    for (const { seq, text } of entries) expect(leaves[seq]).toBe(leafHashOf(text));
    const listed = rowsIn(files, "record/entries.csv").map(([, , leaf]) => leaf);
    expect(listed).toEqual(entries.map(({ text }) => leafHashOf(text)));
    const key = must(parseVkey(files.get("record/vkey.txt")!.trim()));
    const proofs = [...files.keys()].filter((path) => path.startsWith("record/proofs/"));
    expect(proofs.length).toBe(entries.filter(({ type }) => /^(meeting|roll|petition)\./.test(type)).length);
    for (const path of proofs)
      expect(checkReceipt(must(parseReceipt(files.get(path)!)), key, []).verdict).toBe("proved");
  });

  test("the ballots add up to what was published, and the published sums are those that were sealed at the count", () => {
    const ballots = rowsIn(files, "ballots/ballots.csv");
    expect(ballots).toHaveLength(23);
    const byLeaf = new Map(entries.map((entry) => [leafHashOf(entry.text), entry]));
    type Part = { item: number; owners: number; areaDm2: number };
    const parts = ballots
      .filter(([, version]) => version === "1")
      .flatMap(([voter, , , , commitment, leaf]) => {
        const cast = byLeaf.get(leaf!)!;
        expect(cast).toMatchObject({ type: "ballot.cast", voter: Number(voter), commitment });
        return cast.items as Part[];
      });
    const run = jsonIn<{
      items: { itemNo: number; participated: { owners: number; areaM2: string } }[];
      opening: { salt: string; results: never };
      leaf: string;
    }>(files, "count/run-1.json");
    for (const { itemNo, participated } of run.items) {
      const own = parts.filter(({ item }) => item === itemNo);
      expect(own.reduce((sum, { owners }) => sum + owners, 0)).toBe(participated.owners);
      const areaDm2 = own.reduce((sum, part) => sum + part.areaDm2, 0);
      expect(areaDm2).toBe(Math.round(Number(participated.areaM2) * 100));
    }
    const counted = byLeaf.get(run.leaf)!;
    expect(commit(hexToBytes(run.opening.salt), run.opening.results)).toBe(counted.results);
    expect(files.has("count/run-2.json")).toBe(true);
    expect(files.get("count/run-2.html")).toContain("第1号异议要求复核");
    expect(files.get("count/run-1.html")).toContain("23 × 3 = 69");
  });

  test("deliveries, papers, objections, petition and events are there", () => {
    expect(rowsIn(files, "delivery/contacts.csv").map(([voter, , kind]) => [voter, kind])).toEqual([
      ["0", "opened"],
      ["1", "opened"],
      ["2", "opened"],
    ]);
    expect(rowsIn(files, "paper/readings.csv").map(([voter, , reading]) => [voter, reading])).toEqual([
      ["22", "1"],
      ["22", "2"],
    ]);
    expect(rowsIn(files, "paper/readings.csv")[0]![5]).toBe(bytesToHex(sha256(JPEG)));
    const [settled] = rowsIn(files, "paper/sheets.csv");
    expect(settled!.slice(0, 3)).toEqual(["22", "1", "counted"]);
    expect(rowsIn(files, "ballots/ballots.csv").some(([, , , , , leaf]) => leaf === settled![4])).toBe(true);
    expect(jsonIn(files, "objections/tickets.json")).toMatchObject([
      { no: 1, wantsRecount: true, answer: "已复核，结果相同。" },
    ]);
    expect(jsonIn(files, "objections/roll.json")).toMatchObject([{ no: 1, outcome: "rejected" }]);
    expect(jsonIn(files, "petition.json")).toMatchObject({
      signaturesRecorded: 6,
      whenConvened: { signed: { owners: 6 }, total: { owners: 27 }, byHeads: true },
    });
    expect(jsonIn<{ kind: string }[]>(files, "events.json").map(({ kind }) => kind)).toEqual([
      "notice_given",
      "amended",
      "opened",
      "closed",
      "counting_began",
      "counted",
      "published",
      "objection_made",
      "counted",
      "published",
      "objection_answered",
      "final",
    ]);
  });

  test("nothing personal, no choice and no salt is in any file", async () => {
    const { db } = sceneAt(community);
    const [people, voters, ballots] = await db.read(
      db.all<{ name: string }>(sql`SELECT masked_name AS name FROM party_detail WHERE community_id = ${community.id}`),
      db.all<{ salt: string }>(sql`SELECT salt FROM snapshot_voter WHERE community_id = ${community.id}`),
      db.all<{ salt: string; answers: string }>(
        sql`SELECT salt, answers FROM ballot WHERE community_id = ${community.id} AND meeting_id = ${meetingId}`,
      ),
    );
    const forbidden = [
      ...new Set(people.map(({ name }) => name)),
      ...voters.map(({ salt }) => salt),
      ...ballots.map(({ salt }) => salt),
      ...new Set(ballots.map(({ answers }) => answers)),
      ...SECRETS,
      "1单元",
      "refused",
    ];
    expect(forbidden.length).toBeGreaterThan(50);
    for (const [path, text] of files)
      for (const secret of forbidden) expect([path, secret, text.includes(secret)]).toEqual([path, secret, false]);
    for (const [path, text] of files) expect([path, /139\d{8}/.exec(text)?.[0]]).toEqual([path, undefined]);
  });

  test("asked again, in another language, after the record grew by other things, it is the same file to the byte", async () => {
    const grown = sceneAt(community, AFTERWARDS + DAY_MS);
    const rules = { ...DEFAULT_RULES, proxyCap: { value: 2, clause: "《议事规则》第八条" } };
    must(await saveSettings(as(community, "chair", AFTERWARDS + DAY_MS), rules, {}));
    must(await makeCheckpoint(grown));
    const again = await download(community, AFTERWARDS + 40 * DAY_MS, 1, "?lang=en");
    expect(sha256Of(bytesToHex(again))).toBe(sha256Of(bytesToHex(bytes)));
  });

  test("is there for whoever may read meetings or audits, and for nobody else", async () => {
    const path = `/c/${community.slug}/desk/meetings/1/dossier.zip`;
    for (const post of ["committee_chair", "teller", "supervisor", "street_officer"] as const)
      expect((await (await signedIn(community, post, AFTERWARDS)).get(path)).status).toBe(200);
    for (const post of ["volunteer", "provider_staff"] as const)
      expect((await (await signedIn(community, post, AFTERWARDS)).get(path)).status).toBe(404);
    expect((await stranger(AFTERWARDS).get(path)).headers.get("location")).toContain("/sign-in");
    const other = await estate(3);
    expect(
      (await (await signedIn(other, "secretary")).get(`/c/${other.slug}/desk/meetings/1/dossier.zip`)).status,
    ).toBe(404);
  });

  test("of a roll that was altered behind the record's back is not made", async () => {
    const { db } = sceneAt(community);
    await db.write([
      db.run(
        sql`INSERT INTO snapshot_unit(community_id, snapshot_id, voter_no, unit_id, building, entrance, room, area_dm2, area_source, kind, state, basis, counted)
            SELECT community_id, snapshot_id, voter_no, 'made-up', building, entrance, '9999', 1, area_source, kind, state, basis, counted
            FROM snapshot_unit WHERE community_id = ${community.id} AND voter_no = 0 LIMIT 1`,
      ),
    ]);
    const browser = await signedIn(community, "secretary", AFTERWARDS);
    expect((await browser.get(`/c/${community.slug}/desk/meetings/1/dossier.zip`)).status).toBe(500);
  });
});

describe("of a meeting that is under way", () => {
  test("has what there is so far, and no sum of a count that is not published", async () => {
    const community = await estate(12);
    const meetingId = await opened(community);
    for (let voter = 0; voter < 9; voter += 1) await vote(community, meetingId, voter, all(1), OPENS_AT + HOUR_MS);
    const open = unpacked(await download(community, OPENS_AT + 2 * HOUR_MS));
    expect(rowsIn(open, "ballots/ballots.csv")).toHaveLength(9);
    expect([...open.keys()].some((path) => path.startsWith("count/"))).toBe(false);
    await runDue(sceneAt(community, CLOSES_AT));
    must(await countMeeting(as(community, "teller", CLOSES_AT + HOUR_MS), meetingId));
    const counted = unpacked(await download(community, CLOSES_AT + 2 * HOUR_MS));
    expect([...counted.keys()].some((path) => path.startsWith("count/"))).toBe(false);
    expect(counted.get("README.txt")).toContain("结果还没有公布");
    expect(counted.get("record/entries.jsonl")).toContain('"type":"meeting.counted"');
    must(await publishResult(as(community, "chair", CLOSES_AT + 3 * HOUR_MS), meetingId, 1));
    const published = unpacked(await download(community, CLOSES_AT + 4 * HOUR_MS));
    // Nine took part: what would open the sums would give away who was against.
    expect(jsonIn(published, "count/run-1.json")).toMatchObject({ opening: null });
    expect(
      jsonIn<{ items: { options: { role: string }[] }[] }>(published, "count/run-1.json").items[0]!.options,
    ).toMatchObject([{ role: "for" }, { role: "not_in_favour" }]);
    expect([...published.keys()].some((path) => path === "petition.json")).toBe(false);
  });

  test("of a draft, or of a number that is none, is not found", async () => {
    const community = await estate(3);
    await drafted(community);
    const browser = await signedIn(community, "secretary");
    for (const number of ["1", "2", "0", "x"])
      expect((await browser.get(`/c/${community.slug}/desk/meetings/${number}/dossier.zip`)).status).toBe(404);
  });
});
