/** What a bidder adds after registering: further lots, and papers. Load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type TenderState, takesBids } from "../rules.ts";
import { assertTenderStands } from "../store.ts";
import { readAnnounced } from "./actions.ts";
import { checkLicence, isLicenceKind, type Licence, type LicenceFault, readLots, tiesAmong } from "./rules.ts";
import type { BidderActor } from "./session.ts";
import {
  assertLotEntries,
  countLotEntries,
  findBidder,
  findLastConflict,
  insertBidderLot,
  insertLicence,
  insertLicenceReplaced,
  insertLotMove,
  type LicenceRow,
  listBidders,
  listLicences,
  listLotMoves,
  lotsOf,
} from "./store.ts";
import { comparedOf, noteConflicts } from "./ties.ts";

type Own = Pick<BidderActor, "tenderId" | "bidderId">;

export type AdditionRefusal =
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "bids_not_taken"; readonly state: TenderState; readonly closedAt: number | null }
  | { readonly reason: "tender_changed" };

const MOST_TRIES = 8;

export type JoinRefusal = AdditionRefusal | { readonly reason: "unknown_lot" };

/** A bidder bids for further lots too, or for one it left; those it is in already stay as they are. Ties with who is there are noted. */
export async function joinLots(
  scene: Scene,
  { tenderId, bidderId }: Own,
  typed: readonly string[],
): Promise<Result<readonly number[], JoinRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const read = await readAnnounced(scene, tenderId);
    if (!read) return err({ reason: "unknown_tender" });
    const { tender, scheme } = read;
    if (!takesBids(tender, scene.now))
      return err({ reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt });
    const chosen = readLots(typed, scheme);
    if (chosen === null) return err({ reason: "unknown_lot" });
    const [bidders, moves, lastConflict, entries] = await scene.db.read(
      listBidders(scene, tenderId),
      listLotMoves(scene, tenderId, bidderId),
      findLastConflict(scene, tenderId),
      countLotEntries(scene, tenderId),
    );
    const own = bidders.find((row) => row.bidderId === bidderId);
    if (!own) return err({ reason: "unknown_tender" });
    const lots = chosen.filter((lotNo) => !lotsOf(own).includes(lotNo));
    if (lots.length === 0) return ok(lotsOf(own));
    const conflicts = tiesAmong(
      { ...comparedOf(scene, own), lots },
      bidders.map((row) => comparedOf(scene, row)),
    );
    const leaf = appendLeaf(scene, "tender.bidder_lots", { tender: tenderId, registration: own.leafHash }, tenderId);
    const written = await scene.db.write([
      assertTenderStands(scene, tender),
      assertLotEntries(scene, tenderId, entries[0]?.total ?? 0),
      ...lots.map((lotNo) => {
        const row = { tenderId, bidderId, lotNo, leafHash: leaf.leafHash };
        const left = moves.find((one) => one.lotNo === lotNo);
        return left
          ? insertLotMove(scene, { ...row, moveNo: left.moves + 1, kind: "back", movedAt: scene.now })
          : insertBidderLot(scene, { ...row, joinedAt: scene.now });
      }),
      leaf.statement,
      ...noteConflicts(scene, tenderId, bidderId, conflicts, lastConflict[0]?.last ?? 0),
    ]);
    if (written.ok) return ok([...lotsOf(own), ...lots].toSorted((a, b) => a - b));
    const { code } = written.error;
    if (["bidders_changed_meanwhile", "conflicts_changed_meanwhile", "lot_joined", "lot_moved"].includes(code))
      continue;
    if (code === "tender_stale") return err({ reason: "tender_changed" });
    if (code === "bids_not_taken") return err({ reason: code, state: tender.state, closedAt: tender.closesAt });
    throw new Error(`lots were refused by ${code}`);
  }
  throw new Error("too many bidders at once");
}

export interface TypedLicence {
  readonly kind: string;
  readonly number: string;
  readonly issuer: string;
  readonly expiresOn: string;
  /** "yes": it has no last day. */
  readonly endless: string;
  /** The number of the paper this one takes the place of; empty for a further one. */
  readonly replaces?: string;
}

export type LicenceRefusal =
  | AdditionRefusal
  | LicenceFault
  | FileFault
  | { readonly reason: "too_many_licences"; readonly most: number }
  /** What it should take the place of is not there, or was replaced already. */
  | { readonly reason: "licence_gone" };

