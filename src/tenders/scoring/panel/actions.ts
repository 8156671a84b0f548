/** The panel of one tender: two seeds committed to, the draw, its members, and who takes a seat that falls free (T9, TB 37). No HTTP. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { plainText } from "../../../community/identity/rules.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { type Aborted, sql } from "../../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { commitSeed, drawNumbers, SEED_BYTES } from "../../../record/draw/rules.ts";
import { authorOf, recordTenderEvent } from "../../acting.ts";
import { type TenderMoveRefusal, tenderIn } from "../../rules.ts";
import { schemeOf } from "../../scheme/actions.ts";
import { assertTenderStands, findScheme, findTender, type TenderKey } from "../../store.ts";
import { findOpenedBids } from "../bids.ts";
import { expertShareOf, SCORING_SETTINGS } from "../settings.ts";
import { linkingMember } from "./links.ts";
import { LONGEST_WORDS, type PoolRefusal, readPerson } from "./pool.ts";
import { leastExperts, panelPurpose, poolLeast, seatExperts } from "./rules.ts";
import { nextMember, seating, seatingMember } from "./seating.ts";
import {
  assertRepresentatives,
  findPanel,
  insertPanel,
  insertPanelDrawn,
  listExpertsNumbered,
  listMembers,
  listStandingExperts,
  type PanelRow,
  panelSeal,
  sits,
} from "./store.ts";

export type PanelRefusal =
  | TenderMoveRefusal
  | PoolRefusal
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" }
  | { readonly reason: "panel_not_prepared" }
  | { readonly reason: "pool_too_small"; readonly experts: number; readonly needed: number }
  /** A place asks for more experts than the scheme has. */
  | { readonly reason: "panel_experts"; readonly experts: number; readonly least: number }
  | { readonly reason: "panel_full"; readonly places: number }
  | { readonly reason: "unknown_member" }
  | { readonly reason: "member_left" }
  /** Every sheet is committed to: the panel stands as it is. */
  | { readonly reason: "scoring_closed" };

/** Everything an act on a panel begins with, in one round trip. */
export async function findPanelled(scene: Scene, key: TenderKey) {
  const [tenders, schemes, panels, members] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    findPanel(scene, key),
    listMembers(scene, key),
  );
  const [tender, kept] = [tenders[0], schemes[0]];
  if (!tender || !kept) return null;
  return { tender, scheme: schemeOf(kept), panel: panels[0] ?? null, members };
}

export const numbersOf = (json: string | null): number[] => JSON.parse(json ?? "[]") as number[];

/**
 * Commits to the two seeds and to the pool as it stands, before the bids are opened where it can be: the draw and every tie are settled by
 * then, and nobody knows how. The way the members' points are combined is fixed here too. Once for each tender; a repeat changes nothing.
 */
