/** Filing a committee: the clocks of its election and of every change, what is recorded of a filing, and the pack that is handed in (M11). */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordFiling, viewFilings } from "../../src/committee/filing/actions.ts";
import { packFiles } from "../../src/committee/filing/pack/files.tsx";
import { readPack } from "../../src/committee/filing/pack/reading.ts";
import { runRounds } from "../../src/elections/rounds/schedule.ts";
import { addDays, dayOf } from "../../src/kernel/day.ts";
import { insertEnd } from "../../src/offices/terms/store.ts";
import { zipOf } from "../../src/platform/archive.ts";
import { sql } from "../../src/platform/db.ts";
import { putFile } from "../../src/platform/files.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import {
  at,
  browserOf,
  type CommitteeOfTest,
  makeCommittee,
  must,
  newOnce,
  type Person,
  reasonOf,
  take,
  textOf,
} from "./committee-of-test.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { estate } from "./desk-of-test.ts";
import { castAll, openedRound, publishedRound, standingElection } from "./rounds-of-test.ts";

let of: CommitteeOfTest;
beforeEach(async () => {
  of = await makeCommittee();
});

const day = (days: number) => addDays(dayOf(T0), days);
/** Taking office thirty days before T0's day makes T0's day the last one. */
const asked = (more: Partial<Parameters<typeof recordFiling>[1]> = {}) => ({
  asOf: day(0),
  filedOn: day(0),
  authority: "璧山区住房和城乡建设委员会、璧城街道办事处",
  receiptNo: "璧住建物〔2026〕31号",
  file: null,
  ...more,
});
const PDF = new TextEncoder().encode("%PDF-1.7 stamped");

async function resign(person: Person, endedAt: number): Promise<void> {
  const scene = of.as("secretary", endedAt);
  const end = insertEnd(
    scene,
    { tenureId: of.tenures[person], endedAt, act: "resignation", document: "辞职信" },
    "test",
  );
  must(await scene.db.write(end.statements));
}
const statesAt = async (now: number) =>
  (await viewFilings(sceneAt(of.community, now))).duties.map(({ about, on, state }) => `${about} ${on} ${state}`);
const publicPage = async (now: number): Promise<string> => {
  const browser = await browserOf(of, null, now);
  await browser.open(`/c/${of.community.slug}/committee/filings`);
  return textOf(browser.page);
};

describe("the clock", () => {
  test("of the election runs thirty days from taking office, and everyone sees when it is over", async () => {
    expect(await statesAt(at(0, 23))).toEqual([`election ${day(-30)} open`]);
    expect(await publicPage(at(0, 23))).not.toContain("备案已逾期");
    expect(await statesAt(at(1, 1))).toEqual([`election ${day(-30)} overdue`]);
    expect(await publicPage(at(1, 1))).toContain("备案已逾期");
  });

  test("is stopped by the filing; who resigns and who moves up start one of their own each", async () => {
    must(await recordFiling(of.as("secretary"), asked(), newOnce()));
    expect(await statesAt(at(1))).toEqual([`election ${day(-30)} filed`]);
    await resign("fifth", at(5));
    expect(await statesAt(at(5, 12))).toEqual([`change ${day(5)} open`, `election ${day(-30)} filed`]);
    await resign("alternate", at(7));
    await take(of.community, of.people.alternate, "周候补", "committee_member", at(7));
    expect(
      (await viewFilings(sceneAt(of.community, at(7, 12)))).duties.map(({ on, taken, left }) => [on, taken, left]),
    ).toEqual([
      [day(7), 1, 0],
      [day(5), 0, 1],
      [day(-30), 0, 0],
    ]);
    expect(await statesAt(at(60))).toEqual([
      `change ${day(7)} overdue`,
      `change ${day(5)} overdue`,
      `election ${day(-30)} filed`,
    ]);
    // One pack that shows the committee after both covers both.
    must(await recordFiling(of.as("secretary", at(61)), asked({ asOf: day(61), filedOn: day(61) }), newOnce()));
    expect(await statesAt(at(61))).toEqual([
      `change ${day(7)} filed_late`,
      `change ${day(5)} filed_late`,
      `election ${day(-30)} filed`,
    ]);
  });

  test("stands on the desk of who files, and on nobody else's", async () => {
    const deskOf = async (person: Person) => {
      const browser = await browserOf(of, person, at(1, 1));
      await browser.open(`/c/${of.community.slug}/desk`);
      return textOf(browser.page).split("等别人办理")[0]!;
    };
    expect(await deskOf("secretary")).toContain("备案");
    expect(await deskOf("fourth")).not.toContain("备案");
  });
});

