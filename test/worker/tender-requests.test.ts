/** What owners report to the provider: who may, what stays hidden, the queue, the answer and what it counts. */
import { describe, expect, test } from "vitest";
import "../../src/app.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { enterRequest, openTold, stepRequest, tellRequest } from "../../src/tenders/service/requests/actions.ts";
import {
  countWaiting,
  findRequest,
  listQueue,
  listToldBy,
  QUEUE_START,
  sumRequests,
} from "../../src/tenders/service/requests/store.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile } from "./community-roll-of-test.ts";
import { estate, signedIn, textOf } from "./desk-of-test.ts";
import { must } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";
import { actorOf, OWNERS_ROLL, ownerSignedIn, partyNamed } from "./owners-of-test.ts";
import { get } from "./public-of-test.ts";
import { at, PDF, PHOTO, runningTerms, serving, signed } from "./tender-contracts-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const NOW = at("2026-09-01");
const LEAK = { kind: "repair", building: "1栋", where: "1单元0101厨房", text: "厨房顶上漏水，物业小李看过" } as const;

async function served() {
  const community = await makeCommunity({ name: "金桂苑" });
  await importFile(community, csvOf(...OWNERS_ROLL));
  return { community, row: await signed(community, runningTerms()) };
}
const tell = async (
  community: CommunityAddress,
  name: string,
  asked: Partial<Parameters<typeof tellRequest>[3]> = {},
  { now = NOW, photos = [PHOTO], once = newOnce() } = {},
) =>
  tellRequest(
    sceneAt(community, now),
    actorOf(await partyNamed(community, name)),
    1,
    { ...LEAK, ...asked },
    photos,
    once,
  );

describe("an owner's report", () => {
  test("is taken of a known kind, in a place that is served, in words, with photographs; sent twice it is one", async () => {
    const { community, row } = await served();
    expect(reasonOf(await tell(community, "张三丰", { kind: "wish" }))).toBe("told_kind");
    expect(reasonOf(await tell(community, "张三丰", { building: "9栋" }))).toBe("told_building");
    expect(reasonOf(await tell(community, "张三丰", { text: " " }))).toBe("told_text");
    expect(reasonOf(await tell(community, "张三丰", { text: "长".repeat(501) }))).toBe("told_text");
    expect(reasonOf(await tell(community, "张三丰", {}, { photos: [PDF] }))).toBe("photo_not_image");
    expect(reasonOf(await tell(community, "张三丰", {}, { now: at("2027-05-01") }))).toBe(null);
    const once = newOnce();
    const both = await Promise.all([1, 2].map(() => tell(community, "张三丰", {}, { once })));
    // Three working days behind a Tuesday.
    expect(both.map(must)).toEqual([{ dueOn: "2026-09-04" }, { dueOn: "2026-09-04" }]);
    const scene = sceneAt(community, NOW);
    const [own] = await scene.db.read(
      listToldBy(scene, await partyNamed(community, "张三丰"), { limit: 9, before: at("2026-12-01") }),
    );
    expect(own.map(({ kind, place, title }) => [kind, place, title])).toEqual([["repair", "1栋", row.terms.title]]);
  });

  test("is not taken while five of the same owner wait, and again once one is answered", async () => {
    const { community, row } = await served();
    for (let nth = 1; nth <= 5; nth += 1) must(await tell(community, "张三丰", { text: `第${nth}件` }, { photos: [] }));
    expect(reasonOf(await tell(community, "张三丰", {}, { photos: [] }))).toBe("too_many_waiting");
    must(await tell(community, "李四光", {}, { photos: [] }));
    const step = { requestNo: 1, step: "answered", onDay: "2026-09-01", words: "明天上门" } as const;
    must(await stepRequest(serving(community, "secretary", NOW), row.contractId, step));
    must(await tell(community, "张三丰", {}, { photos: [] }));
  });

  test("shows everybody kind, building and days; words, place, name and photographs stay sealed", async () => {
    const { community, row } = await served();
    must(await tell(community, "张三丰"));
    const scene = sceneAt(community, NOW);
    const [stored, requests, leaves, [request]] = await scene.db.read(
      scene.db.all(sql`SELECT * FROM tender_request_told WHERE community_id = ${community.id}`),
      scene.db.all(sql`SELECT * FROM tender_request WHERE community_id = ${community.id}`),
      scene.db.all(sql`SELECT * FROM record_leaf WHERE community_id = ${community.id}`),
      findRequest(scene, row.contractId, 1),
    );
    for (const words of ["漏水", "0101厨房", "张三丰", "测试"])
      expect(JSON.stringify([stored, requests, leaves])).not.toContain(words);
    expect(JSON.stringify([requests, leaves])).not.toContain(await partyNamed(community, "张三丰"));
    expect(await openTold(scene, request!)).toEqual({ where: LEAK.where, text: LEAK.text, asker: "测试" });
    for (const path of [`/c/${community.slug}/contracts/1`, `/c/${community.slug}/contracts/1/requests`]) {
      const page = textOf((await get(path, NOW)).text);
      expect(page).toContain("1. 报修（1栋）");
      for (const words of ["漏水", "0101", "张三"]) expect(page).not.toContain(words);
    }
  });
});