export async function preparePanel(
  scene: StaffScene,
  key: TenderKey,
): Promise<Result<{ readonly commitment: string }, PanelRefusal>> {
  const found = await findPanelled(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, scheme, panel } = found;
  if (panel) return ok({ commitment: panel.commitment });
  const may = tenderIn(tender.state, "noticed", "closed", "opened");
  if (!may.ok) return may;
  const [rows, pool] = await scene.db.read(listSettings(scene, SCORING_SETTINGS), listStandingExperts(scene));
  const settings = valuesFromRows(SCORING_SETTINGS, rows);
  const { size, experts } = scheme.panel;
  const share = expertShareOf(settings.expertPercent.value);
  const least = leastExperts(size, share);
  if (experts < least) return err({ reason: "panel_experts", experts, least });
  if (pool.length < poolLeast(experts))
    return err({ reason: "pool_too_small", experts: pool.length, needed: poolLeast(experts) });
  const { tenderId } = tender;
  const [draw, ties] = [scene.random(SEED_BYTES), scene.random(SEED_BYTES)];
  const [commitment, tieCommitment] = [commitSeed(draw), commitSeed(ties)];
  const lots = pool.map(({ expertNo }) => expertNo);
  const event = recordTenderEvent(
    scene,
    tenderId,
    "panel_prepared",
    { experts, size, pool: lots.length, combining: settings.combining.value },
    authorOf(scene),
    { seed: commitment, ties: tieCommitment, lots },
  );
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    insertPanel(scene, {
      tenderId,
      commitment,
      seedSealed: await scene.keys.seal(bytesToHex(draw), panelSeal(scene, tenderId, "draw")),
      tieCommitment,
      tieSeedSealed: await scene.keys.seal(bytesToHex(ties), panelSeal(scene, tenderId, "ties")),
      pool: JSON.stringify(lots),
      size,
      experts,
      combining: settings.combining.value,
      expertShare: share,
      preparedBy: scene.actor.personId,
      preparedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  if (written.ok) return ok({ commitment });
  const [again] = await scene.db.read(findPanel(scene, tenderId));
  return again[0] ? ok({ commitment: again[0].commitment }) : err({ reason: "tender_stale" });
}

/**
 * Draws the experts once the bids are open and it is known who bids: the seed is revealed, whoever works for a bidder is passed over, and
 * those drawn are asked by message whether anything ties them. Drawn once; a repeat finds it done.
 */
export async function drawPanel(scene: StaffScene, key: TenderKey): Promise<Result<true, PanelRefusal>> {
  const found = await findPanelled(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, panel } = found;
  const { tenderId } = tender;
  if (!panel) return err({ reason: "panel_not_prepared" });
  if (panel.drawn !== null) return ok(true);
  const may = tenderIn(tender.state, "opened", "qualified");
  if (!may.ok) return may;
  const lots = numbersOf(panel.pool);
  const [bids, [rows]] = await Promise.all([
    findOpenedBids(scene, tenderId),
    scene.db.read(listExpertsNumbered(scene, sql`${panel.pool}`)),
  ]);
  const experts = new Map(rows.map((row) => [row.expertNo, row]));
  const seed = await scene.keys.open(panel.seedSealed, panelSeal(scene, tenderId, "draw"));
  const purpose = panelPurpose(tenderId);
  const drawn = drawNumbers(seed, purpose, lots);
  const seats = seatExperts(drawn, panel.experts, (number) => experts.get(number)!.organisation, bids);
  if (!seats.ok) return seats;
  const by = authorOf(scene);
  const { seated, passedOver } = seats.value;
  const event = recordTenderEvent(
    scene,
    tenderId,
    "panel_drawn",
    { drawn: seated.length, passedOver: passedOver.length },
    by,
    { seed, commitment: panel.commitment, purpose, lots, order: drawn, over: passedOver.map(({ number }) => number) },
  );
  const members = await Promise.all(
    seated.map((number, at) =>
      seating(scene, tenderId, nextMember(found.members) + at, experts.get(number)!, null, by),
    ),
  );
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    insertPanelDrawn(scene, {
      tenderId,
      seed,
      purpose,
      drawn: JSON.stringify(drawn),
      passedOver: JSON.stringify(passedOver.map(({ number }) => number)),
      drawnBy: scene.actor.personId,
      drawnAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...members.flatMap(({ statements }) => statements),
  ]);
  if (written.ok || written.error.code === "panel_drawn") return ok(true);
  return err({ reason: "tender_stale" });
}

/** The tenderer's own representative (招标人代表), one of the few places that are not drawn. Their names are withheld as the experts' are. */
export async function appointRepresentative(
  scene: StaffScene,
  key: TenderKey,
  asked: { readonly name: string; readonly phone: string; readonly organisation: string },
  once: string,
): Promise<Result<{ readonly memberNo: number }, PanelRefusal>> {
  const person = readPerson(asked);
  if (!person.ok) return person;
  const organisation = plainText(asked.organisation);
  if (organisation.length > LONGEST_WORDS)
    return err({ reason: "words_too_long", field: "organisation", most: LONGEST_WORDS });
  const found = await findPanelled(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, panel, members } = found;
  const may = tenderIn(tender.state, "opened", "qualified");
  if (!may.ok) return may;
  if (!panel) return err({ reason: "panel_not_prepared" });
  const memberNo = nextMember(members);
  const seat = await seatingMember(scene, tender.tenderId, memberNo, authorOf(scene), {
    ...person.value,
    kind: "representative",
    expertNo: null,
    speciality: "",
    organisation,
    inPlaceOf: null,
  });
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify([tender.tenderId, person.value, organisation]) },
    [assertTenderStands(scene, tender), ...seat.statements, assertRepresentatives(scene, tender.tenderId)],
    { memberNo },
  );
  return written.ok ? written : err(refusedAs(written.error, panel));
}

/** Sends a member a new link; the one before no longer opens anything. */
export async function sendLinkAgain(
  scene: StaffScene,
  key: TenderKey,
  memberNo: number,
  once: string,
): Promise<Result<true, PanelRefusal>> {
  const found = await findPanelled(scene, key);
  const row = found?.members.find((one) => one.memberNo === memberNo);
  if (!found || !row) return err({ reason: "unknown_member" });
  if (!sits(row)) return err({ reason: "member_left" });
  const written = await writeOnce(
    scene,
    { key: once, body: `${found.tender.tenderId}:${memberNo}` },
    linkingMember(scene, found.tender.tenderId, memberNo, row.generation + 1, scene.actor.personId),
    true as const,
  );
  return written.ok ? ok(true) : err(refusedAs(written.error, found.panel!));
}

/** What a batch on a panel was refused for. */
export function refusedAs(error: KeyReused | Aborted, panel: Pick<PanelRow, "size" | "experts">): PanelRefusal {
  if (error.reason === "key_reused") return { reason: "key_reused" };
  switch (error.code) {
    case "panel_full":
      return { reason: "panel_full", places: panel.size - panel.experts };
    case "scoring_closed":
      return { reason: "scoring_closed" };
    case "member_left":
      return { reason: "member_left" };
    default:
      return { reason: "tender_stale" };
  }
}