/** More papers than any tender asks for are a nuisance to whoever reads them. */
const MOST_LICENCES = 30;

/** The statements by which one paper takes the place of another. */
function replacing(
  scene: Scene,
  tenderId: string,
  registration: string,
  before: LicenceRow,
  byLicenceNo: number,
): readonly Query[] {
  const facts = { tender: tenderId, registration, kind: before.kind, file: before.fileHash };
  const leaf = appendLeaf(scene, "tender.licence_replaced", facts, tenderId);
  const row = { tenderId, bidderId: before.bidderId, licenceNo: before.licenceNo, byLicenceNo };
  return [insertLicenceReplaced(scene, { ...row, replacedAt: scene.now, leafHash: leaf.leafHash }), leaf.statement];
}

/** A bidder shows a paper, which may take the place of one it showed before. The same file of the same kind sent twice is one paper. */
export async function addLicence(
  scene: Scene,
  { tenderId, bidderId }: Own,
  typed: TypedLicence,
  file: { readonly name: string; readonly bytes: Uint8Array } | null,
): Promise<Result<{ readonly licenceNo: number; readonly endsWithin: boolean }, LicenceRefusal>> {
  const read = await readAnnounced(scene, tenderId);
  if (!read) return err({ reason: "unknown_tender" });
  const { tender, scheme } = read;
  if (!takesBids(tender, scene.now))
    return err({ reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt });
  if (!isLicenceKind(typed.kind)) return err({ reason: "missing", field: "kind" });
  if (typed.endless !== "yes" && typed.expiresOn === "") return err({ reason: "missing", field: "expiresOn" });
  const licence: Licence = {
    kind: typed.kind,
    number: typed.number.normalize("NFKC").trim(),
    issuer: typed.issuer.trim(),
    expiresOn: typed.endless === "yes" ? "" : typed.expiresOn,
  };
  const [bidders] = await scene.db.read(findBidder(scene, tenderId, bidderId));
  const [own] = bidders;
  if (!own) return err({ reason: "unknown_tender" });
  const lots = scheme.lots.filter(({ lotNo }) => lotsOf(own).includes(lotNo));
  const checked = checkLicence(licence, lots, dayOf(scene.now));
  if (!checked.ok) return checked;
  if (!file) return err({ reason: "missing", field: "file" });
  const put = await putFile(scene, file, bidderId, "private");
  if (!put.ok) return put;
  const { stored, statement } = put.value;
  const { endsWithin } = checked.value;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [rows] = await scene.db.read(listLicences(scene, tenderId, bidderId));
    const same = rows.find(
      ({ kind, fileHash, number }) => kind === licence.kind && fileHash === stored.sha256 && number === licence.number,
    );
    if (same && same.expiresOn === licence.expiresOn) return ok({ licenceNo: same.licenceNo, endsWithin });
    const before = rows.find((one) => String(one.licenceNo) === typed.replaces);
    if (typed.replaces && before?.replacedBy !== null) return err({ reason: "licence_gone" });
    if (rows.length >= MOST_LICENCES) return err({ reason: "too_many_licences", most: MOST_LICENCES });
    const licenceNo = (rows.at(-1)?.licenceNo ?? 0) + 1;
    const leaf = appendLeaf(
      scene,
      "tender.licence_added",
      { tender: tenderId, registration: own.leafHash, kind: licence.kind, file: stored.sha256 },
      tenderId,
    );
    const written = await scene.db.write([
      statement,
      insertLicence(scene, {
        tenderId,
        bidderId,
        licenceNo,
        ...licence,
        endsWithin: endsWithin ? 1 : 0,
        fileId: stored.fileId,
        fileName: stored.name,
        fileHash: stored.sha256,
        addedAt: scene.now,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
      ...(before ? replacing(scene, tenderId, own.leafHash, before, licenceNo) : []),
    ]);
    if (written.ok) return ok({ licenceNo, endsWithin });
    if (written.error.code === "licence_replaced") return err({ reason: "licence_gone" });
    if (written.error.code === "bids_not_taken")
      return err({ reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt });
    if (written.error.code !== "licences_changed_meanwhile")
      throw new Error(`a licence was refused by ${written.error.code}`);
  }
  throw new Error("too many licences at once");
}