describe("the queue", () => {
  test("has what is due first in front, page by page, and lets go of what is answered and done", async () => {
    const { community, row } = await served();
    const keeper = (day: string) => serving(community, "secretary", at(day));
    for (const day of ["2026-09-03", "2026-09-01", "2026-09-02"])
      must(
        await enterRequest(
          keeper("2026-09-03"),
          row.contractId,
          { kind: "other", what: `${day}的事`, place: "", reportedOn: day },
          newOnce(),
        ),
      );
    const scene = sceneAt(community, at("2026-09-08"));
    const queue = async (waits: 1 | 2, after = QUEUE_START, limit = 9) => {
      const [rows] = await scene.db.read(listQueue(scene, waits, { limit, after }));
      return rows.map(({ requestNo }) => requestNo);
    };
    expect(await queue(2)).toEqual([2, 3, 1]);
    const [[first]] = await scene.db.read(listQueue(scene, 2, { limit: 1, after: QUEUE_START }));
    const { dueOn, contractNumber: contract, requestNo } = first!;
    expect(await queue(2, { dueOn, contract, requestNo })).toEqual([3, 1]);
    const step = { requestNo: 2, step: "answered", onDay: "2026-09-02", words: "当天派人" } as const;
    must(await stepRequest(keeper("2026-09-08"), row.contractId, step));
    expect([await queue(2), await queue(1)]).toEqual([[3, 1], [2]]);
    must(await stepRequest(keeper("2026-09-08"), row.contractId, { ...step, step: "done", words: "换好了" }));
    // Done without a word before: that is its answer.
    must(await stepRequest(keeper("2026-09-08"), row.contractId, { ...step, requestNo: 3, step: "done" }));
    expect([await queue(2), await queue(1)]).toEqual([[1], []]);
    const [[waiting], [sums]] = await scene.db.read(
      countWaiting(scene, "2026-09-09", 99),
      sumRequests(scene, row.contractId, { fromOn: "2026-09-01", toOn: "2026-09-30" }),
    );
    expect([waiting, sums]).toEqual([
      { waiting: 1, late: 1, dueOn: "2026-09-08" },
      { due: 3, inTime: 2 },
    ]);
  });

  test("costs what waits, however much was ever reported", async () => {
    const { community, row } = await served();
    const keeper = serving(community, "secretary", NOW);
    const asked = { kind: "repair", what: "路灯不亮", place: "北门", reportedOn: "2026-09-01" } as const;
    const cost = async () => {
      const scene = sceneAt(community, NOW);
      await scene.db.read(
        listQueue(scene, 2, { limit: 21, after: QUEUE_START }),
        countWaiting(scene, "2026-09-09", 99),
      );
      return scene.db.meter.rowsRead;
    };
    must(await enterRequest(keeper, row.contractId, asked, newOnce()));
    const before = await cost();
    for (let no = 2; no <= 12; no += 1) {
      must(await enterRequest(keeper, row.contractId, asked, newOnce()));
      const step = { requestNo: no, step: "done", onDay: "2026-09-01", words: "换好了" } as const;
      must(await stepRequest(keeper, row.contractId, step));
    }
    expect(await cost()).toBe(before);
  });

  test("an answer names nobody: neither a number nor who reported it", async () => {
    const { community, row } = await served();
    must(await tell(community, "张三丰"));
    const keeper = serving(community, "secretary", NOW);
    const step = { requestNo: 1, step: "answered", onDay: "2026-09-01" } as const;
    for (const words of ["已回电13812345678", "已答复测试先生"])
      expect(reasonOf(await stepRequest(keeper, row.contractId, { ...step, words }))).toBe("request_names_a_person");
    expect(reasonOf(await stepRequest(keeper, row.contractId, { ...step, words: " " }))).toBe("request_words");
    must(await stepRequest(keeper, row.contractId, { ...step, words: "已预约上门" }));
  });
});

/** When the offices of the tests are held. */
const TODAY = at("2026-11-20");
describe("the pages", () => {
  test("from the owner's telephone to the officer's answer, and back", async () => {
    const community = await estate(13, OWNERS_ROLL);
    const { slug } = community;
    await signed(community, runningTerms());
    const owner = await ownerSignedIn(community, "张三丰", TODAY);
    await owner.get(`/c/${slug}/my`);
    expect(textOf(owner.page)).toContain("向物业报一件事");
    const action = `/c/${slug}/my/requests/new`;
    await owner.get(action);
    const empty = await owner.submit(action, { contract: "1", building: "公共区域" });
    expect([empty.status, owner.page.includes('href="#f-kind"')]).toEqual([422, true]);
    const sent = await owner.submit(action, {
      kind: "complaint",
      contract: "1",
      building: "公共区域",
      text: "绿化带有垃圾",
    });
    expect(sent.headers.get("location")).toBe(`/c/${slug}/my/requests?done=1`);
    await owner.get(`/c/${slug}/my/requests?done=1`);
    for (const words of ["投诉（公共区域）", "绿化带有垃圾", "期限"]) expect(textOf(owner.page)).toContain(words);

    const secretary = await signedIn(community, "secretary", TODAY);
    await secretary.get(`/c/${slug}/desk`);
    expect(textOf(secretary.page)).toContain("1件报事等待答复");
    await secretary.get(`/c/${slug}/desk/contracts/requests`);
    expect(textOf(secretary.page)).toContain("业主自己报的");
    await secretary.get(`/c/${slug}/desk/contracts/1/requests/1`);
    expect(textOf(secretary.page)).toContain("绿化带有垃圾");
    const step = `/c/${slug}/desk/contracts/1/requests/1/step`;
    const wrong = await secretary.submit(step, { step: "answered", onDay: "2026-11-21", words: "已清理" });
    expect([wrong.status, textOf(secretary.page).includes("不能晚于今天")]).toEqual([422, true]);
    const answered = await secretary.submit(step, { step: "answered", onDay: "2026-11-20", words: "已清理" });
    expect(answered.headers.get("location")).toBe(`/c/${slug}/desk/contracts/requests?done=1`);
    await owner.get(`/c/${slug}/my/requests`);
    expect(textOf(owner.page)).toContain("已清理");
  });
});
