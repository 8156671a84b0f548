/** Publishing the minutes of a meeting and the resolutions it took, each with its number (M12, A13): load, ask the rules, write with the leaves. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { newId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { authorisationOf } from "../../delegation/actions.ts";
import { mayResolve } from "../../delegation/rules.ts";
import { itemsOf, type Loaded, loadSession, sessionLeaf } from "../actions.ts";
import { minutesQueries, type Recorded, recordedOf, signersOf } from "../minutes/actions.ts";
import { mayPublish, type PublishRefusal, publishBy } from "../minutes/rules.ts";
import type { SessionItem } from "../rules.ts";
import { type SessionKey, updateSession } from "../store.ts";
import { findLastNumber, insertResolution } from "./store.ts";

export type PublishingRefusal =
  | PublishRefusal
  | { readonly reason: "unknown_session" }
  | { readonly reason: "session_stale" };

/** Items that carried and may become resolutions: what rests on an authorisation still has it on the day it was decided. */
export function resolvable(
  { row, authorisations, practice }: Pick<Loaded, "row" | "authorisations" | "practice">,
  { decisions, minutes }: Pick<Recorded, "decisions" | "minutes">,
): SessionItem[] {
  const held = authorisations.map(authorisationOf);
  const on = dayOf(minutes.heldAt);
  return itemsOf(row).filter(
    (item) =>
      decisions.find(({ itemNo }) => itemNo === item.itemNo)?.outcome === "carried" &&
      mayResolve(item, held, on, practice.delegationBanned.value).ok,
  );
}

/** Everyone's answer to the minutes, as publishing asks. */
export const answersOf = (recorded: Recorded) => {
  const present = signersOf(recorded).length;
  const count = (stance: "signed" | "objected") => recorded.signatures.filter((one) => one.stance === stance).length;
  return { present, signed: count("signed"), objected: count("objected") };
};

/**
 * Publishes the minutes, and with them every item that carried as a resolution with the next number of the year: one batch, so
 * that no number is given to what nobody can read. Of two people at once one publishes; the other is told.
 */
export async function publishMinutes(
  scene: StaffScene,
  key: SessionKey,
  asked: { readonly minutesVersion: number },
): Promise<Result<{ readonly resolutions: number }, PublishingRefusal>> {
  // Another meeting's publication may take the same numbers in between: they are read again, twice at most.
  for (let attempt = 1; ; attempt += 1) {
    const done = await publishOnce(scene, key, asked.minutesVersion);
    if (done.ok || done.error !== "numbers_taken") return done as Result<{ resolutions: number }, PublishingRefusal>;
    if (attempt === 3) return err({ reason: "session_stale" });
  }
}

async function publishOnce(
  scene: StaffScene,
  key: SessionKey,
  version: number,
): Promise<Result<{ readonly resolutions: number }, PublishingRefusal | "numbers_taken">> {
  const { db, now, actor } = scene;
  const today = dayOf(now);
  const year = Number(today.slice(0, 4));
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const { row, practice } = loaded;
  const [minutesRows, presences, votes, signatures, lastNumbers] = await db.read(
    ...minutesQueries(scene, row.sessionId),
    findLastNumber(scene, year),
  );
  const recorded = recordedOf(row, practice, minutesRows, presences, votes, signatures);
  if (!recorded) return err({ reason: "wrong_session_state", state: row.state, needed: ["recorded"] });
  const { minutes } = recorded;
  const answers = answersOf(recorded);
  const may = mayPublish(
    {
      state: row.state,
      version: row.minutesVersion,
      draftedBy: minutes.draftedBy,
      ...answers,
      publishBy: publishBy(minutes.heldAt, practice.publishDays.value),
    },
    { personId: actor.personId, version },
    today,
  );
  if (!may.ok) return may;
  const adoptedOn = dayOf(minutes.heldAt);
  const last = lastNumbers[0]?.last ?? 0;
  const taken = resolvable(loaded, recorded);
  const statements: Query[] = taken.flatMap((item, at) => {
    const decision = recorded.decisions.find(({ itemNo }) => itemNo === item.itemNo)!;
    const resolutionId = newId<string>(scene.random);
    const number = last + at + 1;
    const leaf = sessionLeaf(scene, row.sessionId, "resolved", {
      resolution: resolutionId,
      year,
      number,
      item: item.itemNo,
      title: item.title,
      text: item.text,
      inFavour: decision.for,
      against: decision.against,
      abstaining: decision.abstain,
      recused: decision.recused,
      whole: decision.measure.whole,
      least: decision.measure.least,
      matter: item.matter,
      authorisation: item.authorisationId,
      corrects: item.corrects,
      adoptedOn,
    });
    return [
      insertResolution(scene, {
        resolutionId,
        year,
        number,
        sessionId: row.sessionId,
        itemNo: item.itemNo,
        title: item.title,
        text: item.text,
        inFavour: decision.for,
        against: decision.against,
        abstaining: decision.abstain,
        recused: decision.recused,
        whole: decision.measure.whole,
        matter: item.matter,
        authorisationId: item.authorisationId,
        corrects: item.corrects,
        adoptedOn,
        publishedAt: now,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
    ];
  });
  const leaf = sessionLeaf(scene, row.sessionId, "minutes_published", {
    number: row.number,
    version: row.minutesVersion,
    minutes: minutes.leafHash,
    heldOn: adoptedOn,
    quorate: minutes.quorate === 1,
    ...answers,
    resolutions: taken.length,
  });
  const change = { state: "published" as const, publishedBy: actor.personId, publishedAt: now };
  const done = await db.write([...updateSession(scene, row, change), ...statements, leaf.statement]);
  if (done.ok) return ok({ resolutions: taken.length });
  if (done.error.code === "session_stale" || done.error.code === "session_over")
    return err({ reason: "session_stale" });
  if (done.error.code === "resolution_exists") return err("numbers_taken");
  throw new Error(`publishing minutes was refused by ${done.error.code}`);
}
