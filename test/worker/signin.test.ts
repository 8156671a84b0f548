/** Signing in as a browser does: codes, lock-outs, sessions, and what each tells a stranger. */
import { beforeEach, describe, expect, test } from "vitest";
import { dayOf, startOf } from "../../src/kernel/day.ts";
import { askForCode, codeOfChallenge, openSession, tryCode } from "../../src/offices/signin/actions.ts";
import { signInRoutes, withStaffActor } from "../../src/offices/signin/pages.tsx";
import {
  CODE_LIFE_MS,
  CODE_TRIES,
  CODES_PER_PHONE,
  SESSION_IDLE_MS,
  SESSION_LIFE_MS,
  WRONG_PER_COMMUNITY,
  WRONG_PER_PHONE,
} from "../../src/offices/signin/rules.ts";
import { insertEnd, listTenuresFrom } from "../../src/offices/terms/store.ts";
import { requires } from "../../src/platform/access.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { sendDue, showNewest } from "../../src/platform/outbox/actions.ts";
import type { Adapter, OutgoingMessage } from "../../src/platform/outbox/gateway.ts";
import { signToken } from "../../src/platform/session.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { appAt, Browser, makeStaffedCommunity, personIn } from "./offices-of-test.ts";

const MINUTE = 60_000;
const SECRETARY = "13800000002";
const STRANGER = "13900009999";

const clock = { now: T0 };
const app = appAt(clock, (into) => {
  into.use("/c/:slug/*", withStaffActor);
  into.route("/c/:slug", signInRoutes);
  into.get("/c/:slug/desk/secret", requires("meeting.draft"), (c) => c.text(`hello ${c.var.actor.name}`));
  into.post("/c/:slug/desk/secret", requires("meeting.draft"), (c) => c.text("done"));
});

let community: CommunityAddress;
let base: string;
beforeEach(async () => {
  clock.now = T0;
  community = await makeStaffedCommunity();
  base = `/c/${community.slug}`;
});

const heard = async (): Promise<OutgoingMessage[]> => {
  const messages: OutgoingMessage[] = [];
  const adapter: Adapter = {
    name: "webhook",
    send: async (message) => {
      messages.push(message);
      return { taken: true, detail: "http 200" };
    },
  };
  await sendDue(sceneAt(community, clock.now), adapter);
  return messages;
};

const codeIn = (messages: readonly OutgoingMessage[]): string =>
  /\d{6}/.exec(messages.at(-1)!.text.replace(/138\d+/g, ""))![0];

async function ask(browser: Browser, phone: string): Promise<Response> {
  await browser.get(`${base}/sign-in`);
  return browser.submit(`${base}/sign-in`, { phone });
}

async function signIn(phone = SECRETARY): Promise<Browser> {
  const browser = new Browser(app);
  await ask(browser, phone);
  const code = codeIn(await heard());
  await browser.get(`${base}/sign-in/code`);
  const done = await browser.submit(`${base}/sign-in/code`, { code });
  expect(done.status).toBe(303);
  return browser;
}

