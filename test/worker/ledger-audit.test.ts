/** An audit through the real database: opened without a conflict, drawn once from what was frozen, ticked, answered, concluded and published. */
import { describe, expect, test } from "vitest";
import { addWorkingDays, dayOf } from "../../src/kernel/day.ts";
import { endAudit, openAudit, publishOpinion, viewAudit } from "../../src/ledger/audit/actions.ts";
import {
  conclude,
  recordFinding,
  respond,
  sendFindings,
  tickItem,
  viewItem,
} from "../../src/ledger/audit/fieldwork/actions.ts";
import { standing } from "../../src/ledger/audit/fieldwork/store.ts";
import { drawNext, freezePopulation, readSample, replaySample } from "../../src/ledger/audit/sampling/actions.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { commitSeed } from "../../src/record/draw/rules.ts";
import { ROWS_BEHIND, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { stranger } from "./desk-of-test.ts";
import {
  AGREES,
  anAuditor,
  asked,
  atDay,
  audited,
  auditing,
  engaged,
  engaging,
  newOnce,
  sampled,
  ticked,
} from "./ledger-audit-of-test.ts";
import { must, TODAY } from "./ledger-of-test.ts";
import { itemOf, numberIn } from "./meeting-of-test.ts";
import { personIn } from "./offices-of-test.ts";
import { PUBLISHED_AT, publishedOn } from "./public-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const faultOf = (result: Awaited<ReturnType<typeof openAudit>>) =>
  !result.ok && result.error.reason === "engagement_faulty" ? result.error.faults[0].reason : reasonOf(result);
const PDF = new Uint8Array([...new TextEncoder().encode("%PDF-1.7\n审计报告")]);
const REPORT = { name: "审计报告.pdf", bytes: PDF };
const FINDING = {
  severity: "significant",
  text: "一张收据没有写明月份",
  items: [1],
  amountFen: 10_000,
  recommendation: "补写月份并由会计签字",
  strikes: null,
};
const leaves = (community: CommunityAddress, text: string) =>
  numberIn(
    community,
    sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND instr(entry, ${text}) > 0`,
  );

/** That somebody held the treasurer's post between two instants, as recorded since. */
const wasTreasurer = (community: CommunityAddress, personId: string, from: string, until: string) => {
  const { db } = sceneAt(community);
  return db.write([
    db.run(
      sql`INSERT INTO office_tenure(community_id, tenure_id, post_id, person_id, from_at, until_at, act_kind, act_document, salt, recorded_by, recorded_at, leaf_hash)
          SELECT community_id, ${newOnce()}, post_id, ${personId}, ${Date.parse(from)}, ${Date.parse(until)}, 'engagement', 'x', ${"0".repeat(32)}, 'x', 0, 'x'
          FROM office_post WHERE community_id = ${community.id} AND kind = 'treasurer' LIMIT 1`,
    ),
  ]);
};

describe("opening an audit", () => {
  test("commits to the seed of its first sample, answers a repeat, and says nothing of persons in the record", async () => {
    const community = await audited(1);
    const person = await anAuditor(community);
    const once = newOnce();
    const first = must(await openAudit(engaging(community), asked(person), once));
    expect(must(await openAudit(engaging(community), asked(person), once))).toEqual(first);
    expect(reasonOf(await openAudit(engaging(community), asked(person, { scope: "别的" }), once))).toBe("key_reused");
    const view = (await viewAudit(sceneAt(community, TODAY), first.engagementId))!;
    expect(view.row).toMatchObject({ number: 1, state: "opened", auditorShown: "孙**" });
    expect(view.seeds).toHaveLength(1);
    expect(await leaves(community, view.seeds[0]!.commitment)).toBe(1);
    expect(await leaves(community, "孙审计")).toBe(0);
    const both = await Promise.all([1, 2].map(() => openAudit(engaging(community), asked(person), newOnce())));
    expect(both.map((one) => must(one).engagementId)).toHaveLength(2);
  });
  test("by somebody who kept the books on even a day of it is refused; before it is not", async () => {
    const community = await audited(1);
    const person = await anAuditor(community);
    expect(faultOf(await openAudit(engaging(community), asked("nobody"), newOnce()))).toBe("no_auditor");
    // The table of conflicts keeps today's posts apart; whoever left a post on an audited day is caught here.
    await wasTreasurer(community, person, "2026-01-01T00:00:00+08:00", "2026-08-01T01:00:00+08:00");
    expect(faultOf(await openAudit(engaging(community), asked(person), newOnce()))).toBe("auditor_in_conflict");
    expect(faultOf(await openAudit(engaging(community), asked(person, { fromOn: "2026-08-02" }), newOnce()))).toBe(
      null,
    );
  });
  test("of books whose months are not closed goes no further than that", async () => {
    const community = await audited(1);
    const person = await anAuditor(community);
    const open = asked(person, { toOn: "2026-10-31" });
    const { engagementId } = must(await openAudit(engaging(community), open, newOnce()));
    const frozen = await freezePopulation(auditing(community, person), engagementId);
    expect(frozen).toEqual({
      ok: false,
      error: { reason: "months_open", book: "common", closedThrough: "2026-09" },
    });
    expect(faultOf(await openAudit(engaging(community), asked(person, { books: ["fund"] }), newOnce()))).toBe(
      "book_not_open",
    );
  });
});

describe("an audit the owners asked for", () => {
  test("rests on their published, carried item of matter 9, and nothing else", async () => {
    const community = await audited(1);
    const person = await anAuditor(community);
    await importFile(community, csvOf(...manyRows(9)));
    const later = PUBLISHED_AT + 86_400_000;
    const open = (meeting: string, item: string) =>
      openAudit(
        engaging(community, later),
        asked(person, { commission: "assembly", basis: "", meeting, item, dueOn: "2027-12-31" }),
        newOnce(),
      );
    expect(faultOf(await open("", ""))).toBe("basis_missing");
    expect(faultOf(await open("1", "1"))).toBe("decision_unknown");
    await publishedOn(community, 9, () => 1, { items: [itemOf(1, { matter: 9 }), itemOf(2, { matter: 4 })] });
    expect(faultOf(await open("1", "2"))).toBe("decision_of_another_matter");
    expect(faultOf(await open("1", "3"))).toBe("decision_unknown");
    const { engagementId } = must(await open("1", "1"));
    const { row } = (await viewAudit(sceneAt(community, later), engagementId))!;
    expect(row).toMatchObject({ basis: "第1次会议 议题1", meeting: 1, item: 1 });
    const page = await (await stranger(later).get(`/c/${community.slug}/accounts/audits/1`)).text();
    expect(page).toContain(`href="/c/${community.slug}/meetings/1"`);
  });
});

describe("a sample", () => {
  test("is read alike behind ten vouchers and behind eighty, in one round trip", async () => {
    const metered = async (vouchersAMonth: number) => {
      const { community } = await sampled(3, vouchersAMonth);
      const scene = sceneAt(community, TODAY);
      expect((await readSample(scene, 1, 1))!.sample.drawn).toHaveLength(3);
      return { ...scene.db.meter };
    };
    const [few, many] = [await metered(5), await metered(40)];
    expect(many.roundTrips).toBe(1);
    expect(Math.abs(many.rowsRead - few.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
  });

  test("is drawn from what was frozen with the seed committed to, and drawn again gives the same", async () => {
    const { community, auditor, engagementId } = await engaged();
    expect(reasonOf(await drawNext(auditor, engagementId, 1, { method: "random", size: 3 }))).toBe("wrong_audit_state");
    const other = auditing(community, "somebody-else");
    expect(reasonOf(await freezePopulation(other, engagementId))).toBe("not_the_auditor");
    must(await freezePopulation(auditor, engagementId));
    must(await freezePopulation(auditor, engagementId));
    const before = (await viewAudit(auditor, engagementId))!;
    expect(before.population).toMatchObject({ vouchers: 10, totalFen: 300_000 });
    must(await drawNext(auditor, engagementId, 1, { method: "monetary_unit", size: 4 }));
    const view = (await viewAudit(auditor, engagementId))!;
    const [sample] = view.samples;
    expect(view.row.state).toBe("fieldwork");
    expect(view.items).toBe(sample!.drawn.length);
    const seed = Uint8Array.from(sample!.seed.match(/../g)!, (two) => Number.parseInt(two, 16));
    expect(commitSeed(seed)).toBe(before.seeds[0]!.commitment);
    expect(view.seeds).toHaveLength(2);
    expect(await replaySample(sceneAt(community, TODAY), 1, 1)).toMatchObject({
      isAsFrozen: true,
      isCommitted: true,
      isSame: true,
    });
    expect(await replaySample(sceneAt(community, TODAY), 1, 2)).toBe(null);
    expect(await leaves(community, sample!.drawnHash)).toBe(1);
  });
  test.each([
    ["of none", { method: "random", size: 0 }, "size_not_positive"],
    ["of more than there are", { method: "random", size: 11 }, "sample_exceeds_population"],
    ["from less than nothing up", { method: "threshold", fromFen: -1 }, "threshold_not_positive"],
    ["of what is not there", { method: "kind", kind: "reversal" }, "sample_empty"],
  ] as const)("%s is refused and leaves nothing", async (_, wanted, reason) => {
    const { community, auditor, engagementId } = await engaged();
    must(await freezePopulation(auditor, engagementId));
    const before = await leaves(community, "audit.");
    expect(reasonOf(await drawNext(auditor, engagementId, 1, wanted))).toBe(reason);
    expect(await leaves(community, "audit.")).toBe(before);
    expect((await viewAudit(auditor, engagementId))!.row.state).toBe("sampling");
  });
  test("of two draws at once one is made, and the same asked again is answered", async () => {
    const { auditor, engagementId } = await engaged();
    must(await freezePopulation(auditor, engagementId));
    const both = await Promise.all([
      drawNext(auditor, engagementId, 1, { method: "random", size: 3 }),
      drawNext(auditor, engagementId, 1, { method: "random", size: 5 }),
    ]);
    expect(both.map(reasonOf).toSorted()).toEqual([null, "sample_drawn"].toSorted());
    const [sample] = (await viewAudit(auditor, engagementId))!.samples;
    expect(reasonOf(await drawNext(auditor, engagementId, 1, sample!.asked))).toBe(null);
    // A second sample is the next seed's; a voucher drawn twice stands on the sheet once.
    must(await drawNext(auditor, engagementId, 2, { method: "threshold", fromFen: 1 }));
    expect((await viewAudit(auditor, engagementId))!.items).toBe(10);
  });
  test("of officers' own vouchers finds those of the names of whoever was over the books in those days", async () => {
    const { community, auditor, engagementId } = await engaged();
    must(await freezePopulation(auditor, engagementId));
    const related = { method: "kind", kind: "related_party" } as const;
    // The chair took office after these days.
    expect(reasonOf(await drawNext(auditor, engagementId, 1, related))).toBe("sample_empty");
    const chair = await personIn(community, "committee_chair");
    await wasTreasurer(community, chair, "2026-09-30T00:00:00+08:00", "2026-10-05T00:00:00+08:00");
    must(await drawNext(auditor, engagementId, 1, related));
    const [sample] = (await viewAudit(auditor, engagementId))!.samples;
    expect(sample!.drawn).toEqual(["common/2026-08/1", "common/2026-09/1"]);
    expect(await replaySample(sceneAt(community, TODAY), 1, 1)).toMatchObject({ isSame: true });
  });
  test("of a list that is no longer what was frozen is refused, and the page of the draw would say so", async () => {
    const { community, auditor, engagementId } = await sampled();
    const { db } = sceneAt(community);
    // Nothing of the product can change a posted voucher; somebody with the database in hand could.
    await db.write([
      db.run(sql`DROP TRIGGER ledger_voucher_as_drafted`),
      db.run(
        sql`UPDATE ledger_voucher SET amount_fen = amount_fen + 1 WHERE community_id = ${community.id} AND period = '2026-08' AND number = 2`,
      ),
    ]);
    expect(reasonOf(await drawNext(auditor, engagementId, 2, { method: "random", size: 3 }))).toBe(
      "population_changed",
    );
    expect(await replaySample(sceneAt(community, TODAY), 1, 1)).toMatchObject({ isAsFrozen: false });
  });
});

describe("the working sheet", () => {
  test("takes ticks of drawn vouchers alone, keeps what a correction took the place of, and seals the notes", async () => {
    const { community, auditor, engagementId } = await sampled();
    expect(reasonOf(await tickItem(auditor, engagementId, 4, AGREES))).toBe("unknown_item");
    expect(must(await tickItem(auditor, engagementId, 1, AGREES))).toEqual({ written: 7 });
    expect(must(await tickItem(auditor, engagementId, 1, AGREES))).toEqual({ written: 0 });
    const wrong = { point: "amount", result: "exception", note: "收据少两元" } as const;
    expect(reasonOf(await tickItem(auditor, engagementId, 1, [{ ...wrong, note: "" }]))).toBe("exception_note_missing");
    const both = await Promise.all([1, 2].map(() => tickItem(auditor, engagementId, 1, [wrong])));
    expect(both.map(reasonOf)).toEqual([null, null]);
    const item = (await viewItem(auditor, engagementId, 1))!;
    expect(item.holds.find(({ point }) => point === "amount")).toMatchObject({ turn: 2, ...wrong });
    expect(item.before).toHaveLength(1);
    expect((await viewAudit(auditor, engagementId))!).toMatchObject({ ticked: 7, exceptions: 1 });
    expect(await leaves(community, "收据少两元")).toBe(0);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM audit_tick WHERE community_id = ${community.id} AND instr(note_sealed, '收据') > 0`,
      ),
    ).toBe(0);
    expect(reasonOf(await tickItem(auditing(community, "somebody-else"), engagementId, 1, AGREES))).toBe(
      "not_the_auditor",
    );
  });
  test("is closed to an auditor whose access has ended", async () => {
    const { community, auditor, engagementId } = await sampled();
    const late = atDay(auditor, community, "2027-01-01");
    expect(reasonOf(await tickItem(late, engagementId, 1, AGREES))).toBe("access_over");
    expect(reasonOf(await drawNext(late, engagementId, 2, { method: "random", size: 1 }))).toBe("access_over");
    expect(reasonOf(await recordFinding(late, engagementId, FINDING, newOnce()))).toBe("access_over");
    const last = atDay(auditor, community, "2026-12-31");
    must(await tickItem(last, engagementId, 1, AGREES));
  });
});

