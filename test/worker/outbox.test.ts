/** The outbox on a real database: queued with the act, leased, tried again, sent under one id, and noted once. */
import { describe, expect, test } from "vitest";
import { sql } from "../../src/platform/db.ts";
import { retryMessage, sendDue, sendEverywhere, showNewest } from "../../src/platform/outbox/actions.ts";
import {
  type Adapter,
  keepAdapter,
  type OutgoingMessage,
  webhookAdapter,
  webhookSignature,
} from "../../src/platform/outbox/gateway.ts";
import { registerMessageKind } from "../../src/platform/outbox/kinds.ts";
import { ATTEMPT_LIMIT } from "../../src/platform/outbox/rules.ts";
import { claimDue, messageIdOf, queueMessage, queueMessages } from "../../src/platform/outbox/store.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

registerMessageKind("test.notice", {
  name: { zh: "测试通知", en: "Test notice" },
  render: async (_scene, params, recipient) =>
    params.skip === true ? { skip: "revoked" } : { phone: "13800138000", text: `致 ${recipient}` },
  onOutcome: async ({ db, community, now }, message, outcome) => [
    db.run(
      sql`INSERT INTO setting(community_id, key, version, value, clause, set_by, set_at)
          VALUES (${community.id}, ${`outcome:${message.recipient}`}, ${now}, ${JSON.stringify(outcome.outcome)}, '', 'outbox', ${now})`,
    ),
  ],
});
registerMessageKind("test.reminder", {
  name: { zh: "测试提醒", en: "Test reminder" },
  restsAtNight: true,
  render: async (_scene, _params, recipient) => ({ phone: "13800138000", text: `提醒 ${recipient}` }),
});
registerMessageKind("test.broken", {
  name: { zh: "坏", en: "Broken" },
  render: async () => {
    throw new Error("13800138000");
  },
});

registerMessageKind("test.refused", {
  name: { zh: "拒", en: "Refused" },
  render: async () => ({ phone: "13800138000", text: "x" }),
  onOutcome: async ({ db }) => [db.run(sql`INSERT INTO assertion(code, ok) VALUES ('no_such_household', 0)`)],
});

const listening = (answer: (message: OutgoingMessage) => boolean = () => true) => {
  const heard: OutgoingMessage[] = [];
  const adapter: Adapter = {
    name: "webhook",
    send: async (message) => {
      heard.push(message);
      return answer(message) ? { taken: true, detail: "http 200" } : { taken: false, detail: "http 503" };
    },
  };
  return { heard, adapter };
};

const one = (to: string, extra: object = {}) => ({
  kind: "test.notice",
  to,
  params: {},
  dedupeKey: `k:${to}`,
  ...extra,
});
const later = (scene: Scene, ms: number): Scene => sceneAt(scene.community, scene.now + ms);
const rows = async <T>(scene: Scene, text: string): Promise<T[]> =>
  (await scene.db.read(scene.db.all<T>(sql.raw(text.replaceAll("$c", `'${scene.community.id}'`)))))[0];