describe("recording that it was filed", () => {
  test.each([
    ["a day that is none", { filedOn: "2026-02-30" }, "not_a_day"],
    ["a day to come", { filedOn: day(1) }, "day_to_come"],
    ["members of a day to come", { asOf: day(1) }, "day_to_come"],
    ["members from before the mandate", { asOf: day(-31) }, "before_mandate"],
    ["handed in before the day it shows", { asOf: day(0), filedOn: day(-1) }, "filed_before_shown"],
    ["nobody it was handed to", { authority: " " }, "authority_missing"],
    ["nothing that proves it", { receiptNo: "" }, "receipt_missing"],
    [
      "a receipt that is no picture and no PDF",
      { file: { name: "回执.exe", bytes: new Uint8Array([1, 2, 3]) } },
      "file_type",
    ],
  ])("refuses %s", async (_, more, reason) => {
    const refused = await recordFiling(of.as("secretary"), asked(more), newOnce());
    expect(refused.ok).toBe(false);
    if (reason !== "file_type") expect(reasonOf(refused)).toBe(reason);
    expect((await viewFilings(sceneAt(of.community))).filings).toEqual([]);
  });

  test("an estate without a mandate has nothing to file", async () => {
    const { community } = of;
    const elsewhere = await estate(0, []);
    const scene = { ...of.as("secretary"), community: elsewhere, db: sceneAt(elsewhere).db };
    expect(reasonOf(await recordFiling(scene, asked(), newOnce()))).toBe("no_mandate");
    expect(community.id).not.toBe(elsewhere.id);
  });

  test("twice by one form is one filing with one leaf; the form with other content is refused", async () => {
    const once = newOnce();
    const first = must(await recordFiling(of.as("secretary"), asked(), once));
    expect(must(await recordFiling(of.as("secretary"), asked(), once))).toEqual(first);
    expect(reasonOf(await recordFiling(of.as("secretary"), asked({ receiptNo: "另一个编号" }), once))).toBe(
      "key_reused",
    );
    const scene = sceneAt(of.community);
    const [leaves] = await scene.db.read(listLeavesAbout(scene, of.mandateId, 0, 100));
    expect(leaves.filter(({ type }) => type === "committee.filed")).toHaveLength(1);
  });

  test("keeps the stamped receipt for the desk, and shows a stranger that there is one, not the paper", async () => {
    const file = { name: "回执.pdf", bytes: PDF };
    must(await recordFiling(of.as("secretary"), asked({ receiptNo: "", file }), newOnce()));
    const [filing] = (await viewFilings(sceneAt(of.community))).filings;
    const href = `/c/${of.community.slug}/desk/committee/filings/files/${filing!.fileId}`;
    const chair = await browserOf(of, "chair", T0);
    const opened = await chair.get(href);
    expect([opened.status, opened.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect((await (await browserOf(of, null, T0)).get(href)).status).not.toBe(200);
    const browser = await browserOf(of, null, T0);
    await browser.open(`/c/${of.community.slug}/committee/filings`);
    expect(browser.page).not.toContain(filing!.fileId!);
    // Another file of the estate does not open by this address.
    const other = must(
      await putFile(
        of.as("secretary"),
        { name: "别的.pdf", bytes: new TextEncoder().encode("%PDF-1.7 x") },
        of.people.secretary,
        "private",
      ),
    );
    must(await sceneAt(of.community).db.write([other.statement]));
    expect((await chair.get(href.replace(filing!.fileId!, other.stored.fileId))).status).toBe(404);
  });

  test("through the form: what is missing stands beside its field and keeps the rest", async () => {
    const here = `/c/${of.community.slug}/desk/committee/filings`;
    const browser = await browserOf(of, "secretary", T0);
    await browser.open(here);
    expect(textOf(browser.page)).toContain("第一步：下载备案材料");
    const refused = await browser.submit(here, {
      asOf: day(0),
      filedOn: day(0),
      authority: "璧山区住建委",
      receiptNo: "",
    });
    expect(refused.status).toBe(422);
    expect(browser.page).toContain("璧山区住建委");
    const saved = await browser.submit(here, {
      asOf: day(0),
      filedOn: day(0),
      authority: "璧山区住建委",
      receiptNo: "31号",
    });
    expect(saved.status).toBe(303);
    expect(await publicPage(T0)).toContain("31号");
  });

  test.each(["committee_filing"])("%s only grows", async (table) => {
    must(await recordFiling(of.as("secretary"), asked(), newOnce()));
    const { db, community } = sceneAt(of.community);
    for (const text of [
      `UPDATE ${table} SET filed_on = as_of WHERE community_id = '${community.id}'`,
      `DELETE FROM ${table} WHERE community_id = '${community.id}'`,
      `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE community_id = '${community.id}'`,
    ])
      expect((await db.write([db.run(sql.raw(text))])).ok, text).toBe(false);
  });
});

/** The files of a pack as texts, and as the bytes their hashes are of. */
interface Files extends ReadonlyMap<string, string> {
  readonly bytes?: Readonly<Record<string, Uint8Array>>;
}
const unpacked = (zip: Uint8Array): Files => {
  const bytes = unzipSync(zip);
  return Object.assign(new Map(Object.entries(bytes).map(([path, content]) => [path, strFromU8(content)])), { bytes });
};
const hashIn = (files: Files, path: string) => bytesToHex(sha256(files.bytes![path]!));

async function download(now: number, person: Person = "secretary", query = ""): Promise<Uint8Array> {
  const browser = await browserOf(of, person, now);
  const response = await browser.send(`/c/${of.community.slug}/desk/committee/filings/pack.zip${query}`);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/zip"]);
  return new Uint8Array(await response.arrayBuffer());
}

/** Each file has the hash it is listed with, and none is unlisted. */
function expectListed(files: Files): void {
  const { files: listed } = JSON.parse(files.get("manifest.json")!) as {
    files: { path: string; bytes: number; sha256: string }[];
  };
  const others = [...files.keys()].filter((path) => path !== "manifest.json" && path !== "SHA256SUMS");
  expect(listed.map(({ path }) => path).toSorted()).toEqual(others.toSorted());
  for (const { path, sha256: hash } of listed) expect([path, hashIn(files, path)]).toEqual([path, hash]);
  for (const line of files.get("SHA256SUMS")!.trimEnd().split("\n")) {
    const [hash, path] = line.split("  ");
    expect(hashIn(files, path!)).toBe(hash);
  }
}

describe("the pack of a committee elected before the estate came here", () => {
  test("is one download: the roll, a guide, a list of hashes; what is not there is named as to be added", async () => {
    const files = unpacked(await download(T0));
    expectListed(files);
    expect(files.get("members.csv")).toContain("陈主任,主任,委员,2026-10-03,2029-10-01");
    expect(files.get("members.csv")).toContain("周候补,候补委员,候补委员");
    const guide = files.get("README.txt")!;
    expect(guide).toContain("《物业管理条例》第十六条");
    expect(guide).toContain("由业主大会公告〔2026〕8号产生，选举不是在本系统举行的，请另附当时的会议决定");
    expect(guide).toContain("本系统里没有通过的议事规则文件，请另附");
    for (const [path, text] of files) expect([path, /1380000\d{4}/.test(text)]).toEqual([path, false]);
  });

  test("is the same bytes for the same day, whenever and by whomever it is taken", async () => {
    const on = `?on=${day(0)}`;
    expect(bytesToHex(await download(at(0, 11), "secretary", on))).toBe(bytesToHex(await download(at(3), "chair", on)));
  });

  test("shows the members of the day asked for; a day to come is today", async () => {
    await resign("fifth", at(5));
    const before = unpacked(await download(at(9), "secretary", `?on=${day(4)}`)).get("members.csv")!;
    const after = unpacked(await download(at(9), "secretary", `?on=${day(400)}`)).get("members.csv")!;
    expect([before.includes("孙委员"), after.includes("孙委员")]).toEqual([true, false]);
  });

  test("has the rules of procedure and the covenant the owners adopted, as they were handed round", async () => {
    const scene = of.as("secretary");
    const papers: string[] = [];
    for (const name of ["议事规则.pdf", "管理规约.pdf"]) {
      const put = must(
        await putFile(
          scene,
          { name, bytes: new TextEncoder().encode(`%PDF-1.7 ${name}`) },
          of.people.secretary,
          "public",
        ),
      );
      must(await scene.db.write([put.statement]));
      papers.push(
        JSON.stringify({ attachments: [{ fileId: put.stored.fileId, name, sha256: put.stored.sha256, bytes: 20 }] }),
      );
    }
    const { db, community } = sceneAt(of.community);
    const decide = (itemNo: number, matter: number, outcome: string) => [
      db.run(
        sql`INSERT INTO meeting_item(community_id, meeting_id, edition, item_no, matter, item, eligible_owners, eligible_area_dm2)
            VALUES (${community.id}, 'm0', 1, ${itemNo}, ${matter}, ${papers[itemNo - 1]!}, 10, 1000)`,
      ),
      db.run(
        sql`INSERT INTO count_result(community_id, meeting_id, run_no, item_no, basis, result)
            VALUES (${community.id}, 'm0', 1, ${itemNo}, 'strict', ${JSON.stringify({ outcome })})`,
      ),
    ];
    must(
      await db.write([
        db.run(
          sql`INSERT INTO meeting(community_id, meeting_id, number, title, state, version, convener, draft, edition, drafted_by, drafted_at, counted_at, published_at)
              VALUES (${community.id}, 'm0', 1, '首次业主大会', 'published', 1, '{}', '{}', 1, 'x', ${at(-20)}, ${at(-6)}, ${at(-5)})`,
        ),
        db.run(
          sql`INSERT INTO count_run(community_id, meeting_id, run_no, why, summary, counted_by, counted_at, leaf_hash, published_by, published_at)
              VALUES (${community.id}, 'm0', 1, '', '{}', 'x', ${at(-6)}, '', 'y', ${at(-5)})`,
        ),
        ...decide(1, 1, "carried"),
        ...decide(2, 2, "lost"),
      ]),
    );
    const files = unpacked(await download(T0));
    expectListed(files);
    expect(files.get("rules/rules-of-procedure-1.pdf")).toBe("%PDF-1.7 议事规则.pdf");
    expect([...files.keys()].filter((path) => path.startsWith("rules/"))).toHaveLength(1); // a covenant that was lost is none
    expect(files.get("README.txt")).toContain("本系统里没有通过的管理规约文件，请另附");
  });
});

describe("the pack of a committee elected here", () => {
  let files: Files;
  beforeAll(async () => {
    const community = await estate(30);
    const election = await standingElection(community, { candidates: 7 });
    const meeting = await openedRound(election);
    const left = (voter: number) => (voter % 7) + 1;
    const marks = (voter: number) =>
      [1, 2, 3, 4, 5, 6, 7].filter((one) => one !== left(voter) && one !== (voter < 20 ? 7 : 6)).slice(0, 5);
    await castAll(
      election,
      meeting,
      Array.from({ length: 27 }, (_, voter) => marks(voter)),
      7,
    );
    const publishedAt = await publishedRound(election, meeting);
    await runRounds(sceneAt(community, publishedAt));
    const facts = (await readPack(sceneAt(community, publishedAt + 1), dayOf(publishedAt)))!;
    files = unpacked(zipOf(packFiles(facts), publishedAt));
  });

  test("has the decision with both axes and all inequalities, to be done again by hand", () => {
    expectListed(files);
    const decision = JSON.parse(files.get("decision/election-1.json")!) as {
      items: {
        outcome: string;
        candidates: {
          name: string;
          checks: { rule: string; axis: string; part: string; whole: string; holds: boolean }[];
        }[];
      }[];
    };
    const [item] = decision.items;
    expect(item!.candidates.length).toBeGreaterThanOrEqual(7);
    for (const { checks } of item!.candidates)
      for (const { rule, part, whole, holds } of checks) {
        const enough = rule === "quorum" ? BigInt(part) * 3n >= BigInt(whole) * 2n : BigInt(part) * 2n > BigInt(whole);
        expect([rule, part, whole, holds]).toEqual([rule, part, whole, enough]);
      }
    const words = textOf(files.get("decision/election-1.html")!);
    expect(words).toContain("《民法典》第二百七十八条第二款");
    expect(words).toContain("参与表决");
    expect(files.get("README.txt")).not.toContain("选举不是在本系统举行的");
  });

  test("has the elected in the roll with the act that seated them", () => {
    const rows = files
      .get("members.csv")!
      .split("\r\n")
      .filter((line) => line.includes("候选"));
    expect(rows.length).toBeGreaterThanOrEqual(5);
    for (const row of rows) expect(row).toContain("业主大会选举");
  });
});
