/** Rating by the link of a message: who is written to and when, what the link opens, and what stays hidden. */
import { describe, expect, test } from "vitest";
import "../../src/app.ts";
import { closeHoldings } from "../../src/community/store.ts";
import type { UnitId } from "../../src/kernel/id.ts";
import { readSettings, saveSettings } from "../../src/offices/settings/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { findMessageKind } from "../../src/platform/outbox/kinds.ts";
import { rateService } from "../../src/tenders/service/ratings/actions.ts";
import { inviteToRate, RATING_LINK } from "../../src/tenders/service/ratings/links.ts";
import { SERVICE_SETTINGS } from "../../src/tenders/service/settings.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile } from "./community-roll-of-test.ts";
import { stranger, textOf } from "./desk-of-test.ts";
import { must } from "./ledger-of-test.ts";
import { actorOf, OWNERS_ROLL, partyNamed } from "./owners-of-test.ts";
import { get } from "./public-of-test.ts";
import { at, runningTerms, serving, signed } from "./tender-contracts-of-test.ts";

/** The first and the last day on which the third quarter is rated. */
const FIRST = at("2026-09-15");
const LAST = at("2026-10-15");

async function served() {
  const community = await makeCommunity({ name: "金桂苑" });
  await importFile(community, csvOf(...OWNERS_ROLL));
  const row = await signed(community, runningTerms());
  return { community, row };
}

interface Message {
  readonly recipient: string;
  readonly params: string;
}
async function queued(community: CommunityAddress): Promise<Message[]> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(
    scene.db.all<Message>(
      sql`SELECT recipient, params FROM outbox_message WHERE community_id = ${community.id} AND kind = ${RATING_LINK}`,
    ),
  );
  return rows;
}
/** What a party's message says at an instant. */
async function said(community: CommunityAddress, name: string, now = FIRST) {
  const party = await partyNamed(community, name);
  const message = (await queued(community)).find(({ recipient }) => recipient === party);
  return message
    ? findMessageKind(RATING_LINK)!.render(sceneAt(community, now), JSON.parse(message.params), message.recipient)
    : null;
}
async function linkOf(community: CommunityAddress, name: string, now = FIRST): Promise<string> {
  const message = await said(community, name, now);
  if (!message || !("text" in message)) throw new Error(`nothing was sent to ${name}`);
  return /\/c\/\S+\/rate\/link\/[0-9a-z]{32}/.exec(message.text)![0];
}

describe("word to the households", () => {
  test("goes out once, from the first day of the window, to whoever acts for each head", async () => {
    const { community } = await served();
    expect(await inviteToRate(sceneAt(community, at("2026-09-14")))).toBe(0);
    const both = await Promise.all([1, 2].map(() => inviteToRate(sceneAt(community, FIRST))));
    const sent = Math.max(...both);
    expect([both.includes(0), sent > 5]).toEqual([true, true]);
    expect(await inviteToRate(sceneAt(community, LAST))).toBe(0);
    const messages = await queued(community);
    expect(messages).toHaveLength(sent);
    const to = messages.map(({ recipient }) => recipient);
    for (const name of ["张三丰", "李四光", "吴妈妈"]) expect(to).toContain(await partyNamed(community, name));
    // Of co-owners only the one they chose; of those who chose nobody, nobody; of a ward the guardian.
    for (const name of ["王五妹", "孙小美", "孙大美", "吴小弟"])
      expect(to).not.toContain(await partyNamed(community, name));
    expect(await said(community, "张三丰")).toMatchObject({ phone: "13812345678" });
    expect(await said(community, "郑老伯")).toEqual({ skip: "no number" });
    expect(await said(community, "张三丰", at("2026-10-16"))).toEqual({ skip: "over" });
  });

  test("nobody is written to where nobody serves, nor where the community does not wish it", async () => {
    const community = await makeCommunity({ name: "银杏苑" });
    await importFile(community, csvOf(...OWNERS_ROLL));
    expect(await inviteToRate(sceneAt(community, FIRST))).toBe(0);
    const served = await signed(community, runningTerms());
    expect(served.state).toBe("signed");
    const values = await readSettings(sceneAt(community), SERVICE_SETTINGS);
    const none = { ...values, ratingLinks: { value: "none" as const, clause: "议事规则第九条" } };
    must(await saveSettings(serving(community, "chair"), SERVICE_SETTINGS, none, {}));
    expect(await inviteToRate(sceneAt(community, FIRST))).toBe(0);
  });
});

