/** Witnesses and their cosignatures: only what verifies is kept, and once. */
import { describe, expect, test } from "vitest";
import { type SQL, sql } from "../../src/platform/db.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { makeCheckpoint, receiptFor } from "../../src/record/actions.ts";
import { cosign } from "../../src/record/note/cosignature.ts";
import { COSIGNATURE_KEY, formatVkey, NOTE_KEY, parseVkey, signerKey } from "../../src/record/note/key.ts";
import { checkReceipt } from "../../src/record/receipt/rules.ts";
import { appendLeaf, findLog, listLeaves, type StoredCheckpoint } from "../../src/record/store.ts";
import { addCosignature, registerWitness } from "../../src/record/witness/actions.ts";
import { listCosignatures, listLastCosigned, listWitnesses } from "../../src/record/witness/store.ts";
import { makeCommunity, sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { auditRecord } from "./record-audit-of-test.ts";

const street = signerKey("street.example.org", COSIGNATURE_KEY, new Uint8Array(32).fill(11));
const auditor = signerKey("auditor.example.org", COSIGNATURE_KEY, new Uint8Array(32).fill(12));
const SECONDS = T0 / 1000;

const textOf = ({ note }: StoredCheckpoint) => `${note.split("\n\n")[0]!}\n`;
const cosigned = (checkpoint: StoredCheckpoint, ...lines: string[]) => `${textOf(checkpoint)}\n${lines.join("")}`;

async function withCheckpoint(): Promise<{ scene: Scene; checkpoint: StoredCheckpoint }> {
  const community = await makeCommunity();
  const staff = staffSceneAt(community, "p1", ["settings.manage"]);
  for (const [label, key] of [
    ["璧城街道办事处", street],
    ["审计", auditor],
  ] as const)
    expect((await registerWitness(staff, { label, vkey: formatVkey(key) })).ok).toBe(true);
  const scene = sceneAt(community);
  const made = await makeCheckpoint(scene);
  if (!made.ok) throw new Error(made.error.reason);
  return { scene, checkpoint: made.value };
}

describe("registering a witness", () => {
  test("keeps its key under a name a neighbour understands, and records it", async () => {
    const scene = staffSceneAt(await makeCommunity(), "p1", ["settings.manage"]);
    const added = await registerWitness(scene, { label: " 璧城街道办事处 ", vkey: ` ${formatVkey(street)}\n` });
    expect(added).toMatchObject({ ok: true, value: { isNew: true } });
    const [[witness], leaves] = await scene.db.read(listWitnesses(scene), listLeaves(scene, 0, 10));
    expect(witness).toMatchObject({ keyName: street.name, keyId: street.keyId, label: "璧城街道办事处" });
    expect(leaves.map(({ entry }) => JSON.parse(entry))).toEqual([
      { at: T0, label: "璧城街道办事处", type: "witness.registered", v: 1, vkey: formatVkey(street) },
    ]);
  });
  test("twice, also at once, is done and recorded once", async () => {
    const community = await makeCommunity();
    const scene = staffSceneAt(community, "p1", ["settings.manage"]);
    const asked = { label: "街道", vkey: formatVkey(street) };
    const both = await Promise.all([registerWitness(scene, asked), registerWitness(scene, asked)]);
    expect(both.map((one) => one.ok && one.value.isNew).sort()).toEqual([false, true]);
    expect(await registerWitness(scene, { ...asked, label: "另一个名字" })).toMatchObject({
      ok: true,
      value: { isNew: false },
    });
    const [witnesses, leaves] = await scene.db.read(listWitnesses(scene), listLeaves(scene, 0, 10));
    expect(witnesses.map(({ label }) => label)).toEqual(["街道"]);
    expect(leaves).toHaveLength(1);
  });
  test.each([
    ["no name", { label: "  ", vkey: formatVkey(street) }, { reason: "bad_label" }],
    ["a name of 61 characters", { label: "街".repeat(61), vkey: formatVkey(street) }, { reason: "bad_label" }],
    ["a key that is none", { label: "街道", vkey: "hello" }, { reason: "bad_vkey", fault: "malformed" }],
    [
      "a key for notes",
      { label: "街道", vkey: formatVkey(signerKey("s.example", NOTE_KEY, new Uint8Array(32).fill(1))) },
      { reason: "not_a_witness_key" },
    ],
  ])("with %s is refused and leaves nothing", async (_, asked, error) => {
    const scene = staffSceneAt(await makeCommunity(), "p1", ["settings.manage"]);
    expect(await registerWitness(scene, asked)).toEqual({ ok: false, error });
    expect(await auditRecord(scene)).toEqual({ size: 0, checkpoints: [] });
  });
});

describe("a cosignature", () => {
  test("that verifies is kept, shown with the checkpoint, and travels in receipts made after", async () => {
    const { scene, checkpoint } = await withCheckpoint();
    const lines = [cosign(textOf(checkpoint), SECONDS, street), cosign(textOf(checkpoint), SECONDS + 5, auditor)];
    // As a witness sends it: with the log's own line or without.
    expect(await addCosignature(scene, checkpoint.note + lines[0])).toEqual({
      ok: true,
      value: { size: 2, by: [street.name] },
    });
    expect((await addCosignature(scene, cosigned(checkpoint, lines[1]!))).ok).toBe(true);
    const [shown, last] = await scene.db.read(listCosignatures(scene), listLastCosigned(scene));
    expect(new Map(shown.map(({ label, signedAt }) => [label, signedAt]))).toEqual(
      new Map([
        ["璧城街道办事处", SECONDS],
        ["审计", SECONDS + 5],
      ]),
    );
    expect(last).toEqual(shown);
    const [[leaf], [log]] = await scene.db.read(listLeaves(scene, 0, 1), findLog(scene));
    const receipt = await receiptFor(scene, leaf!.leafHash);
    const key = parseVkey(log!.vkey);
    if (!receipt.ok || !key.ok) throw new Error("no receipt");
    expect(checkReceipt(receipt.value, key.value, [auditor, street])).toMatchObject({
      verdict: "proved",
      cosigned: [{ name: auditor.name }, { name: street.name }],
    });
  });
  test("sent again, also at once or with a later time, is kept once: the first", async () => {
    const { scene, checkpoint } = await withCheckpoint();
    const send = (seconds: number) =>
      addCosignature(scene, cosigned(checkpoint, cosign(textOf(checkpoint), seconds, street)));
    const sent = await Promise.all([send(SECONDS), send(SECONDS), send(SECONDS)]);
    expect(sent.every(({ ok }) => ok)).toBe(true);
    expect((await send(SECONDS + 60)).ok).toBe(true);
    const [shown] = await scene.db.read(listCosignatures(scene));
    expect(shown.map(({ signedAt }) => signedAt)).toEqual([SECONDS]);
  });
  test("leaves no entry: it would call for the next checkpoint, and that one for the next cosignature", async () => {
    const { scene, checkpoint } = await withCheckpoint();
    await addCosignature(scene, cosigned(checkpoint, cosign(textOf(checkpoint), SECONDS, street)));
    expect(await auditRecord(scene)).toEqual({ size: 2, checkpoints: [2] });
  });
  test("of an older checkpoint is kept with that one", async () => {
    const { scene, checkpoint } = await withCheckpoint();
    await scene.db.write([appendLeaf(scene, "test.act", {}).statement]);
    await makeCheckpoint(scene);
    expect((await addCosignature(scene, cosigned(checkpoint, cosign(textOf(checkpoint), SECONDS, street)))).ok).toBe(
      true,
    );
    const [latest, older, last] = await scene.db.read(
      listCosignatures(scene),
      listCosignatures(scene, 2),
      listLastCosigned(scene),
    );
    expect(latest).toEqual([]);
    expect(older).toHaveLength(1);
    expect(last.map(({ size }) => size)).toEqual([2]);
  });

  const stranger = signerKey("stranger.example", COSIGNATURE_KEY, new Uint8Array(32).fill(13));
  const impostor = signerKey(street.name, COSIGNATURE_KEY, new Uint8Array(32).fill(14));
  test.each<[string, (checkpoint: StoredCheckpoint) => string, object]>([
    ["no note", () => "hello", { reason: "bad_note", fault: "no_signature" }],
    [
      "a note that is no checkpoint",
      (c) => `hello\n\n${cosign(textOf(c), SECONDS, street)}`,
      { reason: "bad_note", fault: "malformed_checkpoint" },
    ],
    [
      "a checkpoint that was never signed",
      (c) => {
        const text = textOf(c).replace("\n2\n", "\n3\n");
        return `${text}\n${cosign(text, SECONDS, street)}`;
      },
      { reason: "unknown_checkpoint", size: 3 },
    ],
    [
      "a checkpoint of the same size with another root",
      (c) => {
        const text = textOf(c).replace(/\n[^\n]{44}\n$/, `\n${"A".repeat(43)}=\n`);
        return `${text}\n${cosign(text, SECONDS, street)}`;
      },
      { reason: "checkpoint_differs", size: 2 },
    ],
    [
      "a witness nobody registered",
      (c) => cosigned(c, cosign(textOf(c), SECONDS, stranger)),
      { reason: "unknown_witness" },
    ],
    [
      "a registered name with another key",
      (c) => cosigned(c, cosign(textOf(c), SECONDS, impostor)),
      { reason: "unknown_witness" },
    ],
    ["the log's own line alone", (c) => c.note, { reason: "unknown_witness" }],
    [
      "a signature of another text",
      (c) => cosigned(c, cosign(`${textOf(c)}x`, SECONDS, street)),
      { reason: "bad_cosignature", name: street.name },
    ],
    [
      "a good signature beside a bad one",
      (c) => cosigned(c, cosign(textOf(c), SECONDS, auditor), cosign(`${textOf(c)}x`, SECONDS, street)),
      { reason: "bad_cosignature", name: street.name },
    ],
    [
      "a time more than ten minutes ahead",
      (c) => cosigned(c, cosign(textOf(c), SECONDS + 601, street)),
      { reason: "cosigned_in_future", name: street.name },
    ],
  ])("with %s is refused and nothing is kept", async (_, body, error) => {
    const { scene, checkpoint } = await withCheckpoint();
    expect(await addCosignature(scene, body(checkpoint))).toEqual({ ok: false, error });
    const [kept] = await scene.db.read(listCosignatures(scene));
    expect(kept).toEqual([]);
  });
  test("ten minutes ahead exactly is still taken", async () => {
    const { scene, checkpoint } = await withCheckpoint();
    const body = cosigned(checkpoint, cosign(textOf(checkpoint), SECONDS + 600, street));
    expect((await addCosignature(scene, body)).ok).toBe(true);
  });
});

describe("witnesses and cosignatures cannot be rewritten", () => {
  test.each<[string, (id: string) => SQL, string]>([
    [
      "a witness UPDATEd",
      (id) => sql`UPDATE record_witness SET vkey = 'x' WHERE community_id = ${id}`,
      "record_witness_append_only",
    ],
    [
      "a witness DELETEd",
      (id) => sql`DELETE FROM record_witness WHERE community_id = ${id}`,
      "record_witness_append_only",
    ],
    [
      "a witness REPLACEd",
      (id) => sql`REPLACE INTO record_witness VALUES (${id}, ${street.name}, ${street.keyId}, 'x', 'x', 1)`,
      "witness_known",
    ],
    [
      "a cosignature UPDATEd",
      (id) => sql`UPDATE record_cosignature SET line = 'x' WHERE community_id = ${id}`,
      "record_cosignature_append_only",
    ],
    [
      "a cosignature DELETEd",
      (id) => sql`DELETE FROM record_cosignature WHERE community_id = ${id}`,
      "record_cosignature_append_only",
    ],
    [
      "a cosignature REPLACEd",
      (id) => sql`REPLACE INTO record_cosignature VALUES (${id}, 2, ${street.name}, ${street.keyId}, 'x', 1, 1)`,
      "cosignature_known",
    ],
  ])("%s is refused", async (_, attempt, code) => {
    const { scene, checkpoint } = await withCheckpoint();
    await addCosignature(scene, cosigned(checkpoint, cosign(textOf(checkpoint), SECONDS, street)));
    expect(await scene.db.write([scene.db.run(attempt(scene.community.id))])).toEqual({
      ok: false,
      error: { reason: "aborted", code },
    });
  });
});
