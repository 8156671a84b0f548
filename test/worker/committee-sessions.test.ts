/** Meetings of the committee from request to published resolutions: who may what, each bound in the write, and what the record says (M12, A13). */

import { hexToBytes } from "@noble/hashes/utils.js";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { endAuthorisation, recordAuthorisation } from "../../src/committee/delegation/actions.ts";
import { PRACTICE } from "../../src/committee/practice/rules.ts";
import {
  giveSessionNotice,
  loadSession,
  postponeSession,
  withdrawSession,
} from "../../src/committee/sessions/actions.ts";
import { joinRequest, requestSession } from "../../src/committee/sessions/asking.ts";
import { draftSession, removeItem, saveFrame, saveItem } from "../../src/committee/sessions/drafting.ts";
import { recordMinutes, recordPaperSignatures, signMinutes } from "../../src/committee/sessions/minutes/actions.ts";
import type { Choice, Vote } from "../../src/committee/sessions/minutes/rules.ts";
import { publishMinutes } from "../../src/committee/sessions/resolutions/actions.ts";
import { listResolutions } from "../../src/committee/sessions/resolutions/store.ts";
import type { SessionItem } from "../../src/committee/sessions/rules.ts";
import { findSession, type SessionRow } from "../../src/committee/sessions/store.ts";
import { insertSetting } from "../../src/offices/settings/store.ts";
import { insertEnd } from "../../src/offices/terms/store.ts";
import { sql } from "../../src/platform/db.ts";
import { commit, leafHashOf } from "../../src/record/rules.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import {
  at,
  type CommitteeOfTest,
  itemOf,
  MEMBERS,
  makeCommittee,
  must,
  newOnce,
  type Person,
  reasonOf,
  take,
} from "./committee-of-test.ts";
import { sceneAt, T0 } from "./community-of-test.ts";

let of: CommitteeOfTest;
beforeEach(async () => {
  of = await makeCommittee();
});

const HOLDS_AT = at(9, 19); // nine days on, at seven in the evening
const HELD_AT = HOLDS_AT + 300_000;