describe("a message", () => {
  test("queued in a batch that is refused is not there", async () => {
    const scene = sceneAt(await makeCommunity());
    const refused = await scene.db.write([
      queueMessage(scene, one("a")),
      scene.db.run(sql`INSERT INTO assertion(code, ok) VALUES ('no', 0)`),
    ]);
    expect(refused.ok).toBe(false);
    expect(await sendDue(scene, keepAdapter)).toEqual({ sent: 0, failed: 0, skipped: 0 });
  });

  test("queued twice under one key leaves once, before and after it was sent", async () => {
    const scene = sceneAt(await makeCommunity());
    const { heard, adapter } = listening();
    await scene.db.write([queueMessage(scene, one("a")), queueMessage(scene, one("a"))]);
    await sendDue(scene, adapter);
    await scene.db.write([queueMessage(scene, one("a"))]);
    await sendDue(later(scene, HOUR), adapter);
    expect(heard.map(({ messageId }) => messageId)).toEqual([messageIdOf(scene.community.id, "k:a")]);
  });

  test("holds no phone number and no text in the database", async () => {
    const scene = sceneAt(await makeCommunity());
    await scene.db.write([queueMessage(scene, one("a"))]);
    await sendDue(scene, listening().adapter);
    const stored = JSON.stringify([
      await rows(scene, "SELECT * FROM outbox_message WHERE community_id = $c"),
      await rows(scene, "SELECT * FROM outbox_attempt WHERE community_id = $c"),
    ]);
    expect(stored).not.toContain("138");
    expect(stored).not.toContain("致");
  });

  test("is not sent before its time nor from the instant it expires", async () => {
    const scene = sceneAt(await makeCommunity());
    const { heard, adapter } = listening();
    await scene.db.write([
      queueMessage(scene, one("later", { notBefore: T0 + MINUTE })),
      queueMessage(scene, one("gone", { expiresAt: T0 + MINUTE })),
    ]);
    expect(await sendDue(later(scene, MINUTE - 1), adapter)).toEqual({ sent: 1, failed: 0, skipped: 0 });
    expect(heard.map((m) => m.text)).toEqual(["致 gone"]);
    await scene.db.write([queueMessage(scene, one("gone too", { expiresAt: T0 + MINUTE }))]);
    expect(await sendDue(later(scene, MINUTE), adapter)).toEqual({ sent: 1, failed: 0, skipped: 1 });
  });

  test("that has nothing to say any more is skipped with its reason", async () => {
    const scene = sceneAt(await makeCommunity());
    await scene.db.write([queueMessage(scene, one("a", { params: { skip: true } }))]);
    expect(await sendDue(scene, keepAdapter)).toEqual({ sent: 0, failed: 0, skipped: 1 });
    expect(await rows(scene, "SELECT state, last_outcome AS why FROM outbox_message WHERE community_id = $c")).toEqual([
      { state: "skipped", why: "revoked" },
    ]);
  });

  test("cannot be reworded, deleted, or sent a second time in place", async () => {
    const scene = sceneAt(await makeCommunity());
    await scene.db.write([queueMessage(scene, one("a"))]);
    await sendDue(scene, keepAdapter);
    const attempts = [
      "UPDATE outbox_message SET params = '{}', recipient = 'b' WHERE community_id = $c",
      "UPDATE outbox_message SET state = 'queued' WHERE community_id = $c",
      "DELETE FROM outbox_message WHERE community_id = $c",
      "UPDATE outbox_attempt SET outcome = 'failed' WHERE community_id = $c",
      "DELETE FROM outbox_attempt WHERE community_id = $c",
    ];
    for (const text of attempts) {
      const done = await scene.db.write([scene.db.run(sql.raw(text.replaceAll("$c", `'${scene.community.id}'`)))]);
      expect(done.ok, text).toBe(false);
    }
  });
});

describe("a gateway that does not answer well", () => {
  test("is tried again after a minute, and the same id is used", async () => {
    const scene = sceneAt(await makeCommunity());
    let up = false;
    const { heard, adapter } = listening(() => up);
    await scene.db.write([queueMessage(scene, one("a"))]);
    expect(await sendDue(scene, adapter)).toEqual({ sent: 0, failed: 1, skipped: 0 });
    expect(await sendDue(later(scene, MINUTE - 1), adapter)).toEqual({ sent: 0, failed: 0, skipped: 0 });
    up = true;
    expect(await sendDue(later(scene, MINUTE), adapter)).toEqual({ sent: 1, failed: 0, skipped: 0 });
    expect(new Set(heard.map((m) => m.messageId)).size).toBe(1);
    expect(heard.length).toBe(2);
  });

  test("is given up after the last try, the kind is told once, and a person can have it tried again", async () => {
    const scene = sceneAt(await makeCommunity());
    let up = false;
    const { heard, adapter } = listening(() => up);
    await scene.db.write([queueMessage(scene, one("a"))]);
    for (let day = 0; day < ATTEMPT_LIMIT + 3; day += 1) await sendDue(later(scene, day * 2 * HOUR), adapter);
    expect(heard.length).toBe(ATTEMPT_LIMIT);
    const outcomes = () => rows<{ value: string }>(scene, "SELECT value FROM setting WHERE community_id = $c");
    expect(await outcomes()).toEqual([{ value: '"failed"' }]);
    const id = messageIdOf(scene.community.id, "k:a");
    const then = later(scene, 48 * HOUR);
    expect(await retryMessage(then, id)).toEqual({ ok: true, value: null });
    expect(await retryMessage(then, id)).toEqual({ ok: true, value: null });
    expect(await retryMessage(then, "0".repeat(26))).toEqual({ ok: false, error: { reason: "unknown_message" } });
    up = true;
    expect((await sendDue(then, adapter)).sent).toBe(1);
    expect((await outcomes()).map(({ value }) => value)).toEqual(['"failed"', '"sent"']);
    expect((await rows(scene, "SELECT attempt FROM outbox_attempt WHERE community_id = $c")).length).toBe(
      ATTEMPT_LIMIT + 1,
    );
  });

  test("does not hold up the others, and neither does a wording that breaks", async () => {
    const scene = sceneAt(await makeCommunity());
    const { heard, adapter } = listening((m) => m.text !== "致 b");
    await scene.db.write([
      queueMessage(scene, { ...one("x"), kind: "test.broken" }),
      ...queueMessages(scene, "test.notice", [one("a"), one("b"), one("c")]),
    ]);
    expect(await sendDue(scene, adapter)).toEqual({ sent: 2, failed: 2, skipped: 0 });
    expect(heard.length).toBe(3);
  });
});