const wrongOf = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("an office-holder", () => {
  test("asks for a code, gets one message at their own number, and is let in where they were going", async () => {
    const browser = new Browser(app);
    const turned = await browser.get(`${base}/desk/secret`);
    expect([turned.status, turned.headers.get("location")]).toEqual([
      303,
      `${base}/sign-in?next=${encodeURIComponent(`${base}/desk/secret`)}`,
    ]);
    await browser.get(turned.headers.get("location")!);
    expect((await browser.submit(`${base}/sign-in`, { phone: " 138 0000 0002 " })).headers.get("location")).toBe(
      `${base}/sign-in/code`,
    );
    const messages = await heard();
    expect(messages.map(({ phone, kind }) => [phone, kind])).toEqual([[SECRETARY, "sign-in.code"]]);
    await browser.get(`${base}/sign-in/code`);
    const done = await browser.submit(`${base}/sign-in/code`, { code: codeIn(messages) });
    expect(done.headers.get("location")).toBe(`${base}/desk/secret`);
    expect(await (await browser.get(`${base}/desk/secret`)).text()).toBe("hello 李秘书");
  });

  test("who submits the number twice gets one message and one code", async () => {
    const browser = new Browser(app);
    await browser.get(`${base}/sign-in`);
    const fields = { ...browser.hidden(`${base}/sign-in`), phone: SECRETARY };
    await Promise.all([1, 2, 3].map(() => browser.post(`${base}/sign-in`, fields)));
    expect((await heard()).length).toBe(1);
  });

  test("who submits the code twice is in the same session once", async () => {
    const browser = new Browser(app);
    await ask(browser, SECRETARY);
    const code = codeIn(await heard());
    await browser.get(`${base}/sign-in/code`);
    const fields = { ...browser.hidden(`${base}/sign-in/code`), code };
    const both = await Promise.all([1, 2, 3].map(() => browser.post(`${base}/sign-in/code`, fields)));
    expect(both.map(({ status }) => status)).toEqual([303, 303, 303]);
    const { db } = sceneAt(community);
    const [rows] = await db.read(
      db.all<{ n: number }>(sql`SELECT count(*) AS n FROM staff_session WHERE community_id = ${community.id}`),
    );
    expect(rows[0]!.n).toBe(1);
  });

  test("finds no code, no phone and no name in the database", async () => {
    await signIn();
    const { db } = sceneAt(community);
    const tables = [
      "sign_in_challenge",
      "sign_in_attempt",
      "staff_session",
      "outbox_message",
      "office_person",
      "office_person_phone",
    ];
    const stored = await db.readMany(
      tables.map((table) => db.all(sql`SELECT * FROM ${sql.raw(table)} WHERE community_id = ${community.id}`)),
    );
    const [challenge] = (stored[0] as { challenge_id: string }[]).slice(-1);
    const text = JSON.stringify(stored);
    expect(text).not.toContain("13800000002");
    expect(text).not.toContain("李秘书");
    expect(text).not.toContain(codeOfChallenge(sceneAt(community), challenge!.challenge_id));
  });
});