describe("findings", () => {
  test("name no one, stand on drawn vouchers, and take each other's place until they are sent", async () => {
    const { auditor, engagementId } = await sampled(10);
    const find = (more = {}, once = newOnce()) => recordFinding(auditor, engagementId, { ...FINDING, ...more }, once);
    expect(reasonOf(await find({ text: " " }))).toBe("finding_faulty");
    expect(reasonOf(await find({ items: [11] }))).toBe("finding_faulty");
    expect(reasonOf(await find({ text: "张小明没有签字", items: [1, 2, 3, 4, 5, 6] }))).toBe("names_a_person");
    expect(reasonOf(await find({ recommendation: "请打13800000021" }))).toBe("names_a_person");
    const once = newOnce();
    must(await find({}, once));
    must(await find({}, once));
    must(await find({ text: "两张收据没有写明月份", items: [1, 2], strikes: 1 }));
    expect(reasonOf(await find({ strikes: 1 }))).toBe("finding_faulty");
    const { findings } = (await viewAudit(auditor, engagementId))!;
    expect(findings.map(({ struckBy }) => struckBy)).toEqual([2, null]);
    expect(standing(findings)[0]!.vouchers).toHaveLength(2);
    expect(await sendFindings(auditor, engagementId)).toEqual({
      ok: false,
      error: { reason: "points_open", open: 70 },
    });
  });

  test("are answered within working days, concluded after that, and published with the opinion; then nothing moves", async () => {
    const { community, auditor, engagementId } = await ticked();
    const chair = engaging(community);
    for (const text of ["一", "二"])
      must(await recordFinding(auditor, engagementId, { ...FINDING, text: `发现${text}` }, newOnce()));
    expect(reasonOf(await respond(chair, engagementId, 1, "早了"))).toBe("wrong_audit_state");
    const { dueOn } = must(await sendFindings(auditor, engagementId));
    expect(dueOn).toBe(addWorkingDays(dayOf(TODAY), 10));
    expect(must(await sendFindings(auditor, engagementId)).dueOn).toBe(dueOn);
    expect(reasonOf(await recordFinding(auditor, engagementId, FINDING, newOnce()))).toBe("wrong_audit_state");
    expect(reasonOf(await conclude(auditor, engagementId, 1, { outcome: "stands", words: "成立" }))).toBe(
      "response_awaited",
    );
    expect(reasonOf(await respond(chair, engagementId, 1, "收据是张小明的13800000021"))).toBe("names_a_person");
    const answers = await Promise.all(["已补写。", "不同意。"].map((words) => respond(chair, engagementId, 1, words)));
    expect(answers.map(reasonOf).toSorted()).toEqual([null, "responded_already"].toSorted());
    expect((await viewAudit(auditor, engagementId))!.row.state).toBe("responses");
    must(await conclude(auditor, engagementId, 1, { outcome: "remedied", words: "已看到补写的收据" }));
    const opinion = { opinion: "unqualified", words: "公允反映了两个月的收支。", report: REPORT };
    expect(await publishOpinion(auditor, engagementId, opinion)).toEqual({
      ok: false,
      error: { reason: "finding_open", findings: [2] },
    });
    const late = atDay(auditor, community, "2026-12-10");
    must(await conclude(late, engagementId, 2, { outcome: "stands", words: "到期没有答复，成立" }));
    const script = { name: "报告.pdf", bytes: new TextEncoder().encode("<script>alert(1)</script>") };
    expect(reasonOf(await publishOpinion(late, engagementId, { ...opinion, report: script }))).toBe(
      "file_type_refused",
    );
    const photo = { name: "报告.pdf", bytes: new Uint8Array([0xff, 0xd8, 0xff, 1]) };
    expect(reasonOf(await publishOpinion(late, engagementId, { ...opinion, report: photo }))).toBe("report_not_pdf");
    expect(reasonOf(await publishOpinion(late, engagementId, { ...opinion, report: null }))).toBe("report_missing");
    must(await publishOpinion(late, engagementId, opinion));
    must(await publishOpinion(late, engagementId, opinion));
    const view = (await viewAudit(auditor, engagementId))!;
    expect(view.row.state).toBe("published");
    expect(await leaves(community, view.opinion!.reportSha256)).toBe(1);
    expect(reasonOf(await respond(chair, engagementId, 2, "迟到的答复"))).toBe("wrong_audit_state");
    expect(reasonOf(await tickItem(late, engagementId, 1, AGREES))).toBe("wrong_audit_state");
    expect(reasonOf(await endAudit(chair, engagementId, "不要了"))).toBe("wrong_audit_state");
    expect(await leaves(community, "已看到补写")).toBe(0);
  });
  test("may be none, and an audit may end without an opinion, for a reason", async () => {
    const { community, auditor, engagementId } = await ticked(1);
    must(await sendFindings(auditor, engagementId));
    const chair = engaging(community);
    expect(reasonOf(await endAudit(chair, engagementId, " "))).toBe("why_missing");
    must(await endAudit(chair, engagementId, "机构退出"));
    must(await endAudit(chair, engagementId, "机构退出"));
    expect(reasonOf(await endAudit(chair, engagementId, "另一个理由"))).toBe("wrong_audit_state");
    const opinion = { opinion: "disclaimer", words: "无法表示意见。", report: REPORT };
    expect(reasonOf(await publishOpinion(auditor, engagementId, opinion))).toBe("wrong_audit_state");
  });
});