describe("a kind whose own note is refused", () => {
  test("does not make the message leave twice", async () => {
    const scene = sceneAt(await makeCommunity());
    const { heard, adapter } = listening();
    await scene.db.write([queueMessage(scene, { ...one("a"), kind: "test.refused" })]);
    await sendDue(scene, adapter);
    await sendDue(later(scene, HOUR), adapter);
    expect(heard.length).toBe(1);
  });
});

describe("two senders at once", () => {
  test("share the messages and send each once", async () => {
    const scene = sceneAt(await makeCommunity());
    const { heard, adapter } = listening();
    await scene.db.write(
      queueMessages(
        scene,
        "test.notice",
        Array.from({ length: 80 }, (_, n) => one(`p${n}`)),
      ),
    );
    await Promise.all([1, 2, 3].map(() => sendDue(sceneAt(scene.community), adapter)));
    expect(heard.length).toBe(80);
    expect(new Set(heard.map((m) => m.messageId)).size).toBe(80);
    const told = await rows<{ n: number }>(scene, "SELECT count(*) AS n FROM setting WHERE community_id = $c");
    expect(told[0]!.n).toBe(80);
  });

  test("one that died lets its lease end, and the message leaves under the same id", async () => {
    const scene = sceneAt(await makeCommunity());
    const { heard, adapter } = listening();
    await scene.db.write([queueMessage(scene, one("a"))]);
    const claimed = await claimDue(scene, {
      lease: "dead",
      leaseUntil: T0 + 2 * MINUTE,
      kinds: ["test.notice"],
      limit: 9,
    });
    expect(claimed.length).toBe(1);
    expect((await sendDue(later(scene, 2 * MINUTE - 1), adapter)).sent).toBe(0);
    expect((await sendDue(later(scene, 2 * MINUTE), adapter)).sent).toBe(1);
    expect(heard[0]!.messageId).toBe(claimed[0]!.messageId);
  });

  test("one whose lease was taken over does not note an outcome of its own", async () => {
    const scene = sceneAt(await makeCommunity());
    const slow: Adapter = {
      name: "webhook",
      send: async () => {
        const second = later(scene, 3 * MINUTE);
        await sendDue(second, listening().adapter);
        return { taken: false, detail: "http 500" };
      },
    };
    await scene.db.write([queueMessage(scene, one("a"))]);
    await sendDue(scene, slow);
    expect(await rows(scene, "SELECT state, attempts FROM outbox_message WHERE community_id = $c")).toEqual([
      { state: "sent", attempts: 2 },
    ]);
  });

  test("one whose lease is in other hands leaves the message to them, though it is not sent yet", async () => {
    const scene = sceneAt(await makeCommunity());
    const slow: Adapter = {
      name: "webhook",
      send: async () => {
        const then = later(scene, 3 * MINUTE);
        await claimDue(then, { lease: "other", leaseUntil: then.now + MINUTE, kinds: ["test.notice"], limit: 9 });
        return { taken: true, detail: "http 200" };
      },
    };
    await scene.db.write([queueMessage(scene, one("a"))]);
    await sendDue(scene, slow);
    expect(await rows(scene, "SELECT state, lease FROM outbox_message WHERE community_id = $c")).toEqual([
      { state: "queued", lease: "other" },
    ]);
    expect(await rows(scene, "SELECT 1 FROM outbox_attempt WHERE community_id = $c")).toEqual([]);
  });
});