describe("a stranger", () => {
  test("learns nothing: a number that is nobody's is answered byte for byte like one that is known", async () => {
    const answers = [];
    for (const phone of [SECRETARY, STRANGER]) {
      const browser = new Browser(app);
      const asked = await ask(browser, phone);
      const page = await browser.get(`${base}/sign-in/code`);
      const tried = await browser.submit(`${base}/sign-in/code`, { code: "000000" });
      const cookies = [...browser.cookies].map(([name, value]) => [name, value.length]);
      const plain = (text: string) => text.replace(/value="[0-9a-z]{16,}"/g, "");
      answers.push([
        asked.status,
        asked.headers.get("location"),
        page.status,
        plain(await page.text()),
        tried.status,
        plain(browser.page),
        cookies,
      ]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect((await heard()).map(({ phone }) => phone)).toEqual([SECRETARY]);
  });

  test("is locked out for a number that is nobody's just as for one that is known", async () => {
    const outcomes = [];
    for (const phone of [SECRETARY, STRANGER]) {
      const scene = sceneAt(community);
      const reasons: string[] = [];
      for (let code = 0; code < 3; code += 1) {
        const asked = await askForCode(scene, phone, `form-${phone}-${code}`);
        if (!asked.ok) {
          reasons.push(asked.error.reason);
          continue;
        }
        const right = codeOfChallenge(scene, asked.value.challengeId);
        for (let n = 0; n < 6; n += 1) {
          const tried = await tryCode(scene, asked.value.challengeId, wrongOf(right));
          reasons.push(tried.ok ? "in" : tried.error.reason);
        }
      }
      outcomes.push(reasons);
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[0]).toContain("locked_out");
  });

  test("cannot sign in with a number that is nobody's, even with the digits its code would have", async () => {
    const scene = sceneAt(community);
    const asked = await askForCode(scene, STRANGER, "form-1");
    if (!asked.ok) throw new Error();
    for (let n = 1; n <= 2; n += 1) {
      const tried = await tryCode(scene, asked.value.challengeId, codeOfChallenge(scene, asked.value.challengeId));
      expect(tried).toEqual({ ok: false, error: { reason: "code_wrong", triesLeft: CODE_TRIES - n } });
    }
  });

  test.each(["", "123", "138000000021", "abc", "02088888888"])(
    "who types %j as a number is told what a number looks like",
    async (phone) => {
      const browser = new Browser(app);
      const asked = await ask(browser, phone);
      expect(asked.status).toBe(422);
      expect(browser.page).toContain("11 位手机号");
      expect(browser.page).toContain('aria-invalid="true"');
    },
  );

  test("without a form of ours changes nothing", async () => {
    const forged = await new Browser(app).post(`${base}/sign-in`, { phone: SECRETARY });
    expect(forged.status).toBe(403);
    expect(await heard()).toEqual([]);
  });
});

describe("a code", () => {
  const asked = async (now = T0, form = "form-1") => {
    const scene = sceneAt(community, now);
    const result = await askForCode(scene, SECRETARY, form);
    if (!result.ok) throw new Error(result.error.reason);
    return { id: result.value.challengeId, code: codeOfChallenge(scene, result.value.challengeId) };
  };

  test("is good until the instant before five minutes are over", async () => {
    const first = await asked();
    expect((await tryCode(sceneAt(community, T0 + CODE_LIFE_MS - 1), first.id, first.code)).ok).toBe(true);
    const second = await asked(T0, "form-2");
    expect(await tryCode(sceneAt(community, T0 + CODE_LIFE_MS), second.id, second.code)).toEqual({
      ok: false,
      error: { reason: "code_over" },
    });
  });

  test("is right on the fifth try and gone after it", async () => {
    const first = await asked();
    for (let n = 1; n < CODE_TRIES; n += 1)
      expect(await tryCode(sceneAt(community), first.id, wrongOf(first.code))).toEqual({
        ok: false,
        error: { reason: "code_wrong", triesLeft: CODE_TRIES - n },
      });
    expect((await tryCode(sceneAt(community), first.id, first.code)).ok).toBe(true);
    const second = await asked(T0, "form-2");
    for (let n = 1; n <= CODE_TRIES; n += 1) await tryCode(sceneAt(community), second.id, wrongOf(second.code));
    expect(await tryCode(sceneAt(community), second.id, second.code)).toEqual({
      ok: false,
      error: { reason: "code_over" },
    });
  });

  test("of one challenge, or another community, opens no other", async () => {
    const [first, second] = [await asked(), await asked(T0, "form-2")];
    expect((await tryCode(sceneAt(community), first.id, second.code)).ok).toBe(false);
    const elsewhere = await makeStaffedCommunity();
    expect(await tryCode(sceneAt(elsewhere), first.id, first.code)).toEqual({
      ok: false,
      error: { reason: "code_over" },
    });
  });

  test("is not sent once it has expired", async () => {
    await asked();
    clock.now = T0 + CODE_LIFE_MS;
    expect(await heard()).toEqual([]);
  });

  test("two hundred guesses at once are five tries", async () => {
    const { id, code } = await asked();
    const guesses = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        tryCode(sceneAt(community), id, String((Number(code) + 1 + n) % 1_000_000).padStart(6, "0")),
      ),
    );
    const wrong = guesses.filter((g) => !g.ok && g.error.reason === "code_wrong").length;
    expect(wrong).toBe(CODE_TRIES);
    const { db } = sceneAt(community);
    const [rows] = await db.read(
      db.all<{ n: number }>(sql`SELECT count(*) AS n FROM sign_in_attempt WHERE community_id = ${community.id}`),
    );
    expect(rows[0]!.n).toBe(CODE_TRIES);
    expect((await tryCode(sceneAt(community), id, code)).ok).toBe(false);
  });

  test("fifteen guesses at once over three codes of one number are ten tries", async () => {
    const codes = await Promise.all([1, 2, 3].map((form) => asked(T0, `form-${form}`)));
    const guesses = await Promise.all(
      codes.flatMap(({ id, code }) =>
        Array.from({ length: CODE_TRIES }, () => tryCode(sceneAt(community), id, wrongOf(code))),
      ),
    );
    const wrong = guesses.filter((g) => !g.ok && g.error.reason === "code_wrong").length;
    expect(wrong).toBe(WRONG_PER_PHONE.most);
    expect(guesses.filter((g) => !g.ok && g.error.reason === "locked_out").length).toBe(15 - wrong);
  });

  test("a number asks for five codes in a quarter of an hour, and for a sixth only after it", async () => {
    for (let n = 0; n < CODES_PER_PHONE.most; n += 1) await asked(T0, `form-${n}`);
    expect(await askForCode(sceneAt(community), SECRETARY, "form-last")).toEqual({
      ok: false,
      error: { reason: "too_many_codes", until: T0 + 15 * MINUTE },
    });
    expect((await askForCode(sceneAt(community, T0 + 15 * MINUTE - 1), SECRETARY, "form-last")).ok).toBe(false);
    expect((await askForCode(sceneAt(community, T0 + 15 * MINUTE), SECRETARY, "form-last")).ok).toBe(true);
  });

  test("asked for a hundred times at once is still five messages", async () => {
    await Promise.all(Array.from({ length: 100 }, (_, n) => askForCode(sceneAt(community), SECRETARY, `storm-${n}`)));
    expect((await heard()).length).toBe(CODES_PER_PHONE.most);
  });
});