const rowOf = async (sessionId: string): Promise<SessionRow> => {
  const scene = sceneAt(of.community);
  return (await scene.db.read(findSession(scene, sessionId)))[0][0]!;
};
const leavesOf = async (sessionId: string) => {
  const scene = sceneAt(of.community);
  return (await scene.db.read(listLeavesAbout(scene, sessionId, 0, 1000)))[0];
};
const kindsOf = async (sessionId: string) => (await leavesOf(sessionId)).map(({ type }) => type);
const count = async (table: string): Promise<number> => {
  const { db, community } = sceneAt(of.community);
  const [rows] = await db.read(
    db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id}`),
  );
  return rows[0]!.n;
};

/** A member leaves office. */
async function resign(person: Person, endedAt: number): Promise<void> {
  const scene = of.as("secretary", endedAt);
  const end = insertEnd(
    scene,
    { tenureId: of.tenures[person], endedAt, act: "resignation", document: "辞职信" },
    "test",
  );
  must(await scene.db.write(end.statements));
}

/** A draft of the secretary's with items, ready to be announced. */
async function drafted(items: readonly SessionItem[] = [itemOf(1), itemOf(2)], now = T0): Promise<string> {
  const scene = of.as("secretary", now);
  const frame = { title: "第3次会议", place: "小区活动室", holdsAt: HOLDS_AT + (now - T0) };
  const { sessionId } = must(await draftSession(scene, frame, newOnce()));
  for (const item of items) must(await saveItem(scene, sessionId, (await rowOf(sessionId)).version, item));
  return sessionId;
}
async function announced(items?: readonly SessionItem[]): Promise<string> {
  const sessionId = await drafted(items);
  must(await giveSessionNotice(of.as("chair"), sessionId, (await rowOf(sessionId)).version));
  return sessionId;
}

const roll = (there: readonly Person[], everyone: readonly Person[] = [...MEMBERS, "alternate"]) =>
  everyone.map((person) => ({ personId: of.people[person] as string, present: there.includes(person) }));
const votes = (there: readonly Person[], choice: Choice = "for", items = [1, 2]): Vote[] =>
  there.flatMap((person) => items.map((itemNo) => ({ itemNo, personId: of.people[person], choice, why: "" })));

const record = async (
  sessionId: string,
  there: readonly Person[],
  more: { votes?: readonly Vote[]; heldAt?: number; text?: string; now?: number; by?: Person; once?: string } = {},
) =>
  recordMinutes(
    of.as(more.by ?? "secretary", more.now ?? HELD_AT + 7_200_000),
    sessionId,
    {
      version: (await rowOf(sessionId)).version,
      heldAt: more.heldAt ?? HELD_AT,
      presences: roll(there),
      votes: more.votes ?? votes(there),
      text: more.text ?? "讨论了两项议题，逐项表决。",
    },
    more.once ?? newOnce(),
  );
const NEXT_DAY = at(10);
const sign = async (sessionId: string, who: readonly Person[], now = NEXT_DAY) => {
  for (const person of who)
    must(
      await signMinutes(of.as(person, now), sessionId, {
        minutesVersion: (await rowOf(sessionId)).minutesVersion,
        stance: "signed",
        remark: "",
      }),
    );
};
const publish = async (sessionId: string, by: Person = "chair", now = NEXT_DAY) =>
  publishMinutes(of.as(by, now), sessionId, { minutesVersion: (await rowOf(sessionId)).minutesVersion });

describe("a meeting the chair calls", () => {
  test("goes from draft to numbered resolutions, each step in the record", async () => {
    const sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third"]));
    await sign(sessionId, ["chair", "deputy", "third"]);
    expect(must(await publish(sessionId))).toEqual({ resolutions: 2 });
    expect(await rowOf(sessionId)).toMatchObject({ state: "published", publishedBy: of.people.chair });
    expect(await kindsOf(sessionId)).toEqual([
      "committee.notice_given",
      "committee.minutes_drafted",
      "committee.signed",
      "committee.signed",
      "committee.signed",
      "committee.resolved",
      "committee.resolved",
      "committee.minutes_published",
    ]);
    const scene = sceneAt(of.community);
    const [resolutions] = await scene.db.read(listResolutions(scene, { limit: 10, offset: 0 }));
    expect(resolutions.map(({ year, number, inFavour, whole }) => [year, number, inFavour, whole])).toEqual([
      [2026, 2, 3, 5],
      [2026, 1, 3, 5],
    ]);
  });

  test("names nobody in the record, and its minutes' leaf opens to what was kept", async () => {
    const sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third"]));
    await sign(sessionId, ["chair"]);
    const leaves = await leavesOf(sessionId);
    for (const { entry, leafHash } of leaves) {
      expect(leafHashOf(entry)).toBe(leafHash);
      expect(entry).not.toMatch(/陈主任|林副主任|王委员|讨论了/);
      for (const person of MEMBERS) expect(entry).not.toContain(of.people[person]);
    }
    const drafted = leaves.find(({ type }) => type === "committee.minutes_drafted")!;
    const scene = sceneAt(of.community);
    const [rows] = await scene.db.read(
      scene.db.all<{ salt: string }>(
        sql`SELECT salt FROM committee_minutes WHERE community_id = ${of.community.id} AND session_id = ${sessionId}`,
      ),
    );
    const there = ["chair", "deputy", "third"];
    const content = {
      heldAt: HELD_AT,
      text: "讨论了两项议题，逐项表决。",
      present: ([...MEMBERS, "alternate"] as const).map((person) => ({
        tenure: of.tenures[person],
        present: there.includes(person),
      })),
      votes: there.flatMap((person) =>
        [1, 2].map((item) => ({ item, tenure: of.tenures[person as Person], choice: "for", why: "" })),
      ),
    };
    expect((JSON.parse(drafted.entry) as { content: string }).content).toBe(commit(hexToBytes(rows[0]!.salt), content));
  });

  test("is not announced a day too late, without items, or twice", async () => {
    const sessionId = await drafted([]);
    const { version } = await rowOf(sessionId);
    expect(await giveSessionNotice(of.as("chair"), sessionId, version)).toMatchObject({
      error: { reason: "notice_faulty", faults: [{ reason: "no_items" }] },
    });
    must(await saveItem(of.as("secretary"), sessionId, version, itemOf(1)));
    const late = of.as("chair", at(3)); // six days before
    expect(await giveSessionNotice(late, sessionId, version + 1)).toMatchObject({
      error: { reason: "notice_faulty", faults: [{ reason: "too_soon", days: 7 }] },
    });
    const both = await Promise.all([1, 2].map(() => giveSessionNotice(of.as("chair"), sessionId, version + 1)));
    expect(both.map(reasonOf).sort()).toEqual(["ok", "session_stale"]);
    expect(await kindsOf(sessionId)).toEqual(["committee.notice_given"]);
    expect(await count("committee_session")).toBe(1);
  });

  test("keeps its agenda from the notice on: neither the product nor the database changes it", async () => {
    const sessionId = await announced();
    const { version } = await rowOf(sessionId);
    expect(reasonOf(await saveItem(of.as("secretary"), sessionId, version, itemOf(3)))).toBe("wrong_session_state");
    const { db } = sceneAt(of.community);
    for (const [set, code] of [
      ["items = '[]', version = version + 1", "agenda_frozen"],
      ["title = '别的', version = version + 1", "agenda_frozen"],
      ["holds_at = holds_at - 1, version = version + 1", "agenda_frozen"],
      ["practice = '{}', version = version + 1", "agenda_frozen"],
      ["drafted_by = 'x', version = version + 1", "append_only"],
      ["number = 9, version = version + 1", "append_only"],
      ["state = 'recorded'", "append_only"],
    ] as const)
      expect(
        await db.write([
          db.run(
            sql`UPDATE committee_session SET ${sql.raw(set)} WHERE community_id = ${of.community.id} AND session_id = ${sessionId}`,
          ),
        ]),
        set,
      ).toMatchObject({ ok: false, error: { code } });
  });

  test("is put off to later only, with a reason; withdrawn with one, and then over", async () => {
    const sessionId = await announced();
    const { version } = await rowOf(sessionId);
    const put = (holdsAt: number, why: string, by: Person = "chair") =>
      postponeSession(of.as(by), sessionId, { version, holdsAt, why });
    expect(reasonOf(await put(HOLDS_AT - 1, "提前"))).toBe("not_later");
    expect(reasonOf(await put(HOLDS_AT + 1, " "))).toBe("why_missing");
    expect(reasonOf(await put(HOLDS_AT + 1, "改期", "secretary"))).toBe("not_yours_to_call");
    must(await put(HOLDS_AT + 86_400_000, "两位委员出差"));
    const gone = await withdrawSession(of.as("chair"), sessionId, { version: version + 1, why: "议题已另行解决" });
    expect(reasonOf(gone)).toBe("ok");
    expect(reasonOf(await record(sessionId, ["chair", "deputy", "third"]))).toBe("wrong_session_state");
    expect(await kindsOf(sessionId)).toEqual(["committee.notice_given", "committee.postponed", "committee.withdrawn"]);
  });

  test("is not called without a mandate, and not for a committee that has gone", async () => {
    const other = await makeCommittee();
    const scene = other.as("secretary", at(-40)); // before it took office
    const frame = { title: "会议", place: "活动室", holdsAt: HOLDS_AT };
    expect(reasonOf(await draftSession(scene, frame, newOnce()))).toBe("no_mandate");
    expect(reasonOf(await draftSession(of.as("secretary", at(4000)), frame, newOnce()))).toBe("no_mandate");
  });

  test("drafted twice by one form is one draft; items move up when one is taken off", async () => {
    const once = newOnce();
    const frame = { title: "会议", place: "", holdsAt: null };
    const both = await Promise.all([1, 2].map(() => draftSession(of.as("secretary"), frame, once)));
    expect(both[0]).toEqual(both[1]);
    const { sessionId } = must(both[0]!);
    for (const no of [1, 2, 3]) must(await saveItem(of.as("secretary"), sessionId, no, itemOf(no)));
    must(await removeItem(of.as("secretary"), sessionId, 4, 2));
    const items = JSON.parse((await rowOf(sessionId)).items) as SessionItem[];
    expect(items.map(({ itemNo, title }) => [itemNo, title.at(3)])).toEqual([
      [1, "1"],
      [2, "3"],
    ]);
    expect(reasonOf(await saveItem(of.as("secretary"), sessionId, 4, itemOf(3)))).toBe("session_stale");
    expect(reasonOf(await saveItem(of.as("secretary"), sessionId, 5, itemOf(4)))).toBe("unknown_item");
    expect(reasonOf(await saveItem(of.as("secretary"), sessionId, 5, itemOf(3, { corrects: "nothing" })))).toBe(
      "unknown_resolution",
    );
    expect(reasonOf(await saveFrame(of.as("secretary"), sessionId, 5, { title: " ", place: "", holdsAt: null }))).toBe(
      "session_title_missing",
    );
  });
});

describe("a meeting members ask for", () => {
  const ask = (person: Person, now = T0) =>
    requestSession(of.as(person, now), { title: "关于水费公示的会议", items: [itemOf(1)] }, newOnce());

  test("is reached by the second of five, sets seven days running, and is announced by the chair", async () => {
    const { sessionId } = must(await ask("third"));
    expect((await rowOf(sessionId)).reachedAt).toBeNull();
    expect(reasonOf(await joinRequest(of.as("third"), sessionId))).toBe("asked_already");
    expect(reasonOf(await joinRequest(of.as("alternate"), sessionId))).toBe("not_a_member");
    expect(reasonOf(await joinRequest(of.as("secretary"), sessionId))).toBe("not_a_member");
    expect(must(await joinRequest(of.as("fourth"), sessionId))).toEqual({ reached: true });
    const { reachedAt, version } = await rowOf(sessionId);
    expect(reachedAt).toBe(T0);
    const frame = { title: "别的题目", place: "活动室", holdsAt: at(7, 19) };
    must(await saveFrame(of.as("chair", at(5)), sessionId, version, frame));
    must(await giveSessionNotice(of.as("chair", at(5)), sessionId, version + 1));
    expect(await rowOf(sessionId)).toMatchObject({ state: "noticed", title: "关于水费公示的会议", place: "活动室" });
  });

  test("lets one of those who asked announce it once the chair has let the seven days pass", async () => {
    const { sessionId } = must(await ask("third"));
    must(await joinRequest(of.as("fourth"), sessionId));
    const { version } = await rowOf(sessionId);
    const frame = { title: "", place: "活动室", holdsAt: at(12, 19) };
    expect(reasonOf(await saveFrame(of.as("third", at(7)), sessionId, version, frame))).toBe("chair_first");
    must(await saveFrame(of.as("third", at(8)), sessionId, version, frame));
    expect(reasonOf(await giveSessionNotice(of.as("fifth", at(8)), sessionId, version + 1))).toBe("not_yours_to_call");
    must(await giveSessionNotice(of.as("fourth", at(8)), sessionId, version + 1));
    expect((await rowOf(sessionId)).noticedBy).toBe(of.people.fourth);
  });

  test("may be changed by who asked while they ask alone, and by nobody after", async () => {
    const { sessionId } = must(await ask("third"));
    expect(reasonOf(await saveItem(of.as("fourth"), sessionId, 1, itemOf(2)))).toBe("not_your_draft");
    must(await saveItem(of.as("third"), sessionId, 1, itemOf(2)));
    must(await joinRequest(of.as("fourth"), sessionId));
    expect(reasonOf(await saveItem(of.as("third"), sessionId, 3, itemOf(3)))).toBe("agenda_joined");
    const { db } = sceneAt(of.community);
    expect(
      await db.write([
        db.run(
          sql`UPDATE committee_session SET items = '[]', version = version + 1 WHERE community_id = ${of.community.id} AND session_id = ${sessionId}`,
        ),
      ]),
    ).toMatchObject({ error: { code: "agenda_frozen" } });
    expect(reasonOf(await withdrawSession(of.as("chair"), sessionId, { version: 3, why: "不开" }))).toBe(
      "not_your_draft",
    );
  });

  test("joined by two at once counts both, and is reached once", async () => {
    const nine = await makeCommittee({ seats: 5 });
    of = nine;
    const { sessionId } = must(await ask("third"));
    const both = await Promise.all([joinRequest(of.as("fourth"), sessionId), joinRequest(of.as("fifth"), sessionId)]);
    expect(both.map(reasonOf)).toEqual(["ok", "ok"]);
    expect((await kindsOf(sessionId)).filter((kind) => kind === "committee.request_reached")).toHaveLength(1);
    expect((await kindsOf(sessionId)).filter((kind) => kind === "committee.asked")).toHaveLength(3);
  });

  test("joined twice by one person at once counts once", async () => {
    const { sessionId } = must(await ask("third"));
    const both = await Promise.all([1, 2].map(() => joinRequest(of.as("fourth"), sessionId)));
    expect(both.map(reasonOf).sort()).toEqual(["asked_already", "ok"]);
    expect(await count("committee_request")).toBe(2);
  });

  test("counts those who still sit: who resigned asks for nothing", async () => {
    const { sessionId } = must(await ask("third"));
    await resign("third", at(1));
    expect(must(await joinRequest(of.as("fourth", at(2)), sessionId))).toEqual({ reached: false });
    expect(must(await joinRequest(of.as("fifth", at(2)), sessionId))).toEqual({ reached: true });
  });
});

describe("the minutes", () => {
  test("of a meeting short by one say that there was none, and decide nothing", async () => {
    const sessionId = await announced();
    expect(await record(sessionId, ["chair", "deputy", "alternate"])).toMatchObject({
      error: { reason: "alternate_has_no_vote" },
    });
    expect(await record(sessionId, ["chair", "deputy"])).toMatchObject({
      error: { reason: "quorum_missed", present: 2, least: 3 },
    });
    expect(await count("committee_minutes")).toBe(0);
    must(await record(sessionId, ["chair", "deputy", "alternate"], { votes: [] }));
    await sign(sessionId, ["chair", "deputy"]);
    expect(must(await publish(sessionId))).toEqual({ resolutions: 0 });
  });

  test("of a vote that is half exactly carry nothing, and one more carries", async () => {
    const six = await makeCommittee({ seats: 6 });
    of = six;
    const sessionId = await announced();
    const three: Vote[] = [...votes(["chair", "deputy", "third"]), ...votes(["fourth", "fifth"], "against")];
    must(await record(sessionId, MEMBERS, { votes: three }));
    await sign(sessionId, MEMBERS);
    expect(must(await publish(sessionId))).toEqual({ resolutions: 0 });
    of = await makeCommittee({ seats: 6 });
    const again = await announced();
    must(
      await record(again, MEMBERS, {
        votes: [...votes(["chair", "deputy", "third", "fourth"]), ...votes(["fifth"], "against")],
      }),
    );
    await sign(again, MEMBERS);
    expect(must(await publish(again))).toEqual({ resolutions: 2 });
  });

  test("count a half as enough where the rules of procedure of that day said so, whatever they say later", async () => {
    of = await makeCommittee({ seats: 6 });
    const scene = sceneAt(of.community, at(-1));
    const setting = (value: string, version: number, setAt: number) =>
      insertSetting(scene, {
        key: `${PRACTICE.prefix}majority`,
        version,
        value,
        clause: "《议事规则》第九条：半数以上",
        setBy: "test",
        setAt,
      });
    must(await scene.db.write([setting("half_or_more", 1, at(-1))]));
    const sessionId = await announced();
    must(await scene.db.write([setting("more_than_half", 2, at(1))]));
    const three: Vote[] = [...votes(["chair", "deputy", "third"]), ...votes(["fourth", "fifth"], "abstain")];
    must(await record(sessionId, MEMBERS, { votes: three }));
    await sign(sessionId, MEMBERS);
    expect(must(await publish(sessionId))).toEqual({ resolutions: 2 });
  });

  test("of a member who resigned before the meeting have no place for them", async () => {
    const sessionId = await announced();
    await resign("fifth", at(2));
    expect(reasonOf(await record(sessionId, ["chair", "deputy", "third"]))).toBe("not_of_the_committee");
    const minutes = {
      version: (await rowOf(sessionId)).version,
      heldAt: HELD_AT,
      presences: roll(["chair", "deputy", "third"], ["chair", "deputy", "third", "fourth", "alternate"]),
      votes: votes(["chair", "deputy", "third"]),
      text: "四名委员在任。",
    };
    must(await recordMinutes(of.as("secretary", HELD_AT + 1), sessionId, minutes, newOnce()));
    const found = await loadSession(sceneAt(of.community, HELD_AT + 1), sessionId);
    expect(found?.committee.seats).toBe(5);
  });

  test("of an alternate who moved up before the meeting have their vote", async () => {
    await resign("fifth", at(2));
    await take(of.community, of.people.alternate, "周候补", "committee_member", at(3));
    const sessionId = await announced();
    const there = ["chair", "deputy", "alternate"] as const;
    const presences = roll(there, ["chair", "deputy", "third", "fourth", "alternate"]);
    const minutes = { version: 4, heldAt: HELD_AT, presences, votes: votes(there), text: "候补委员已递补。" };
    expect(must(await recordMinutes(of.as("secretary", HELD_AT + 1), sessionId, minutes, newOnce()))).toMatchObject({
      quorate: true,
    });
  });

  test("are refused by the database too where a vote is not a member's who was there", async () => {
    const sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third"]));
    const { db } = sceneAt(of.community);
    const vote = (person: Person) =>
      db.run(
        sql`INSERT INTO committee_vote(community_id, session_id, version, item_no, person_id, choice, why)
            VALUES (${of.community.id}, ${sessionId}, 1, 9, ${of.people[person]}, 'for', '')`,
      );
    for (const person of ["alternate", "fourth", "secretary"] as const)
      expect(await db.write([vote(person)]), person).toMatchObject({ error: { code: "not_entitled" } });
    expect(reasonOf((await db.write([vote("chair")])) as never)).toBe("ok");
  });

  test("sent twice by one form are one version; drafted anew they are the next, and need signatures again", async () => {
    const sessionId = await announced();
    const once = newOnce();
    const { version } = await rowOf(sessionId);
    const send = (text: string, key = once, seen = version) =>
      recordMinutes(
        of.as("secretary", HELD_AT + 1),
        sessionId,
        {
          version: seen,
          heldAt: HELD_AT,
          presences: roll(["chair", "deputy", "third"]),
          votes: votes(["chair", "deputy", "third"]),
          text,
        },
        key,
      );
    const first = await send("第一稿");
    expect(await send("第一稿")).toEqual(first);
    expect(reasonOf(await send("另一稿"))).toBe("key_reused");
    expect(reasonOf(await send("另一稿", newOnce()))).toBe("session_stale");
    await sign(sessionId, ["chair"]);
    expect(must(await send("第二稿", newOnce(), version + 1))).toEqual({ minutesVersion: 2, quorate: true });
    expect(
      reasonOf(
        await signMinutes(of.as("deputy", NEXT_DAY), sessionId, { minutesVersion: 1, stance: "signed", remark: "" }),
      ),
    ).toBe("minutes_changed");
    await sign(sessionId, ["chair", "deputy", "third"]);
    expect(must(await publish(sessionId))).toEqual({ resolutions: 2 });
    expect(reasonOf(await send("第三稿", newOnce(), (await rowOf(sessionId)).version))).toBe("wrong_session_state");
  });
});

describe("signing", () => {
  const signing = (sessionId: string, person: Person, more: object = {}) =>
    signMinutes(of.as(person, NEXT_DAY), sessionId, { minutesVersion: 1, stance: "signed", remark: "", ...more });

  test("twice, or twice at once, is one signature; who was not there, and who is no member, has none", async () => {
    const sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third"]));
    const both = await Promise.all([1, 2].map(() => signing(sessionId, "chair")));
    expect(both.map(reasonOf).sort()).toEqual(["already_signed", "ok"]);
    expect(reasonOf(await signing(sessionId, "chair"))).toBe("already_signed");
    expect(reasonOf(await signing(sessionId, "fourth"))).toBe("not_present");
    expect(reasonOf(await signing(sessionId, "alternate"))).toBe("not_present");
    expect(reasonOf(await signing(sessionId, "secretary"))).toBe("not_present");
    expect(await count("committee_signature")).toBe(1);
  });

  test("may be refused in words, which stand beside the minutes", async () => {
    const sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third", "fourth"]));
    expect(reasonOf(await signing(sessionId, "third", { stance: "objected" }))).toBe("remark_missing");
    must(await signing(sessionId, "third", { stance: "objected", remark: "第二项我表示弃权，记录写成了同意。" }));
    await sign(sessionId, ["chair", "deputy", "fourth"]);
    expect(must(await publish(sessionId))).toEqual({ resolutions: 2 });
    expect(await kindsOf(sessionId)).toContain("committee.objected");
  });

  test("on paper is recorded with its scan, for those who were there", async () => {
    const sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third"]));
    const scan = { name: "签到表.jpg", bytes: new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]) };
    const paper = (persons: readonly Person[], of_: typeof scan | null = scan) =>
      recordPaperSignatures(of.as("secretary", NEXT_DAY), sessionId, {
        minutesVersion: 1,
        personIds: persons.map((person) => of.people[person]),
        scan: of_,
      });
    expect(reasonOf(await paper([]))).toBe("nobody_chosen");
    expect(reasonOf(await paper(["chair"], null))).toBe("scan_missing");
    expect(reasonOf(await paper(["chair", "fourth"]))).toBe("not_present");
    expect(reasonOf(await paper(["chair"], { name: "x.txt", bytes: new Uint8Array([1, 2, 3]) }))).toBe(
      "file_type_refused",
    );
    must(await paper(["chair", "deputy", "third"]));
    expect(reasonOf(await paper(["third"]))).toBe("already_signed");
    const leaf = (await leavesOf(sessionId)).find(({ type }) => type === "committee.signed")!;
    expect(JSON.parse(leaf.entry)).toMatchObject({ way: "scan", tenure: of.tenures.chair });
    expect(must(await publish(sessionId))).toEqual({ resolutions: 2 });
  });
});

describe("publishing", () => {
  let sessionId: string;
  beforeEach(async () => {
    sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third", "fourth"]));
  });

  test("is by another than the drafter, when all have signed, and once", async () => {
    expect(reasonOf(await publish(sessionId))).toBe("signatures_missing");
    await sign(sessionId, ["chair", "deputy", "third", "fourth"]);
    expect(reasonOf(await publish(sessionId, "secretary"))).toBe("own_minutes");
    const both = await Promise.all([publish(sessionId, "chair"), publish(sessionId, "deputy")]);
    expect(both.map(reasonOf).sort()).toEqual(["ok", "session_stale"]);
    expect(await count("committee_resolution")).toBe(2);
    expect(reasonOf(await publish(sessionId))).toBe("wrong_session_state");
  });

  test("by a deputy who wrote the minutes is refused by person, whatever post they hold", async () => {
    of = await makeCommittee();
    const other = await announced();
    must(await record(other, ["chair", "deputy", "third"], { by: "deputy" }));
    await sign(other, ["chair", "deputy", "third"]);
    expect(reasonOf(await publish(other, "deputy"))).toBe("own_minutes");
    expect(reasonOf(await publish(other, "chair"))).toBe("ok");
  });

  test("on the last day does not wait for the one who has not answered; the day before it does", async () => {
    await sign(sessionId, ["chair", "deputy", "third"]);
    // Held on Wednesday 11 November; three days later is Saturday, so Monday the sixteenth is the last.
    expect(reasonOf(await publish(sessionId, "chair", at(13)))).toBe("signatures_missing");
    expect(reasonOf(await publish(sessionId, "chair", at(14)))).toBe("ok");
  });

  test("of two meetings at once gives every resolution its own number", async () => {
    await sign(sessionId, ["chair", "deputy", "third", "fourth"]);
    const other = await announced();
    must(await record(other, ["chair", "deputy", "third"]));
    await sign(other, ["chair", "deputy", "third"]);
    const both = await Promise.all([publish(sessionId, "chair"), publish(other, "deputy")]);
    expect(both.map(reasonOf)).toEqual(["ok", "ok"]);
    const scene = sceneAt(of.community);
    const [resolutions] = await scene.db.read(listResolutions(scene, { limit: 10, offset: 0 }));
    expect(resolutions.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  });

  test("of a correction is a resolution of its own, and the one it corrects stays as it was", async () => {
    await sign(sessionId, ["chair", "deputy", "third", "fourth"]);
    must(await publish(sessionId));
    const scene = sceneAt(of.community);
    const [[, first]] = await scene.db.read(listResolutions(scene, { limit: 10, offset: 0 }));
    const later = await drafted([itemOf(1, { corrects: first!.resolutionId, title: "更正费用上限" })], at(11));
    must(await giveSessionNotice(of.as("chair", at(11)), later, (await rowOf(later)).version));
    const heldAt = HOLDS_AT + 11 * 86_400_000 + 1;
    must(
      await record(later, ["chair", "deputy", "third"], {
        heldAt,
        now: heldAt + 1,
        votes: votes(["chair", "deputy", "third"], "for", [1]),
      }),
    );
    await sign(later, ["chair", "deputy", "third"], heldAt + 2);
    must(await publish(later, "chair", heldAt + 3));
    const [[newest, , old]] = await scene.db.read(listResolutions(scene, { limit: 10, offset: 0 }));
    expect([newest!.number, newest!.correctsNumber]).toEqual([3, 1]);
    expect([old!.number, old!.correctedByNumber, old!.title]).toEqual([1, 3, first!.title]);
  });
});

describe("what may only grow", () => {
  test.each([
    "committee_request",
    "committee_minutes",
    "committee_presence",
    "committee_vote",
    "committee_signature",
    "committee_resolution",
  ])("%s refuses UPDATE, DELETE and INSERT OR REPLACE", async (table) => {
    const { sessionId } = must(await requestSession(of.as("third"), { title: "会议", items: [itemOf(1)] }, newOnce()));
    expect(sessionId).not.toBe("");
    const held = await announced();
    must(await record(held, ["chair", "deputy", "third"]));
    await sign(held, ["chair", "deputy", "third"]);
    must(await publish(held));
    const { db, community } = sceneAt(of.community);
    const [columns] = await db.read(db.all<{ name: string }>(sql`SELECT name FROM pragma_table_info(${table})`));
    const names = columns.map(({ name }) => name).join(", ");
    for (const text of [
      `UPDATE ${table} SET community_id = community_id WHERE community_id = '${community.id}'`,
      `DELETE FROM ${table} WHERE community_id = '${community.id}'`,
      `INSERT OR REPLACE INTO ${table}(${names}) SELECT ${names} FROM ${table} WHERE community_id = '${community.id}'`,
    ])
      expect((await db.write([db.run(sql.raw(text))])).ok, text).toBe(false);
  });

  test("a resolution is not put in another's place by its number or its item", async () => {
    const held = await announced();
    must(await record(held, ["chair", "deputy", "third"]));
    await sign(held, ["chair", "deputy", "third"]);
    must(await publish(held));
    const { db, community } = sceneAt(of.community);
    const again = (changed: string) =>
      db.run(
        sql.raw(`INSERT OR REPLACE INTO committee_resolution SELECT community_id, 'other', ${changed}, title, text, in_favour, against,
          abstaining, recused, whole, matter, authorisation_id, corrects, adopted_on, published_at, leaf_hash
          FROM committee_resolution WHERE community_id = '${community.id}' AND number = 1`),
      );
    expect((await db.write([again("year, number, session_id, 9")])).ok).toBe(false);
    expect((await db.write([again("year, 9, session_id, item_no")])).ok).toBe(false);
    expect((await db.write([again("year, 9, session_id, 9")])).ok).toBe(true);
  });
});

describe("the database by itself", () => {
  const raw = async (text: string) => {
    const { db } = sceneAt(of.community);
    const written = await db.write([db.run(sql.raw(text.replaceAll("$c", `'${of.community.id}'`)))]);
    return written.ok ? "ok" : written.error.code;
  };
  const held = async (): Promise<string> => {
    const sessionId = await announced();
    must(await record(sessionId, ["chair", "deputy", "third"]));
    return sessionId;
  };

  test("opens no meeting again that is over", async () => {
    const published = await held();
    await sign(published, ["chair", "deputy", "third"]);
    must(await publish(published));
    const withdrawn = await announced();
    must(
      await withdrawSession(of.as("chair"), withdrawn, { version: (await rowOf(withdrawn)).version, why: "不开了" }),
    );
    for (const sessionId of [published, withdrawn])
      expect(
        await raw(
          `UPDATE committee_session SET state = 'noticed', version = version + 1 WHERE community_id = $c AND session_id = '${sessionId}'`,
        ),
      ).toBe("session_over");
  });

  test("takes no request for a meeting that is announced", async () => {
    const sessionId = await announced();
    expect(await raw(`INSERT INTO committee_request VALUES ($c, '${sessionId}', '${of.people.third}', 1, '')`)).toBe(
      "request_over",
    );
  });

  test("takes minutes in their order, and none once they are published", async () => {
    const sessionId = await held();
    const copy = (version: number) =>
      raw(
        `INSERT INTO committee_minutes SELECT community_id, session_id, ${version}, held_at, text, seats, sitting, whole, present, quorate, salt, drafted_by, drafted_at, leaf_hash
         FROM committee_minutes WHERE community_id = $c AND session_id = '${sessionId}' AND version = 1`,
      );
    expect(await copy(3)).toBe("minutes_changed");
    await sign(sessionId, ["chair", "deputy", "third"]);
    must(await publish(sessionId));
    expect(await copy(2)).toBe("minutes_changed");
  });

  test("takes no signature of who was not there, of an alternate, or to another version", async () => {
    const sessionId = await announced();
    must(
      await record(sessionId, ["chair", "deputy", "third", "alternate"], {
        votes: votes(["chair", "deputy", "third"]),
      }),
    );
    const put = (person: Person, version = 1) =>
      raw(
        `INSERT INTO committee_signature VALUES ($c, '${sessionId}', ${version}, '${of.people[person]}', 'signed', '', 'session', NULL, 'x', 1, '')`,
      );
    expect([await put("fourth"), await put("alternate"), await put("chair", 2)]).toEqual([
      "not_to_sign",
      "not_to_sign",
      "not_to_sign",
    ]);
    must(await record(sessionId, ["chair", "deputy", "third"], { text: "改正后的记录。" }));
    expect([await put("chair"), await put("chair", 2)]).toEqual(["not_to_sign", "ok"]);
  });

  test("of minutes drafted anew while they are signed or published lets one come first", async () => {
    const sessionId = await held();
    await sign(sessionId, ["chair", "deputy"]);
    const [redrafted, signed] = await Promise.all([
      record(sessionId, ["chair", "deputy", "third"], { text: "改正后的记录。" }),
      signMinutes(of.as("third", NEXT_DAY), sessionId, { minutesVersion: 1, stance: "signed", remark: "" }),
    ]);
    must(redrafted);
    expect(["ok", "minutes_changed"]).toContain(reasonOf(signed));
    // Whichever came first: the version that stands is signed by nobody yet.
    expect(reasonOf(await publish(sessionId))).toBe("signatures_missing");
    await sign(sessionId, ["chair", "deputy", "third"]);
    const [again, published] = await Promise.all([
      record(sessionId, ["chair", "deputy", "third"], { text: "第三稿。" }),
      publish(sessionId),
    ]);
    expect([again.ok, published.ok].filter(Boolean)).toHaveLength(1);
    expect((await rowOf(sessionId)).state).toBe(published.ok ? "published" : "recorded");
  });
});

describe("a matter of art. 278", () => {
  let meetingId: string;
  beforeAll(() => {
    meetingId = "m000000000000001";
  });

  /** An owners' meeting that decided matter 8, by the rows its acts write. */
  async function decided(outcome: string, state = "published"): Promise<void> {
    const { db, community } = sceneAt(of.community);
    must(
      await db.write([
        db.run(
          sql`INSERT INTO meeting(community_id, meeting_id, number, title, state, version, convener, draft, edition, drafted_by, drafted_at, counted_at, published_at)
              VALUES (${community.id}, ${meetingId}, 1, '2026年业主大会会议', ${state}, 1, '{}', '{}', 1, 'x', ${at(-20)}, ${at(-6)}, ${at(-5)})`,
        ),
        db.run(
          sql`INSERT INTO meeting_item(community_id, meeting_id, edition, item_no, matter, item, eligible_owners, eligible_area_dm2)
              VALUES (${community.id}, ${meetingId}, 1, 1, 8, '{"title":"授权业委会签订电梯广告合同"}', 10, 1000)`,
        ),
        db.run(
          sql`INSERT INTO count_run(community_id, meeting_id, run_no, why, summary, counted_by, counted_at, leaf_hash, published_by, published_at)
              VALUES (${community.id}, ${meetingId}, 1, '', '{}', 'x', ${at(-6)}, '', 'y', ${at(-5)})`,
        ),
        db.run(
          sql`INSERT INTO count_result(community_id, meeting_id, run_no, item_no, basis, result)
              VALUES (${community.id}, ${meetingId}, 1, 1, 'strict', ${JSON.stringify({ outcome })})`,
        ),
      ]),
    );
  }
  const asked = { scope: "电梯广告，每年不低于3万元", fromOn: "2026-11-01", lastOn: "2026-12-31", itemNo: 1 };
  const authorise = () => recordAuthorisation(of.as("secretary"), { ...asked, meetingId }, newOnce());

  test("is refused at the notice without an authorisation, and by the database even if it came so far", async () => {
    const sessionId = await drafted([itemOf(1, { matter: 8 })]);
    const { version } = await rowOf(sessionId);
    expect(await giveSessionNotice(of.as("chair"), sessionId, version)).toMatchObject({
      error: { faults: [{ reason: "authorisation_missing", matter: 8, itemNo: 1 }] },
    });
    const held = await announced();
    const { db, community } = sceneAt(of.community);
    expect(
      await db.write([
        db.run(
          sql`INSERT INTO committee_resolution(community_id, resolution_id, year, number, session_id, item_no, title, text, in_favour, against,
                abstaining, recused, whole, matter, authorisation_id, corrects, adopted_on, published_at, leaf_hash)
              VALUES (${community.id}, 'r', 2026, 1, ${held}, 1, 't', 't', 5, 0, 0, 0, 5, 8, '', '', '2026-11-11', 1, '')`,
        ),
      ]),
    ).toMatchObject({ error: { code: "not_authorised" } });
  });

  test("is resolved under a carried decision's authorisation", async () => {
    await decided("carried");
    const { authorisationId } = must(await authorise());
    const sessionId = await announced([itemOf(1, { matter: 8, authorisationId })]);
    must(
      await record(sessionId, ["chair", "deputy", "third"], { votes: votes(["chair", "deputy", "third"], "for", [1]) }),
    );
    await sign(sessionId, ["chair", "deputy", "third"]);
    expect(must(await publish(sessionId))).toEqual({ resolutions: 1 });
  });

  test("becomes no resolution where the decision was annulled between notice and publication", async () => {
    await decided("carried");
    const { authorisationId } = must(await authorise());
    const sessionId = await announced([itemOf(1, { matter: 8, authorisationId }), itemOf(2)]);
    must(await record(sessionId, ["chair", "deputy", "third"]));
    await sign(sessionId, ["chair", "deputy", "third"]);
    const { db, community } = sceneAt(of.community);
    must(
      await db.write([
        db.run(
          sql`UPDATE meeting SET state = 'annulled', version = version + 1 WHERE community_id = ${community.id} AND meeting_id = ${meetingId}`,
        ),
      ]),
    );
    expect(must(await publish(sessionId))).toEqual({ resolutions: 1 });
  });

  test("is not resolved once the authorisation was ended; it ends once, with a reason", async () => {
    await decided("carried");
    const { authorisationId } = must(await authorise());
    const end = (more = {}) =>
      endAuthorisation(of.as("secretary"), authorisationId, { endedOn: "2026-11-11", why: "合同已签", ...more });
    expect(reasonOf(await end({ why: " " }))).toBe("why_missing");
    expect(reasonOf(await end({ endedOn: "2026-10-31" }))).toBe("ends_before_start");
    const both = await Promise.all([end(), end({ why: "另一个原因" })]);
    expect(both.map(reasonOf).toSorted()).toEqual(["authorisation_ended", "ok"]);
    const sessionId = await drafted([itemOf(1, { matter: 8, authorisationId })]); // it is held on 11 November
    expect(await giveSessionNotice(of.as("chair"), sessionId, (await rowOf(sessionId)).version)).toMatchObject({
      error: { faults: [{ reason: "authorisation_over", lastOn: "2026-11-10", itemNo: 1 }] },
    });
  });

  test.each([
    ["a decision that was lost", "lost", "published", "decision_not_carried"],
    ["a decision that was annulled", "carried", "annulled", "decision_annulled"],
  ])("is not authorised by %s", async (_, outcome, state, reason) => {
    await decided(outcome, state);
    expect(reasonOf(await authorise())).toBe(reason);
  });

  test("is not authorised by a decision there is not, nor by another community's", async () => {
    expect(reasonOf(await authorise())).toBe("decision_unknown");
    await decided("carried");
    const there = await makeCommittee();
    expect(reasonOf(await recordAuthorisation(there.as("secretary"), { ...asked, meetingId }, newOnce()))).toBe(
      "decision_unknown",
    );
  });
});