describe("the link", () => {
  test("opens the form without signing in, takes one rating, and says so when it is opened again", async () => {
    const { community } = await served();
    await inviteToRate(sceneAt(community, FIRST));
    const link = await linkOf(community, "张三丰");
    const phone = stranger(FIRST);
    const opened = await phone.get(link);
    expect([opened.status, opened.headers.get("location")]).toEqual([303, `/c/${community.slug}/rate`]);
    await phone.open(link);
    expect(textOf(phone.page)).toContain("请评分");
    const action = `/c/${community.slug}/rate/1`;
    await phone.get(action);
    const empty = await phone.submit(action, {});
    expect([empty.status, phone.page.includes('href="#f-score0"')]).toEqual([422, true]);
    expect((await phone.submit(action, { score0: "4", words: "不错" })).headers.get("location")).toBe(
      `/c/${community.slug}/rate?done=1`,
    );
    await phone.open(link);
    for (const words of ["已评", "都评过了"]) expect(textOf(phone.page)).toContain(words);
    expect((await phone.get(action)).status).toBe(303);
    expect(await said(community, "张三丰")).toEqual({ skip: "rated" });
  });

  test("and the corner are one rating: whichever comes second is refused", async () => {
    const { community, row } = await served();
    await inviteToRate(sceneAt(community, FIRST));
    const phone = stranger(FIRST);
    await phone.open(await linkOf(community, "李四光"));
    const action = `/c/${community.slug}/rate/1`;
    await phone.get(action);
    const owner = actorOf(await partyNamed(community, "李四光"));
    must(await rateService(sceneAt(community, FIRST), owner, row.contractId, { scores: [2], words: "" }));
    const second = await phone.submit(action, { score0: "5" });
    expect([second.status, textOf(phone.page).includes("每户每期一次")]).toEqual([409, true]);
  });

  test("rates for the ward under the guardian's link", async () => {
    const { community, row } = await served();
    await inviteToRate(sceneAt(community, FIRST));
    const phone = stranger(FIRST);
    await phone.open(await linkOf(community, "吴妈妈"));
    await phone.get(`/c/${community.slug}/rate/1`);
    expect((await phone.submit(`/c/${community.slug}/rate/1`, { score0: "3" })).status).toBe(303);
    const ward = actorOf(await partyNamed(community, "吴小弟"), await partyNamed(community, "吴妈妈"));
    expect(
      await rateService(sceneAt(community, FIRST), ward, row.contractId, { scores: [5], words: "" }),
    ).toMatchObject({ error: { reason: "rated_already" } });
  });

  test("is nothing to another community, once ratings closed, once the head is another's, or made up", async () => {
    const { community } = await served();
    await inviteToRate(sceneAt(community, FIRST));
    const link = await linkOf(community, "刘小妹");
    const other = await makeCommunity({ name: "银杏苑" });
    expect((await get(link.replace(community.slug, other.slug), FIRST)).status).toBe(404);
    expect((await get(`/c/${community.slug}/rate/link/${"0".repeat(32)}`, FIRST)).status).toBe(404);
    expect((await get(`/c/${community.slug}/rate`, FIRST)).status).toBe(404);
    expect((await stranger(LAST).open(link)).status).toBe(200);
    expect((await stranger(at("2026-10-16")).open(link)).status).toBe(404);
    const scene = sceneAt(community, FIRST);
    const party = await partyNamed(community, "刘小妹");
    const [held] = await scene.db.read(
      scene.db.all<{ unitId: UnitId; holdingNo: number }>(
        sql`SELECT unit_id AS unitId, holding_no AS holdingNo FROM holding WHERE community_id = ${community.id} AND party_id = ${party}`,
      ),
    );
    await scene.db.write(closeHoldings(scene, "test", "2026-09-15", held));
    expect((await stranger(at("2026-09-16")).open(link)).status).toBe(404);
  });

  test("stands nowhere: neither token nor number in table, record or address; who rated is not told by it", async () => {
    const { community } = await served();
    await inviteToRate(sceneAt(community, FIRST));
    const link = await linkOf(community, "张三丰");
    const token = link.split("/").at(-1)!;
    const phone = stranger(FIRST);
    await phone.open(link);
    await phone.get(`/c/${community.slug}/rate/1`);
    await phone.submit(`/c/${community.slug}/rate/1`, { score0: "1" });
    const scene = sceneAt(community);
    const party = await partyNamed(community, "张三丰");
    const [links, outbox, leaves, ratings] = await scene.db.read(
      scene.db.all(sql`SELECT * FROM tender_rating_link WHERE community_id = ${community.id}`),
      scene.db.all(sql`SELECT * FROM outbox_message WHERE community_id = ${community.id}`),
      scene.db.all(sql`SELECT * FROM record_leaf WHERE community_id = ${community.id}`),
      scene.db.all(sql`SELECT * FROM tender_rating WHERE community_id = ${community.id}`),
    );
    for (const text of [token, "13812345678", "张三丰"])
      expect(JSON.stringify([links, outbox, leaves, ratings])).not.toContain(text);
    expect(JSON.stringify([leaves, ratings])).not.toContain(party);
    expect(JSON.stringify(leaves)).toContain("tender.rating_invited");
    expect(textOf((await get(`/c/${community.slug}/calendar.ics`, FIRST)).text)).toContain("评分截止");
  });
});