describe("a number that was guessed at", () => {
  test("is locked after ten wrong codes, even for the right one, until an hour after the first of them", async () => {
    let last = { id: "", code: "" };
    for (let n = 0; n < WRONG_PER_PHONE.most; n += 1) {
      const scene = sceneAt(community, T0 + n * MINUTE * 4);
      const asked = await askForCode(scene, SECRETARY, `form-${n}`);
      if (!asked.ok) throw new Error(asked.error.reason);
      last = { id: asked.value.challengeId, code: codeOfChallenge(scene, asked.value.challengeId) };
      const tried = await tryCode(scene, last.id, wrongOf(last.code));
      expect(!tried.ok && tried.error.reason).toBe("code_wrong");
    }
    const then = T0 + (WRONG_PER_PHONE.most - 1) * 4 * MINUTE + 1;
    const until = T0 + WRONG_PER_PHONE.withinMs;
    const locked = { ok: false, error: { reason: "locked_out", until } };
    expect(await tryCode(sceneAt(community, then), last.id, last.code)).toEqual(locked);
    expect(await askForCode(sceneAt(community, then), SECRETARY, "form-x")).toEqual(locked);
    expect(await askForCode(sceneAt(community, until - 1), SECRETARY, "form-x")).toEqual(locked);
    expect((await askForCode(sceneAt(community, until), SECRETARY, "form-x")).ok).toBe(true);
    const { db } = sceneAt(community);
    const [rows] = await db.read(
      db.all(
        sql`SELECT scope, until_at AS until, person_id <> '' AS known FROM sign_in_lockout WHERE community_id = ${community.id}`,
      ),
    );
    expect(rows).toEqual([{ scope: "phone", until, known: 1 }]);
  });

  test("does not lock its neighbours, until a hundred wrong codes lock the community for all", async () => {
    const scene = sceneAt(community);
    let wrong = 0;
    for (let n = 0; wrong < WRONG_PER_COMMUNITY.most; n += 1) {
      const phone = `139${String(10_000_000 + n)}`;
      for (let form = 0; form < 2; form += 1) {
        const asked = await askForCode(scene, phone, `form-${phone}-${form}`);
        if (!asked.ok) throw new Error(asked.error.reason);
        for (let t = 0; t < CODE_TRIES; t += 1) {
          if (wrong === WRONG_PER_COMMUNITY.most - 1 && t === CODE_TRIES - 1) {
            expect((await askForCode(scene, SECRETARY, "one below")).ok).toBe(true);
          }
          const tried = await tryCode(scene, asked.value.challengeId, "000000");
          if (!tried.ok && tried.error.reason === "code_wrong") wrong += 1;
        }
      }
    }
    const refused = await askForCode(scene, SECRETARY, "at the limit");
    expect(!refused.ok && refused.error.reason).toBe("locked_out");
    const elsewhere = await makeStaffedCommunity();
    expect((await askForCode(sceneAt(elsewhere), SECRETARY, "form-1")).ok).toBe(true);
  });

  test("is told on the page until when, with nothing of the number", async () => {
    const scene = sceneAt(community);
    for (let form = 0; form < 2; form += 1) {
      const asked = await askForCode(scene, SECRETARY, `form-${form}`);
      if (!asked.ok) throw new Error();
      const wrong = wrongOf(codeOfChallenge(scene, asked.value.challengeId));
      for (let t = 0; t < CODE_TRIES; t += 1) await tryCode(scene, asked.value.challengeId, wrong);
    }
    const browser = new Browser(app);
    const answer = await ask(browser, SECRETARY);
    expect(answer.status).toBe(429);
    expect(browser.page).toContain("登录已暂时锁定");
    expect(browser.page).toContain("2026-11-02 11:00");
  });
});

