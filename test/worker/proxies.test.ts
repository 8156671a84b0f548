import { describe, expect, test } from "vitest";
import { castBallot } from "../../src/assembly/ballots/actions.ts";
import { issueLinks, linkAddress } from "../../src/assembly/links/actions.ts";
import { listCurrentLinks } from "../../src/assembly/links/store.ts";
import { openAgent, recordProxy, revokeProxy } from "../../src/assembly/proxies/actions.ts";
import type { ProxyTerms } from "../../src/assembly/proxies/rules.ts";
import { findProxyOf } from "../../src/assembly/proxies/store.ts";
import { dayOf } from "../../src/kernel/day.ts";
import { sql } from "../../src/platform/db.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import type { OutgoingMessage } from "../../src/platform/outbox/gateway.ts";
import { sceneAt, staffSceneAt } from "./community-of-test.ts";
import { signedIn, stranger } from "./desk-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import {
  CLOSES_AT,
  countRows,
  DURING_DAY,
  flats,
  makeVoting,
  numberOf,
  rulesWith,
  tailOf,
  type VotingOfTest,
} from "./voting-of-test.ts";

const terms = (more: Partial<ProxyTerms> = {}): ProxyTerms => ({
  agentName: "代理甲",
  agentLastFour: "123X",
  itemNos: [],
  instructions: "两项都投同意",
  validUntil: dayOf(CLOSES_AT),
  signed: true,
  agentIsProviderStaff: false,
  ...more,
});

const secretary = (voting: VotingOfTest, now = DURING_DAY) =>
  staffSceneAt(voting.community, "secretary", ["proxy.record"], now);

const record = (voting: VotingOfTest, voterNo: number, more: Partial<ProxyTerms> = {}, key?: string) =>
  recordProxy(secretary(voting), { meetingId: voting.meetingId, voterNo, terms: terms(more), ...(key ? { key } : {}) });

const linked = async (voting: VotingOfTest) => {
  const scene = sceneAt(voting.community);
  await scene.db.write(
    issueLinks(
      scene,
      voting.meetingId,
      voting.frozen.voters.map(({ voterNo }) => voterNo),
    ),
  );
  return voting;
};