describe("at night", () => {
  test("a reminder waits until 08:00, other messages leave", async () => {
    const community = await makeCommunity();
    const evening = sceneAt(community, Date.parse("2026-11-02T21:00:00+08:00"));
    const { heard, adapter } = listening();
    await evening.db.write([
      queueMessage(evening, one("a")),
      queueMessage(evening, { ...one("b"), kind: "test.reminder" }),
    ]);
    expect((await sendDue(evening, adapter)).sent).toBe(1);
    expect((await sendDue(later(evening, 11 * HOUR - 1), adapter)).sent).toBe(0);
    expect((await sendDue(later(evening, 11 * HOUR), adapter)).sent).toBe(1);
    expect(heard.map((m) => m.text)).toEqual(["致 a", "提醒 b"]);
  });
});

describe("the signed webhook", () => {
  const key = new Uint8Array(32).fill(9);
  const message: OutgoingMessage = { messageId: "m1", kind: "test.notice", phone: "13800138000", text: "您好" };
  const answering = (status: number) => {
    const seen: { url: string; init: RequestInit }[] = [];
    const adapter = webhookAdapter("https://sms.example/send", key, async (url, init) => {
      seen.push({ url, init });
      return new Response(status === 204 ? null : "138 refused", { status });
    });
    return { seen, adapter };
  };

  test("signs timestamp and body, names the message in each try, and follows no redirect", async () => {
    const { seen, adapter } = answering(204);
    expect(await adapter.send(message, T0)).toEqual({ taken: true, detail: "http 204" });
    const headers = seen[0]!.init.headers as Record<string, string>;
    const body = String(seen[0]!.init.body);
    expect(JSON.parse(body)).toEqual({ id: "m1", kind: "test.notice", phone: "13800138000", text: "您好" });
    const timestamp = String(T0 / 1000);
    const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    const signature = headers["x-commonhold-signature"]!.replace("v1=", "");
    const bytes = Uint8Array.from(signature.match(/../g)!, (pair) => Number.parseInt(pair, 16));
    expect(headers["x-commonhold-timestamp"]).toBe(timestamp);
    expect(await crypto.subtle.verify("HMAC", imported, bytes, new TextEncoder().encode(`${timestamp}.${body}`))).toBe(
      true,
    );
    expect(headers["idempotency-key"]).toBe("m1");
    expect(seen[0]!.init.redirect).toBe("manual");
  });

  test.each([302, 400, 429, 500])("an answer of %i means not taken, and its words are not kept", async (status) => {
    expect(await answering(status).adapter.send(message, T0)).toEqual({ taken: false, detail: `http ${status}` });
  });

  test("a connection that fails means not taken", async () => {
    const adapter = webhookAdapter("https://sms.example/send", key, async () => {
      throw new DOMException("aborted", "TimeoutError");
    });
    expect(await adapter.send(message, T0)).toEqual({ taken: false, detail: "timeout" });
  });

  test("phone numbers do not travel in clear", () => {
    expect(() => webhookAdapter("http://sms.example/send", key)).toThrow(/https/);
    expect(webhookSignature(key, "1", "a")).not.toBe(webhookSignature(key, "1", "b"));
  });
});

describe("every shard", () => {
  test("cron finds the communities that have something due, and only then", async () => {
    const communities = [
      await makeCommunity({ shard: 0 }),
      await makeCommunity({ shard: 1 }),
      await makeCommunity({ shard: 1 }),
    ];
    const { heard, adapter } = listening();
    for (const community of communities) {
      const scene = sceneAt(community, T0 + 40 * 24 * HOUR);
      await scene.db.write([queueMessage(scene, one(community.id))]);
    }
    await sendEverywhere(sceneAt(communities[0]!).env, T0 + 40 * 24 * HOUR, adapter);
    const mine = heard.filter((m) => communities.some(({ id }) => m.text === `致 ${id}`));
    expect(mine.length).toBe(3);
    expect((await sendEverywhere(sceneAt(communities[0]!).env, T0 + 40 * 24 * HOUR, null)).sent).toBe(0);
  });
});

test("the demo shows a message with its words, though they are stored nowhere", async () => {
  const scene = sceneAt(await makeCommunity());
  await scene.db.write([queueMessage(scene, one("a"))]);
  await sendDue(scene, keepAdapter);
  const [shown] = await showNewest(scene, 10);
  expect(shown).toMatchObject({ kind: "test.notice", state: "sent", rendered: { text: "致 a" } });
});