describe("a session", () => {
  const secret = async (browser: Browser) => (await browser.get(`${base}/desk/secret`)).status;

  test("is HttpOnly, host-bound, and holds neither name nor number", async () => {
    const browser = new Browser(app);
    await ask(browser, SECRETARY);
    const code = codeIn(await heard());
    await browser.get(`${base}/sign-in/code`);
    const done = await browser.submit(`${base}/sign-in/code`, { code });
    const cookie = done.headers.getSetCookie().find((line) => line.startsWith("__Host-ch_staff="))!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/Secure/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Max-Age=3600/i);
    expect(atob(cookie.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/"))).not.toMatch(/138|李/);
  });

  test("ends after an hour without use, and is renewed by use", async () => {
    const browser = await signIn();
    clock.now = T0 + SESSION_IDLE_MS - 1000;
    expect(await secret(browser)).toBe(200);
    clock.now = T0 + 2 * SESSION_IDLE_MS - 2000;
    expect(await secret(browser)).toBe(200);
    clock.now += SESSION_IDLE_MS;
    expect(await secret(browser)).toBe(303);
  });

  test("ends after twelve hours however busy", async () => {
    const browser = await signIn();
    for (let at = T0; at < T0 + SESSION_LIFE_MS; at += 50 * MINUTE) {
      clock.now = at;
      expect(await secret(browser)).toBe(200);
    }
    clock.now = T0 + SESSION_LIFE_MS - 1000;
    expect(await secret(browser)).toBe(200);
    clock.now = T0 + SESSION_LIFE_MS;
    expect(await secret(browser)).toBe(303);
  });

  test("costs one round trip and writes nothing", async () => {
    const browser = await signIn();
    clock.now = T0 + 30 * MINUTE;
    const costs = appAt(clock, (into) => {
      into.use("/c/:slug/*", withStaffActor);
      into.get("/c/:slug/desk/cost", requires("meeting.draft"), (c) => c.json(c.var.scene.db.meter));
    });
    const metered = new Browser(costs);
    for (const [name, value] of browser.cookies) metered.cookies.set(name, value);
    const meter = (await (await metered.get(`${base}/desk/cost`)).json()) as {
      roundTrips: number;
      rowsWritten: number;
    };
    expect([meter.roundTrips, meter.rowsWritten]).toEqual([1, 0]);
  });

  test("is over for good when signed out: the old cookie is worth nothing", async () => {
    const browser = await signIn();
    const stolen = new Browser(app);
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
    await browser.get(`${base}/desk/sessions`);
    expect((await browser.submit(`${base}/sign-out`)).status).toBe(303);
    expect(await secret(browser)).toBe(303);
    expect(await secret(stolen)).toBe(303);
  });

  test("can be ended everywhere, by its owner; a colleague's stays", async () => {
    const [desk, phone, chair] = [await signIn(), await signIn(), await signIn("13800000001")];
    await desk.get(`${base}/desk/sessions`);
    await desk.submit(`${base}/sign-out-everywhere`);
    expect(await secret(desk)).toBe(303);
    expect(await secret(phone)).toBe(303);
    expect((await chair.get(`${base}/desk/sessions`)).status).toBe(200);
  });

  test("can be ended by who manages offices, and by nobody else", async () => {
    const [secretary, chair, teller] = [await signIn(), await signIn("13800000001"), await signIn("13800000003")];
    await chair.get(`${base}/desk/sessions`);
    const actions = [...chair.page.matchAll(/action="([^"]*\/desk\/sessions\/[^"]*\/end)"/g)].map(
      ([, action]) => action!,
    );
    expect(actions.length).toBe(3);
    await teller.get(`${base}/desk/sessions`);
    const own = [...teller.page.matchAll(/desk\/sessions\/([^"]*)\/end/g)].map(([, id]) => id);
    expect(own.length).toBe(1);
    const others = actions.filter((action) => !action.includes(own[0]!));
    const form = teller.hidden(`${base}/sign-out-everywhere`);
    for (const action of others) expect((await teller.post(action, form)).status).toBe(404);
    expect(await secret(secretary)).toBe(200);
    // Their own last: after it they are a stranger.
    const isOwn = (action: string) =>
      chair.page.split("<tr").some((row) => row.includes(action) && row.includes("本次登录"));
    const forms = actions
      .toSorted((a, b) => Number(isOwn(a)) - Number(isOwn(b)))
      .map((action) => [action, chair.hidden(action)] as const);
    for (const [action, fields] of forms) await chair.post(action, fields);
    expect(await secret(secretary)).toBe(303);
    expect((await teller.get(`${base}/desk/sessions`)).status).toBe(303);
  });

  test("of one community is worth nothing in another, even for the same person", async () => {
    const browser = await signIn();
    const elsewhere = await makeStaffedCommunity();
    expect((await browser.get(`/c/${elsewhere.slug}/desk/secret`)).status).toBe(303);
  });

  test("that is forged, altered, unsigned or made for another purpose is nobody's", async () => {
    const browser = await signIn();
    const [name, real] = [...browser.cookies].find(([key]) => key.endsWith("ch_staff"))!;
    const person = await personIn(community, "committee_chair");
    const { sessionId } = await openSession(sceneAt(community), person);
    const claims = { sid: sessionId, cid: community.id, began: T0, renewed: T0 };
    const [head, body, signature] = real.split(".") as [string, string, string];
    const none = btoa(JSON.stringify({ alg: "none" })).replace(/=+$/, "");
    const forged = [
      "nonsense",
      `${head}.${body.slice(0, -2)}AA.${signature}`,
      `${none}.${body}.`,
      await signToken({ ...testEnv, SESSION_KEY: btoa("x".repeat(32)) }, "staff", claims, T0, 3600),
      await signToken(testEnv, "voter", claims, T0, 3600),
      await signToken(testEnv, "staff", { ...claims, sid: "unknown" }, T0, 3600),
    ];
    for (const cookie of forged) {
      const forger = new Browser(app);
      forger.cookies.set(name, cookie);
      expect((await forger.get(`${base}/desk/secret`)).status, cookie).toBe(303);
    }
  });

  test("stops today when the office ends today", async () => {
    const browser = await signIn();
    const scene = sceneAt(community);
    const [tenures] = await scene.db.read(listTenuresFrom(scene, T0));
    const tenure = tenures.find(({ postKind }) => postKind === "secretary")!;
    const end = insertEnd(
      scene,
      { tenureId: tenure.tenureId, endedAt: startOf(dayOf(T0)), act: "dismissal", document: "解聘通知" },
      "chair",
    );
    expect((await scene.db.write([...end.statements])).ok).toBe(true);
    expect(await secret(browser)).toBe(303);
    await ask(new Browser(app), SECRETARY);
    expect(await heard()).toEqual([]);
  });

  test("without the permission sees what is at an address that does not exist", async () => {
    const teller = await signIn("13800000003");
    const hidden = await teller.get(`${base}/desk/secret`);
    const nothing = await teller.get(`${base}/desk/nothing-here`);
    expect([hidden.status, nothing.status]).toEqual([404, 404]);
    const plain = async (response: Response) =>
      (await response.text()).replace(/<code>[^<]*<\/code>|desk\/[a-z-]+/g, "");
    expect(await plain(hidden)).toBe(await plain(nothing));
  });
});

test("a code leaves at once where there is a gateway: nobody waits for the next round of messages", async () => {
  const browser = new Browser(app, { ...testEnv, DEMO: "1" });
  await ask(browser, SECRETARY);
  const [shown] = await showNewest(sceneAt(community), 1);
  expect(shown).toMatchObject({ kind: "sign-in.code", state: "sent" });
  expect("text" in shown!.rendered && shown!.rendered.text).toMatch(/\d{6}/);
});