describe("a written authorisation", () => {
  test("is kept sealed and masked, with a leaf that names nobody, and the principal is told", async () => {
    const voting = await linked(await makeVoting());
    const recorded = await record(voting, 1);
    if (!recorded.ok) throw new Error(recorded.error.reason);
    const scene = sceneAt(voting.community, DURING_DAY);
    const [rows] = await scene.db.read(findProxyOf(scene, voting.meetingId, 1));
    expect(rows[0]).toMatchObject({ agentMasked: "代**", usedAt: null, revokedAt: null });
    expect(await openAgent(scene, rows[0]!)).toEqual({
      name: "代理甲",
      lastFour: "123X",
      instructions: "两项都投同意",
    });
    const [stored, leaves] = await scene.db.read(
      scene.db.all(sql`SELECT * FROM proxy WHERE community_id = ${voting.community.id}`),
      scene.db.all<{ entry: string }>(
        sql`SELECT entry FROM record_leaf WHERE community_id = ${voting.community.id} AND type = 'proxy.recorded'`,
      ),
    );
    const plain = JSON.stringify([stored, leaves]);
    for (const secret of ["代理甲", "123X", "两项都投同意"]) expect(plain).not.toContain(secret);
    expect(JSON.parse(leaves[0]!.entry)).toMatchObject({ voter: 1, items: [], by: "secretary" });
    const sent: OutgoingMessage[] = [];
    await sendDue(scene, {
      name: "keep",
      send: async (message) => {
        sent.push(message);
        return { taken: true, detail: "kept" };
      },
    });
    const told = sent.find(({ kind }) => kind === "proxy.notice");
    expect(told?.phone).toBe("19900000001");
    expect(told?.text).toContain("代**");
  });

  const refused: [string, Partial<ProxyTerms>, string][] = [
    ["names no agent", { agentName: " " }, "agent_missing"],
    ["does not tell two of one name apart", { agentLastFour: "12" }, "last_four_unreadable"],
    ["has no term", { validUntil: "" }, "term_missing"],
    ["ends the day before the vote", { validUntil: dayOf(CLOSES_AT - 86_400_000) }, "term_too_short"],
    ["is not signed", { signed: false }, "unsigned"],
    ["names somebody of the property service", { agentIsProviderStaff: true }, "agent_barred"],
    ["names an item the owner does not decide", { itemNos: [9] }, "unknown_item"],
  ];
  test.each(refused)("is refused when it %s", async (_, more, reason) => {
    const voting = await makeVoting();
    expect(await record(voting, 0, more)).toMatchObject({ error: { reason } });
    expect(await countRows(sceneAt(voting.community).db, "proxy", voting.meetingId)).toBe(0);
  });

  test("is refused where the rules allow none, for a second agent, after the ballot, and after the close", async () => {
    const none = await makeVoting({ rules: rulesWith({ proxiesAllowed: false }) });
    expect(await record(none, 0)).toMatchObject({ error: { reason: "proxies_not_allowed" } });
    const voting = await linked(await makeVoting());
    await record(voting, 0);
    expect(await record(voting, 0, { agentName: "另一人" })).toMatchObject({ error: { reason: "proxy_stands" } });
    await castBallot(sceneAt(voting.community, DURING_DAY), {
      meetingId: voting.meetingId,
      voterNo: 1,
      answers: [1, 2].map((itemNo) => ({ itemNo, options: [1] })),
      channel: "web",
      evidence: { by: "link", generation: 1, factor: "phone" },
    });
    expect(await record(voting, 1)).toMatchObject({ error: { reason: "already_voted" } });
    const late = recordProxy(secretary(voting, CLOSES_AT), { meetingId: voting.meetingId, voterNo: 2, terms: terms() });
    expect(await late).toMatchObject({ error: { reason: "voting_over" } });
    expect(await record(voting, 99)).toMatchObject({ error: { reason: "unknown_voter" } });
  });

  test("counts for an agent's cap: three are taken, the fourth is not, however the name is spaced", async () => {
    const voting = await makeVoting({ units: flats(6) });
    for (const voterNo of [0, 1, 2])
      expect((await record(voting, voterNo, { agentName: "代理 甲 ".trim() })).ok).toBe(true);
    expect(await record(voting, 3, { agentName: "  代理 甲" })).toMatchObject({
      error: { reason: "cap_reached", cap: 3, held: 3 },
    });
    expect((await record(voting, 3, { agentName: "代理 甲", agentLastFour: "9999" })).ok).toBe(true);
    const { db } = sceneAt(voting.community);
    const [rows] = await db.read(
      db.all<{ id: string }>(
        sql`SELECT proxy_id AS id FROM proxy WHERE voter_no = 0 AND meeting_id = ${voting.meetingId}`,
      ),
    );
    await revokeProxy(secretary(voting), { meetingId: voting.meetingId, proxyId: rows[0]!.id, by: "secretary" });
    expect((await record(voting, 4, { agentName: "代理 甲" })).ok).toBe(true);
  });

  test("of which five are recorded for one agent at once keeps to the cap", async () => {
    const voting = await makeVoting({ units: flats(6) });
    const all = await Promise.all([0, 1, 2, 3, 4].map((voterNo) => record(voting, voterNo)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(3);
    expect(await countRows(sceneAt(voting.community).db, "proxy", voting.meetingId)).toBe(3);
  });

  test("sent twice by one form is one, with one message", async () => {
    const voting = await makeVoting();
    const key = "0123456789abcdef";
    expect(await record(voting, 0, {}, key)).toEqual({ ok: true, value: { proxyId: key } });
    expect(await record(voting, 0, {}, key)).toEqual({ ok: true, value: { proxyId: key } });
    expect(
      await numberOf(
        sceneAt(voting.community).db,
        sql`SELECT count(*) AS n FROM outbox_message WHERE community_id = ${voting.community.id} AND kind = 'proxy.notice'`,
      ),
    ).toBe(1);
  });
});

describe("taking it back", () => {
  test("is possible until it was used, once, and only by its own principal", async () => {
    const voting = await makeVoting();
    const recorded = await record(voting, 0);
    if (!recorded.ok) throw new Error(recorded.error.reason);
    const { proxyId } = recorded.value;
    const scene = sceneAt(voting.community, DURING_DAY);
    const own = { meetingId: voting.meetingId, proxyId, by: "voter", voterNo: 0 };
    expect(await revokeProxy(scene, { ...own, voterNo: 1 })).toMatchObject({ error: { reason: "unknown_proxy" } });
    expect((await revokeProxy(scene, own)).ok).toBe(true);
    expect((await revokeProxy(scene, own)).ok).toBe(true);
    expect(
      await numberOf(
        scene.db,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${voting.community.id} AND type = 'proxy.revoked'`,
      ),
    ).toBe(1);
    const again = await record(voting, 0);
    if (!again.ok) throw new Error(again.error.reason);
    await scene.db.read(
      scene.db.run(sql`UPDATE proxy SET used_at = ${DURING_DAY} WHERE proxy_id = ${again.value.proxyId}`),
    );
    expect(await revokeProxy(scene, { ...own, proxyId: again.value.proxyId })).toMatchObject({
      error: { reason: "used" },
    });
  });

  test("the table keeps it as it was recorded", async () => {
    const voting = await makeVoting();
    await record(voting, 0);
    const { db } = sceneAt(voting.community);
    for (const attempt of [
      sql`UPDATE proxy SET agent_key = 'x' WHERE meeting_id = ${voting.meetingId}`,
      sql`DELETE FROM proxy WHERE meeting_id = ${voting.meetingId}`,
      sql`INSERT OR REPLACE INTO proxy SELECT * FROM proxy WHERE meeting_id = ${voting.meetingId}`,
    ])
      expect((await db.write([db.run(attempt)])).ok).toBe(false);
  });
});

describe("through the pages", () => {
  test("the secretary records one with its scan, the principal sees it on the ballot and revokes it", async () => {
    const community = await makeStaffedCommunity();
    const voting = await linked(await makeVoting({ community }));
    const at = (path: string) => `/c/${community.slug}${path}`;
    const browser = await signedIn(community, "secretary", DURING_DAY);
    await browser.get(at("/desk/meetings/1/proxies?building=1%E6%A0%8B&room=101"));
    expect(browser.page).toContain("1栋 101");
    await browser.get(at("/desk/meetings/1/proxies/0"));
    const bad = await browser.submit(at("/desk/meetings/1/proxies/0"), {
      agentName: "代理甲",
      agentLastFour: "123X",
      validUntil: dayOf(CLOSES_AT),
    });
    expect(bad.status).toBe(422);
    expect(browser.page).toContain("委托书没有业主签名");
    expect(browser.page).toContain('value="代理甲"');
    const body = new FormData();
    for (const [name, value] of Object.entries(browser.hidden(at("/desk/meetings/1/proxies/0")))) body.set(name, value);
    for (const [name, value] of Object.entries({
      agentName: "代理甲",
      agentLastFour: "123X",
      validUntil: dayOf(CLOSES_AT),
      signed: "yes",
    }))
      body.set(name, value);
    body.set("scan", new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1])], "委托书.jpg"));
    const done = await browser.send(at("/desk/meetings/1/proxies/0"), { method: "POST", body });
    expect(done.status).toBe(303);
    await browser.open(done.headers.get("location")!);
    const scan = /href="([^"]*\/scans\/[^"]*)"/.exec(browser.page)![1]!;
    expect((await browser.get(scan)).headers.get("content-type")).toBe("image/jpeg");
    const volunteer = await signedIn(community, "volunteer", DURING_DAY);
    expect((await volunteer.get(scan)).status).toBe(404);

    const owner = stranger(DURING_DAY);
    const scene = sceneAt(community);
    const [links] = await scene.db.read(listCurrentLinks(scene, voting.meetingId, [0]));
    await owner.open(new URL(linkAddress(scene, voting.meetingId, links[0]!)).pathname);
    await owner.submit(at("/vote/identify"), { lastFour: tailOf(0) });
    await owner.open(at("/vote"));
    expect(owner.page).toContain("您已书面委托他人投票");
    const stale = owner.hidden(at("/vote/proxy/revoke"));
    expect((await owner.post(at("/vote/proxy/revoke"), { ...stale, _for: `${voting.meetingId}.1` })).status).toBe(409);
    expect((await owner.post(at("/vote/proxy/revoke"), stale)).status).toBe(303);
    await owner.open(at("/vote"));
    expect(owner.page).not.toContain("您已书面委托他人投票");
  });
});