describe("what only grows", () => {
  test("refuses to be changed, removed or put in another's place, whatever asks", async () => {
    const { community, auditor, engagementId } = await ticked(2);
    must(await recordFinding(auditor, engagementId, FINDING, newOnce()));
    must(await sendFindings(auditor, engagementId));
    const { db } = sceneAt(community);
    const refused = async (text: string) => {
      const written = await db.write([db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`)))]);
      return written.ok ? "written" : written.error.code;
    };
    for (const table of ["population", "sample", "item", "finding"]) {
      expect(
        await refused(`UPDATE audit_${table} SET leaf_hash = 'x' WHERE community_id = $c`).catch(() => "no column"),
        table,
      ).not.toBe("written");
      expect(await refused(`DELETE FROM audit_${table} WHERE community_id = $c`), table).toBe("append_only");
      expect(
        await refused(`INSERT OR REPLACE INTO audit_${table} SELECT * FROM audit_${table} WHERE community_id = $c`),
        table,
      ).not.toBe("written");
    }
    expect(await refused(`UPDATE audit_tick SET result = 'exception' WHERE community_id = $c`)).toBe("append_only");
    expect(await refused(`UPDATE audit_engagement SET due_on = '2027-01-01' WHERE community_id = $c`)).toBe(
      "append_only",
    );
    expect(await refused(`UPDATE audit_engagement SET state = 'opened' WHERE community_id = $c`)).toBe(
      "wrong_audit_state",
    );
    expect(await refused(`UPDATE audit_engagement SET state = 'published' WHERE community_id = $c`)).toBe("written");
    expect(await refused(`UPDATE audit_engagement SET state = 'published' WHERE community_id = $c`)).toBe("audit_over");
  });
});
