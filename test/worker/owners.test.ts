/** Owners sign in outside meetings: by a code, by a card of paper; what they see of themselves, and when it ends. */
import { beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { openPetition, signOwn, takeBackOwn } from "../../src/assembly/convening/actions.ts";
import { issueLinks, linkAddress } from "../../src/assembly/links/actions.ts";
import { listCurrentLinks } from "../../src/assembly/links/store.ts";
import { headsOn } from "../../src/community/browse/actions.ts";
import { changeContact, chooseWhoVotes, setGuardian, transferUnit } from "../../src/community/changes/actions.ts";
import { REST_MS, TRIES_BEFORE_REST } from "../../src/community/identity/tries/rules.ts";
import { dayOf } from "../../src/kernel/day.ts";
import { newId, type PartyId } from "../../src/kernel/id.ts";
import { askForCode } from "../../src/offices/signin/actions.ts";
import { SESSION_IDLE_MS, SESSION_LIFE_MS, WRONG_PER_PHONE } from "../../src/offices/signin/rules.ts";
import { codeOfCard, identifyByCard, issueCard, openCard, revokeCard } from "../../src/owners/access-card/actions.ts";
import { listCardsOf } from "../../src/owners/access-card/store.ts";
import { headOf, headToActFor, readOwnRoll } from "../../src/owners/actions.ts";
import { headsOfParty } from "../../src/owners/rules.ts";
import { askForOwnerCode, codeOfOwner, openOwnerSession, tryOwnerCode } from "../../src/owners/signin/actions.ts";
import { type CommunityAddress, Database, sql } from "../../src/platform/db.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import type { OutgoingMessage } from "../../src/platform/outbox/gateway.ts";
import { type Scene, systemRandom } from "../../src/platform/scene.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { secretary as rollKeeper, unitIdOf } from "./community-roll-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import { inWeather, losing, type Weather } from "./lost-answers.ts";
import { as } from "./meeting-of-test.ts";
import { Browser } from "./offices-of-test.ts";
import { actorOf, OWNERS_ROLL, ownerSignedIn, partyNamed } from "./owners-of-test.ts";
import { flats, makeVoting, tailOf } from "./voting-of-test.ts";

const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const ZHANG = "13812345678";
const NOBODY = "13900009999";

const clock = { now: T0 };
const app = createApp({ demo: false, now: async () => clock.now });
const browserNow = () => new Browser(app);

let community: CommunityAddress;
let my: string;
beforeEach(async () => {
  clock.now = T0;
  community = await estate(0, OWNERS_ROLL);
  my = `/c/${community.slug}/my`;
});

const heard = async (): Promise<OutgoingMessage[]> => {
  const messages: OutgoingMessage[] = [];
  await sendDue(sceneAt(community, clock.now), {
    name: "webhook",
    send: async (message) => {
      messages.push(message);
      return { taken: true, detail: "http 200" };
    },
  });
  return messages.filter(({ kind }) => kind.startsWith("owner."));
};
const codeIn = (messages: readonly OutgoingMessage[]): string => /码是 (\d{6})/.exec(messages.at(-1)!.text)![1]!;
const wrongOf = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function ask(browser: Browser, phone: string, path = `${my}/sign-in`): Promise<Response> {
  await browser.open(path);
  return browser.submit(`${my}/sign-in`, { phone });
}

/** Through the number and the code; where it led. */
async function signIn(phone: string, path?: string): Promise<{ browser: Browser; to: string }> {
  const browser = browserNow();
  await ask(browser, phone, path);
  const code = codeIn(await heard());
  await browser.get(`${my}/sign-in/code`);
  const done = await browser.submit(`${my}/sign-in/code`, { code });
  expect(done.status).toBe(303);
  return { browser, to: done.headers.get("location")! };
}

const change = (why = "核对") => ({ changeId: newId<string>(systemRandom), note: { why, evidence: "" } });
const sellTo = async (room: string, name: string): Promise<void> => {
  const person = { kind: "natural" as const, idType: null, idNumber: null, idTail: "7777", ownerNo: null };
  must(
    await transferUnit(rollKeeper(community), await unitIdOf(community, room), {
      ...change(),
      fromOn: dayOf(T0),
      kind: "sale",
      owners: [{ basis: "registered", personal: { ...person, name, phone: "13700001111" } }],
      designated: null,
      state: null,
    }),
  );
};
const countOf = async (table: string): Promise<number> => {
  const { db } = sceneAt(community);
  const [[row]] = await db.read(
    db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id}`),
  );
  return row!.n;
};

describe("by a code to the number on the roll", () => {
  test("an owner is let in where they were going, and sees their entry and why it counts once", async () => {
    const browser = browserNow();
    const turned = await browser.get(my);
    expect([turned.status, turned.headers.get("location")]).toEqual([
      303,
      `${my}/sign-in?next=${encodeURIComponent(my)}`,
    ]);
    const { browser: inside, to } = await signIn(" 138 1234 5678 ", turned.headers.get("location")!);
    expect(to).toBe(my);
    const page = await inside.get(my);
    const text = textOf(await page.text());
    expect(page.status).toBe(200);
    expect(text).toContain("张** · 业主");
    expect(text).toContain("张**名下有 2 个专有部分。同一业主不论有几个，都按一人计算");
    expect(text).toContain("192.01"); // 89.66 + 102.35, without the parking space
    expect(text).toContain("B1-001");
    expect(text).not.toContain("张三丰");
    expect(text).not.toContain(ZHANG);
  });

  test("one message leaves, to the number on the roll, and that it was read is written down", async () => {
    await ask(browserNow(), ZHANG);
    const messages = await heard();
    expect(messages.map(({ phone, kind }) => [phone, kind])).toEqual([[ZHANG, "owner.sign-in-code"]]);
    const { db } = sceneAt(community);
    const [reads] = await db.read(
      db.all<{ what: string; by: string }>(
        sql`SELECT what, read_by AS by FROM pii_read WHERE community_id = ${community.id}`,
      ),
    );
    expect(reads).toContainEqual({ what: "contact", by: "outbox" });
  });

  test("a number that is nobody's is answered byte for byte like one that is on the roll", async () => {
    const answers = [];
    for (const phone of [ZHANG, NOBODY]) {
      const browser = browserNow();
      const asked = await ask(browser, phone);
      const page = await browser.get(`${my}/sign-in/code`);
      const tried = await browser.submit(`${my}/sign-in/code`, { code: "000000" });
      const plain = (text: string) => text.replace(/value="[0-9a-z]{16,}"/g, "");
      const cookies = [...browser.cookies].map(([name, value]) => [name, value.length]);
      answers.push([asked.status, plain(await page.text()), tried.status, plain(browser.page), cookies]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect((await heard()).map(({ phone }) => phone)).toEqual([ZHANG]);
  });

  test("two hundred guesses at once are five tries, and an officer's own door stays open", async () => {
    const scene = sceneAt(community);
    const { challengeId } = must(await askForOwnerCode(scene, ZHANG, "form-1-of-test"));
    const code = codeOfOwner(scene, challengeId);
    const guesses = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        tryOwnerCode(sceneAt(community), challengeId, String((Number(code) + 1 + n) % 1_000_000).padStart(6, "0")),
      ),
    );
    expect(guesses.filter((one) => !one.ok && one.error.reason === "code_wrong")).toHaveLength(5);
    expect((await tryOwnerCode(scene, challengeId, code)).ok).toBe(false);
    const second = must(await askForOwnerCode(scene, ZHANG, "form-2-of-test"));
    for (let n = 0; n < 5; n += 1)
      await tryOwnerCode(scene, second.challengeId, wrongOf(codeOfOwner(scene, second.challengeId)));
    expect(await askForOwnerCode(scene, ZHANG, "form-3-of-test")).toMatchObject({ error: { reason: "locked_out" } });
    expect(WRONG_PER_PHONE.most).toBe(10);
    expect((await askForCode(scene, ZHANG, "form-4-of-test")).ok).toBe(true);
  });

  test("an owner's code opens no desk, and an officer's no corner", async () => {
    const scene = sceneAt(community);
    const staff = must(await askForCode(scene, "13800000002", "form-1-of-test"));
    expect(await tryOwnerCode(scene, staff.challengeId, "123456")).toMatchObject({ ok: false });
    const { browser } = await signIn(ZHANG);
    expect((await browser.get(`/c/${community.slug}/desk`)).headers.get("location")).toContain("/sign-in");
    const officer = await signedIn(community, "secretary");
    expect((await officer.get(my)).headers.get("location")).toContain("/my/sign-in");
  });

  test("the code sent twice is one session, and no code or number is in the database", async () => {
    const browser = browserNow();
    await ask(browser, ZHANG);
    const code = codeIn(await heard());
    await browser.get(`${my}/sign-in/code`);
    const fields = { ...browser.hidden(`${my}/sign-in/code`), code };
    const all = await Promise.all([1, 2, 3].map(() => browser.post(`${my}/sign-in/code`, fields)));
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await countOf("owner_session")).toBe(1);
    const { db } = sceneAt(community);
    const stored = await db.readMany(
      ["owner_session", "owner_session_party", "sign_in_challenge", "sign_in_attempt", "outbox_message"].map((table) =>
        db.all(sql`SELECT * FROM ${sql.raw(table)} WHERE community_id = ${community.id}`),
      ),
    );
    for (const secret of [code, ZHANG, "张三丰"]) expect(JSON.stringify(stored)).not.toContain(secret);
  });
});

describe("several owners with one number", () => {
  test("choose whose corner it is after the code, and can change", async () => {
    const { browser, to } = await signIn(
      "13912345678",
      `${my}/sign-in?next=${encodeURIComponent(`/c/${community.slug}/record`)}`,
    );
    expect(to).toBe(`${my}/choose?next=${encodeURIComponent(`/c/${community.slug}/record`)}`);
    expect((await browser.get(my)).headers.get("location")).toContain("/my/sign-in");
    await browser.get(to);
    const text = textOf(browser.page);
    expect(text).toContain("我是李**");
    expect(text).toMatch(/刘\*\* 1栋 2单元 0202 我是刘\*\*/);
    const li = await partyNamed(community, "李四光");
    const chosen = await browser.submit(`${my}/choose`, { party: li });
    expect(chosen.headers.get("location")).toBe(`/c/${community.slug}/record`);
    await browser.get(my);
    expect(textOf(browser.page)).toContain("共有人推选李**投票");
    await browser.get(`${my}/choose`);
    await browser.submit(`${my}/choose`, { party: await partyNamed(community, "刘小妹") });
    await browser.get(my);
    expect(textOf(browser.page)).toContain("刘** · 业主");
  });

  test("cannot choose somebody whose number it is not", async () => {
    const { browser } = await signIn("13912345678");
    await browser.get(`${my}/choose`);
    const chosen = await browser.submit(`${my}/choose`, { party: await partyNamed(community, "张三丰") });
    expect(chosen.status).toBe(404);
    expect((await browser.get(my)).status).toBe(303);
  });

  test("a guardian acts for the ward, and no longer once another is", async () => {
    const { browser, to } = await signIn("13512345678");
    expect(to).toBe(my);
    await browser.get(my);
    expect(textOf(browser.page)).toContain("吴** · 监护人代办");
    const ward = await partyNamed(community, "吴小弟");
    must(await setGuardian(rollKeeper(community), ward, { ...change(), fromOn: dayOf(T0), guardian: null }));
    expect((await browser.get(my)).status).toBe(303);
  });
});

describe("a session", () => {
  test("ends when the number is taken off the roll, and with it whoever has the old telephone", async () => {
    const { browser } = await signIn(ZHANG);
    expect((await browser.get(my)).status).toBe(200);
    const zhang = await partyNamed(community, "张三丰");
    must(
      await changeContact(rollKeeper(community), zhang, {
        ...change(),
        change: (known) => ({ ...known, phone: "13111111111" }),
      }),
    );
    expect((await browser.get(my)).status).toBe(303);
  });

  test("ends after an hour without use, and after twelve hours however busy", async () => {
    const { browser } = await signIn(ZHANG);
    clock.now = T0 + SESSION_IDLE_MS - 1000;
    expect((await browser.get(my)).status).toBe(200);
    clock.now += SESSION_IDLE_MS - 1000;
    expect((await browser.get(my)).status).toBe(200);
    for (; clock.now < T0 + SESSION_LIFE_MS - 1000; clock.now += SESSION_IDLE_MS / 2)
      expect((await browser.get(my)).status).toBe(200);
    clock.now = T0 + SESSION_LIFE_MS;
    expect((await browser.get(my)).status).toBe(303);
  });

  test("is over for good when signed out; everywhere means on other telephones too", async () => {
    const [here, there] = [(await signIn(ZHANG)).browser, (await signIn(ZHANG)).browser];
    const kept = new Map(here.cookies);
    await here.get(my);
    await here.submit(`${my}/sign-out`);
    for (const [name, value] of kept) here.cookies.set(name, value);
    expect((await here.get(my)).status).toBe(303);
    await there.get(my);
    const again = (await signIn(ZHANG)).browser;
    await again.get(my);
    await again.submit(`${my}/sign-out`, { everywhere: "yes" });
    expect((await there.get(my)).status).toBe(303);
  });

  test("of one community is worth nothing in another; a link's lasts two hours", async () => {
    const other = await estate(0, OWNERS_ROLL);
    const browser = await ownerSignedIn(community, "张三丰");
    expect((await browser.get(`/c/${other.slug}/my`)).status).toBe(303);
    const opened = await openOwnerSession(sceneAt(community), await partyNamed(community, "张三丰"), "link");
    expect(opened!.endsAt - opened!.beganAt).toBe(2 * 3_600_000);
  });

  test("of who has sold everything says so kindly and shows nothing", async () => {
    await sellTo("0203", "新业主");
    const { browser, to } = await signIn("13712345678");
    expect(to).toBe(my);
    const page = await browser.get(my);
    const text = textOf(await page.text());
    expect(text).toContain("名册上您名下已经没有专有部分");
    expect(text).not.toContain("0203");
    const sun = await partyNamed(community, "孙小美");
    expect(await headOf(sceneAt(community), actorOf(sun))).toBeNull();
  });

  test("of a home not handed over says whose it counts as", async () => {
    const { browser } = await signIn("13612345678");
    await browser.get(my);
    expect(textOf(browser.page)).toContain("尚未交付，暂按建设单位计入");
  });
});

describe("an owner's head", () => {
  test("is the one the whole roll gives, for every owner, the developer too (C2, C3)", async () => {
    const scene = sceneAt(community);
    const whole = await headsOn(scene, dayOf(T0));
    expect(whole.names.size).toBeGreaterThan(10);
    const shape = (heads: typeof whole.heads) =>
      heads.map(({ key, areaDm2, reason, designation, units }) => ({ key, areaDm2, reason, designation, units }));
    for (const partyId of whole.names.keys()) {
      const own = await readOwnRoll(scene, { partyId });
      expect(shape(own.heads)).toEqual(shape(headsOfParty(whole.heads, partyId)));
    }
  });

  test("may be acted for by the one the co-owners chose, from the day they did", async () => {
    const [da, xiao] = [await partyNamed(community, "孙大美"), await partyNamed(community, "孙小美")];
    const act = (partyId: PartyId) => headToActFor(sceneAt(community), actorOf(partyId));
    expect(await act(xiao)).toMatchObject({ error: { reason: "nobody_chosen" } });
    must(
      await chooseWhoVotes(rollKeeper(community), await unitIdOf(community, "0203"), {
        ...change(),
        fromOn: dayOf(T0),
        partyId: da,
      }),
    );
    expect(await act(da)).toMatchObject({ ok: true, value: { areaDm2: 7000 } });
    expect(await act(xiao)).toMatchObject({ error: { reason: "another_chosen", chosen: da } });
  });

  test("costs one round trip, and rows by what is owned and not by the estate", async () => {
    const read = async (units: number) => {
      const of = await estate(units);
      const scene = sceneAt(of);
      const [[party]] = await scene.db.read(
        scene.db.all<{ partyId: PartyId }>(
          sql`SELECT party_id AS partyId FROM holding WHERE community_id = ${of.id} AND unit_id = ${await unitIdOf(of, "0001")}`,
        ),
      );
      const fresh = sceneAt(of);
      await readOwnRoll(fresh, party!);
      return fresh.db.meter;
    };
    const [small, large] = [await read(30), await read(600)];
    expect(small.roundTrips).toBe(1);
    expect(large.roundTrips).toBe(1);
    expect(large.rowsRead).toBeLessThanOrEqual(small.rowsRead + 2);
  }, 60_000);
});

describe("an answer that is lost on its way", () => {
  // Every batch of the act once after its commit and once before: done once, and answered.
  const storms: Weather[] = [1, 2, 3, 4].flatMap((batch): Weather[] => [
    losing(batch),
    (at) => (at === batch ? "lost before" : "fine"),
  ]);
  // A community that was set up lies on whichever shard had room.
  const stormy = (weather: Weather): Scene => {
    const shard = community.shard === 0 ? testEnv.DB : testEnv.DB_1!;
    return {
      ...sceneAt(community),
      db: new Database(inWeather(shard, weather).withSession("first-primary")),
    };
  };
  const outcomes = async <T>(act: (scene: Scene) => Promise<T>): Promise<unknown[]> => {
    const seen = [];
    for (const weather of storms) seen.push(await act(stormy(weather)).catch((error: Error) => error.message));
    return seen;
  };
  const isLost = (outcome: unknown) => typeof outcome === "string" && outcome.includes("Network connection lost");

  test("opens a session by card once", async () => {
    const partyId = await partyNamed(community, "郑老伯");
    must(await issueCard(rollKeeper(community), partyId, 0));
    const all = await outcomes((scene) => identifyByCard(scene, { partyId, cardNo: 1 }, "007X"));
    // Reading is not tried again here; what was begun to be written is.
    for (const one of all) expect(isLost(one) || (one as { ok: boolean }).ok).toBe(true);
    expect(all.filter((one) => !isLost(one)).length).toBeGreaterThanOrEqual(6);
    expect(await countOf("owner_session")).toBe(all.filter((one) => !isLost(one)).length);
  });

  test("signs and takes back once", async () => {
    const petition = must(
      await openPetition(as(community, "secretary"), { subject: "更换物业" }, "a-petition-of-test"),
    ).petitionId;
    const owner = actorOf(await partyNamed(community, "张三丰"));
    for (const [at, weather] of storms.entries()) {
      const scene = stormy(weather);
      const act = at % 2 === 0 ? signOwn : takeBackOwn;
      const once = `form-of-test-${at}`;
      const first = await act(scene, owner, petition, once).catch(() => null);
      const got = first ?? (await act(sceneAt(community), owner, petition, once));
      expect(got).toMatchObject({ ok: true });
    }
    expect(await countOf("petition_signature")).toBe(1);
    expect(await countOf("petition_change")).toBe(storms.length - 1);
  });
});

describe("by the link of a meeting", () => {
  test("a voter who has shown who they are goes on to their corner, and one who has not does not", async () => {
    const voting = await makeVoting({ units: flats(3), state: "notice" });
    const scene = sceneAt(voting.community);
    must(await scene.db.write(issueLinks(scene, voting.meetingId, [1, 2])));
    const [links] = await scene.db.read(listCurrentLinks(scene, voting.meetingId, [2]));
    const path = new URL(linkAddress(scene, voting.meetingId, links[0]!)).pathname;
    const base = `/c/${voting.community.slug}`;
    const browser = browserNow();
    await browser.open(path);
    const form = browser.hidden(`${base}/vote/identify`);
    await browser.post(`${base}/vote/corner`, form);
    expect((await browser.get(`${base}/my`)).status).toBe(303);
    await browser.open(path);
    expect((await browser.submit(`${base}/vote/identify`, { lastFour: tailOf(2) })).status).toBe(303);
    await browser.open(`${base}/vote`);
    const gone = await browser.submit(`${base}/vote/corner`);
    expect(gone.headers.get("location")).toBe(`${base}/my`);
    await browser.get(`${base}/my`);
    expect(textOf(browser.page)).toContain("业** · 业主");
    expect(textOf(browser.page)).toContain("您参加的表决");
    expect(textOf(browser.page)).toContain("○ 还没有投票");
    expect(textOf(browser.page)).toContain("103");
  });
});

describe("a card of paper", () => {
  const issued = async (name = "郑老伯", after = 0) => {
    const partyId = await partyNamed(community, name);
    must(await issueCard(rollKeeper(community), partyId, after));
    const scene = sceneAt(community);
    const [[card]] = await scene.db.read(listCardsOf(scene, partyId));
    return { partyId, code: codeOfCard(scene, card!), cardNo: card!.cardNo };
  };

  test("is printed by the secretary, scanned by the owner, and opens their corner with the last four of the certificate", async () => {
    const secretary = await signedIn(community, "secretary");
    const cards = `/c/${community.slug}/desk/cards`;
    await secretary.get(cards);
    const list = textOf(secretary.page);
    expect(list).toContain("郑**");
    expect(list).toContain("先登记证件号后四位"); // 钱无证
    expect(list).not.toContain("张**"); // has a number
    expect(list).not.toContain("重庆便民"); // an organisation
    const partyId = await partyNamed(community, "郑老伯");
    await secretary.get(`${cards}/${partyId}`);
    const printed = await secretary.submit(`${cards}/${partyId}/issue`);
    expect(printed.headers.get("location")).toBe(`${cards}/${partyId}/letter`);
    await secretary.get(`${cards}/${partyId}/letter`);
    const shown = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(textOf(secretary.page))![0];
    expect(textOf(secretary.page)).toContain("郑**业主");

    const owner = browserNow();
    await owner.get(`${my}/card`);
    const typed = await owner.submit(`${my}/card`, { code: shown.toLowerCase().replaceAll("-", " ") });
    expect(typed.headers.get("location")).toBe(`${my}/card`);
    await owner.get(`${my}/card`);
    const done = await owner.submit(`${my}/card/identify`, { lastFour: "007x" });
    expect(done.headers.get("location")).toBe(my);
    await owner.get(my);
    expect(textOf(owner.page)).toContain("郑** · 业主");
    expect(textOf(owner.page)).toContain("9200".replace("9200", "92.00"));
  });

  test("scanned by a preview a hundred times changes nothing, and its code stays in no address", async () => {
    const { code } = await issued();
    const before = await Promise.all(["owner_session", "owner_card", "record_leaf"].map(countOf));
    const browser = browserNow();
    for (let n = 0; n < 5; n += 1) {
      const opened = await browser.get(`/c/${community.slug}/k/${code}`);
      expect([opened.status, opened.headers.get("location")]).toEqual([303, `${my}/card`]);
    }
    expect(await Promise.all(["owner_session", "owner_card", "record_leaf"].map(countOf))).toEqual(before);
    expect((await browser.get(my)).status).toBe(303); // without the last four it opens nothing
  });

  test("is in no table and no entry as it is printed", async () => {
    const { code, partyId } = await issued();
    const { db } = sceneAt(community);
    const stored = await db.readMany(
      ["owner_card", "record_leaf"].map((table) =>
        db.all(sql`SELECT * FROM ${sql.raw(table)} WHERE community_id = ${community.id}`),
      ),
    );
    expect(JSON.stringify(stored)).not.toContain(code);
    const [leaves] = await db.read(listLeavesAbout(sceneAt(community), "roll", 0, 100));
    const leaf = JSON.parse(leaves.find(({ type }) => type === "owner.card_issued")!.entry);
    expect(leaf).toMatchObject({ party: partyId, card: 1, by: "person-secretary" });
  });

  test("rests an hour after five wrong answers, and forty guesses at once are no more than five", async () => {
    const { partyId, cardNo } = await issued();
    const guess = (lastFour: string, now = T0) =>
      identifyByCard(sceneAt(community, now), { partyId, cardNo }, lastFour);
    const guesses = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(String(1000 + n))));
    const counted = guesses.filter((one) => !one.ok && one.error.reason === "wrong_last_four");
    expect(counted.length).toBeLessThanOrEqual(TRIES_BEFORE_REST);
    for (let n = counted.length; n < TRIES_BEFORE_REST; n += 1) await guess("1000");
    expect(await guess("007X")).toEqual({ ok: false, error: { reason: "resting", until: T0 + REST_MS } });
    expect((await guess("007X", T0 + REST_MS)).ok).toBe(true);
  });

  test("replaced by another opens no more, nor does anybody it had let in", async () => {
    const first = await issued();
    const browser = browserNow();
    await browser.get(`/c/${community.slug}/k/${first.code}`);
    await browser.get(`${my}/card`);
    await browser.submit(`${my}/card/identify`, { lastFour: "007X" });
    expect((await browser.get(my)).status).toBe(200);
    const second = await issued("郑老伯", 1);
    expect(second.cardNo).toBe(2);
    expect((await browser.get(my)).status).toBe(303);
    expect(await openCard(sceneAt(community), first.code)).toBeNull();
    expect((await stranger().get(`/c/${community.slug}/k/${first.code}`)).status).toBe(404);
    expect(await openCard(sceneAt(community), second.code)).toEqual({ partyId: second.partyId, cardNo: 2 });
    const other = await estate(0, OWNERS_ROLL);
    expect(await openCard(sceneAt(other), second.code)).toBeNull();
  });

  test("asked for twice by the same form is one; by a form that is out of date none", async () => {
    const partyId = await partyNamed(community, "郑老伯");
    const both = await Promise.all([1, 2, 3].map(() => issueCard(rollKeeper(community), partyId, 0)));
    expect(both.map((one) => one.ok && one.value.cardNo)).toEqual([1, 1, 1]);
    must(await issueCard(rollKeeper(community), partyId, 1));
    expect(await issueCard(rollKeeper(community), partyId, 0)).toMatchObject({ error: { reason: "card_changed" } });
    const types = (await sceneAt(community).db.read(listLeavesAbout(sceneAt(community), "roll", 0, 100)))[0]
      .map(({ type }) => type)
      .filter((type) => type.startsWith("owner."));
    expect(types).toEqual(["owner.card_issued", "owner.card_revoked", "owner.card_issued"]);
  });

  test("cannot be replaced, changed or removed behind the desk's back", async () => {
    const { partyId, cardNo, code } = await issued();
    const { db } = sceneAt(community);
    const copy = (no: number, hash: string) =>
      db.write([
        db.run(
          sql`INSERT OR REPLACE INTO owner_card(community_id, party_id, card_no, nonce, code_hash, issued_at, issued_by, issued_leaf, failed_attempts)
              SELECT community_id, party_id, ${no}, nonce, ${hash}, issued_at, issued_by, issued_leaf, 0 FROM owner_card
              WHERE community_id = ${community.id} AND party_id = ${partyId} AND card_no = ${cardNo}`,
        ),
      ]);
    for (const tried of [copy(cardNo, "0".repeat(64)), copy(cardNo + 1, "0".repeat(64))])
      expect(await tried).toMatchObject({ error: { code: "card_changed_meanwhile" } });
    must(await revokeCard(rollKeeper(community), { partyId, cardNo, why: "other" }));
    const hash = sceneAt(community).keys.index(code, `owner-card:${community.id}`);
    expect(await copy(cardNo + 1, hash)).toMatchObject({ error: { code: "card_changed_meanwhile" } });
    for (const statement of [
      sql`DELETE FROM owner_card WHERE community_id = ${community.id}`,
      sql`UPDATE owner_card SET revoked_at = NULL WHERE community_id = ${community.id}`,
      sql`UPDATE owner_card SET nonce = '' WHERE community_id = ${community.id}`,
      sql`DELETE FROM owner_session WHERE community_id = ${community.id}`,
    ]) {
      await openOwnerSession(sceneAt(community), partyId, "demo");
      expect((await db.write([db.run(statement)])).ok).toBe(false);
    }
    const { challengeId } = must(await askForOwnerCode(sceneAt(community), ZHANG, "form-of-replace"));
    must(await tryOwnerCode(sceneAt(community), challengeId, codeOfOwner(sceneAt(community), challengeId)));
    const twin = sql`INSERT OR REPLACE INTO owner_session SELECT community_id, 'another', way, challenge_id, phone_hash, card_no, began_at, ends_at
        FROM owner_session WHERE community_id = ${community.id} AND challenge_id <> ''`;
    expect(await db.write([db.run(twin)])).toMatchObject({ error: { code: "session_exists" } });
  });

  test("revoked with a reason opens no more, and a second time is the same", async () => {
    const { partyId, cardNo, code } = await issued();
    const revoke = () => revokeCard(rollKeeper(community), { partyId, cardNo, why: "lost" });
    expect([await revoke(), await revoke()]).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    expect(await openCard(sceneAt(community), code)).toBeNull();
    expect(await revokeCard(rollKeeper(community), { partyId, cardNo: 9, why: "lost" })).toMatchObject({
      error: { reason: "no_card_in_force" },
    });
  });

  test.each([
    ["张三丰", "number_known"],
    ["钱无证", "no_certificate"],
    ["重庆便民超市有限公司", "organisation"],
    ["吴妈妈", "not_an_owner"],
  ])("of %s is refused: %s", async (name, reason) => {
    expect(await issueCard(rollKeeper(community), await partyNamed(community, name), 0)).toEqual({
      ok: false,
      error: { reason },
    });
  });

  test("typed wrongly is told what a code looks like; one that is nobody's, what helps", async () => {
    const browser = browserNow();
    await browser.get(`${my}/card`);
    expect((await browser.submit(`${my}/card`, { code: "123" })).status).toBe(422);
    expect(textOf(browser.page)).toContain("7K3F-9X2M-PQ4D");
    expect((await browser.submit(`${my}/card`, { code: "0000-0000-0000" })).status).toBe(404);
    expect(textOf(browser.page)).toContain("请联系业委会秘书");
    expect(testEnv.DEMO).toBeUndefined();
  });
});
