/** Putting the choice among a lot's candidates on the agenda of an owners' meeting, taking it back from a draft, and answering for it when notice is given. No HTTP. */
import { type Origin, registerOrigin } from "../../assembly/agenda/origins.ts";
import type { Item } from "../../assembly/agenda/rules.ts";
import {
  createDraft,
  type DraftRefusal,
  type DraftSave,
  placeItem,
  takeItemBack,
} from "../../assembly/meeting/drafting.ts";
import type { ConvenerKind } from "../../assembly/meeting/rules.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { authorOf, recordTenderEvent } from "../acting.ts";
import { type TenderMoveRefusal, tenderIn } from "../rules.ts";
import { schemeOf } from "../scheme/actions.ts";
import type { Scheme } from "../scheme/rules.ts";
import { listCompared, listLotsOver } from "../scoring/qualifying/store.ts";
import { readReport, readResults } from "../scoring/result/actions.ts";
import { findResult } from "../scoring/result/store.ts";
import { SCORING_SETTINGS } from "../scoring/settings.ts";
import { assertTenderStands, findScheme, findTender, type TenderKey, type TenderRow } from "../store.ts";
import { choicesHash, choicesOf, itemOfLot, type LotOnPaper, originOf, readOrigin, TENDER_ORIGIN } from "./paper.ts";
import { mayAskOwners, type StandRefusal } from "./rules.ts";
import {
  type ChoiceRow,
  countOpenObjections,
  insertChoice,
  insertChoiceVoid,
  listAwards,
  listChoices,
  moveToDeciding,
} from "./store.ts";

export type PlaceRefusal =
  | DraftRefusal
  | TenderMoveRefusal
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" }
  /** Every lot is decided, has failed, or is on an agenda already. */
  | { readonly reason: "no_lot_to_place" };

export interface Deciding {
  readonly tender: TenderRow;
  readonly scheme: Scheme;
  readonly choices: readonly ChoiceRow[];
  /** The lots that could be put to the owners now, each with its paper. */
  readonly open: readonly LotOnPaper[];
}

const isLive = ({ voidCause }: ChoiceRow): boolean => voidCause === null;

/** What could be put to the owners of a tender; null where there is none. */
export async function findDeciding(scene: Scene, key: TenderKey): Promise<Deciding | null> {
  const [tenders, schemes, results, choices, over, awards, compared, settings] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    findResult(scene, key),
    listChoices(scene, key),
    listLotsOver(scene, key),
    listAwards(scene, key),
    listCompared(scene, key),
    listSettings(scene, SCORING_SETTINGS),
  );
  const [tender, kept, made] = [tenders[0], schemes[0], results[0]];
  if (!tender || !kept) return null;
  const scheme = schemeOf(kept);
  const base = { tender, scheme, choices };
  if (!made) return { ...base, open: [] };
  const order = valuesFromRows(SCORING_SETTINGS, settings).choiceOrder.value;
  const isDone = (lotNo: number): boolean =>
    [...over, ...awards].some((one) => one.lotNo === lotNo) ||
    choices.some((one) => one.lotNo === lotNo && isLive(one));
  const open = readResults(made)
    .filter(({ lotNo }) => !isDone(lotNo))
    .map(
      (result): LotOnPaper => ({
        tender,
        lot: scheme.lots.find(({ lotNo }) => lotNo === result.lotNo)!,
        turn: choices.filter(({ lotNo }) => lotNo === result.lotNo).length + 1,
        report: readReport(made),
        result,
        order,
        idOf: (bidderNo) =>
          compared.find((one) => one.lotNo === result.lotNo && one.bidderNo === bidderNo)?.bidderId ?? "",
      }),
    );
  return { ...base, open };
}

export interface Placed {
  readonly meetingId: MeetingId;
  readonly lots: readonly number[];
}

/**
 * Puts every lot that waits behind the last item of a meeting's draft, one item for each, in a draft that stands or a new one. Item and
 * row are one batch for each lot, so that a repeat goes on where it broke off; two people at once place each lot once.
 */
export async function placeChoices(
  scene: StaffScene,
  key: TenderKey,
  asked: {
    readonly draft: Omit<DraftSave, "once"> | { readonly convener: ConvenerKind };
    readonly once: string;
  },
): Promise<Result<Placed, PlaceRefusal>> {
  const found = await findDeciding(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, open, choices } = found;
  const mine = choices.filter((one) => isLive(one) && one.placedBy === placerOf(scene, asked.once));
  if (open.length === 0 && mine[0])
    return ok({ meetingId: mine[0].meetingId as MeetingId, lots: mine.map(({ lotNo }) => lotNo) });
  const may = tenderIn(tender.state, "published", "deciding");
  if (!may.ok) return may;
  if (open.length === 0) return err({ reason: "no_lot_to_place" });
  const draft =
    "meetingId" in asked.draft ? ok(asked.draft) : await newDraft(scene, tender, asked.draft.convener, asked.once);
  if (!draft.ok) return draft;
  let { version } = draft.value;
  const { meetingId } = draft.value;
  for (const paper of open) {
    const placed = await placeLot(scene, tender, paper, { meetingId, version, once: asked.once });
    if (!placed.ok) return placed;
    version = placed.value.version;
  }
  return ok({ meetingId, lots: open.map(({ lot }) => lot.lotNo) });
}

const placerOf = ({ actor }: StaffScene, once: string): string => `${actor.personId}:${once}`;

async function newDraft(
  scene: StaffScene,
  tender: TenderRow,
  convener: ConvenerKind,
  once: string,
): Promise<Result<Omit<DraftSave, "once">, PlaceRefusal>> {
  const title = `业主大会会议（${tender.title}）`.slice(0, 120);
  // A key has at most 64 characters.
  return createDraft(scene, { title, convener: { kind: convener, cause: tender.title } }, `${once.slice(0, 56)}:draft`);
}

async function placeLot(
  scene: StaffScene,
  tender: TenderRow,
  paper: LotOnPaper,
  save: DraftSave,
): Promise<Result<{ readonly version: number }, PlaceRefusal>> {
  const { lot, turn } = paper;
  const choices = choicesOf(paper);
  const hash = choicesHash(choices);
  const event = recordTenderEvent(
    scene,
    tender.tenderId,
    "choice_placed",
    { lot: lot.lotNo, candidates: choices.map(({ bidderNo }) => bidderNo) },
    authorOf(scene),
    { options: hash, turn },
  );
  const placed = await placeItem(
    scene,
    { ...save, once: `${save.once.slice(0, 56)}:${lot.lotNo}` },
    itemOfLot(paper, choices),
    [
      assertTenderStands(scene, tender),
      insertChoice(scene, {
        tenderId: tender.tenderId,
        lotNo: lot.lotNo,
        turn,
        meetingId: save.meetingId,
        options: JSON.stringify(choices),
        optionsHash: hash,
        placedBy: placerOf(scene, save.once),
        placedAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...event.statements,
    ],
  );
  if (placed.ok) return ok({ version: placed.value.version });
  if (placed.error.reason !== "aborted") return err(placed.error);
  return err({ reason: placed.error.code === "choice_under_way" ? "no_lot_to_place" : "tender_stale" });
}

export type TakeBackRefusal =
  | DraftRefusal
  | { readonly reason: "unknown_choice" }
  | { readonly reason: "choice_over" }
  | { readonly reason: "tender_stale" };

/** Takes a lot off a draft again. After notice only the meeting is withdrawn. */
export async function takeChoiceBack(
  scene: StaffScene,
  key: TenderKey,
  at: { readonly lotNo: number; readonly turn: number },
  asked: { readonly version: number; readonly why: string; readonly once: string },
): Promise<Result<true, TakeBackRefusal>> {
  const [rows] = await scene.db.read(listChoices(scene, key));
  const row = rows.find(({ lotNo, turn }) => lotNo === at.lotNo && turn === at.turn);
  if (!row) return err({ reason: "unknown_choice" });
  if (row.voidCause === "taken_back") return ok(true);
  if (row.voidCause !== null || row.verdict !== null) return err({ reason: "choice_over" });
  const { tenderId } = row;
  const why = asked.why.trim();
  const event = recordTenderEvent(scene, tenderId, "choice_taken_back", { lot: at.lotNo, why }, authorOf(scene));
  const taken = await takeItemBack(
    scene,
    { meetingId: row.meetingId as MeetingId, version: asked.version, once: asked.once },
    originOf(tenderId, at.lotNo, at.turn),
    [
      insertChoiceVoid(scene, {
        tenderId,
        ...at,
        cause: "taken_back",
        why,
        voidedBy: scene.actor.personId,
        voidedAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...event.statements,
    ],
  );
  if (taken.ok) return ok(true);
  if (taken.error.reason !== "aborted") return err(taken.error);
  return err({ reason: taken.error.code === "choice_over" ? "choice_over" : "tender_stale" });
}

// ——— What is asked when notice is given ———

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const factOf = (item: Item, name: string): number => Number(item.origin?.facts[name] ?? 0);

/** Why the owners cannot be asked yet, in words for the notice. */
export function sayStand(refusal: StandRefusal): Bilingual {
  switch (refusal.reason) {
    case "candidates_not_published":
      return say("中标候选人还没有公示。", "The candidates are not published.");
    case "standstill_running":
      return say(
        `中标候选人公示到${sayDeadline(refusal.until, "zh")}，期满才能公告（《招标投标法实施条例》第五十四条）。`,
        `The candidates stand to be objected to until ${sayDeadline(refusal.until, "en")}; notice comes after it (TBR 54).`,
      );
    case "objections_open":
      return say(
        `还有${refusal.open}件异议没有答复，答复后才能公告。`,
        `${refusal.open} objections wait for their decision; notice comes after it.`,
      );
  }
}

const tenderOrigin: Origin = {
  words: say("选聘物业服务", "choosing who serves the estate"),
  path: (item) => `/tenders/${factOf(item, "tender")}`,
  choicePath: (item, optionNo) => {
    const bidder = factOf(item, `candidate${optionNo}`);
    const { question } = item;
    // A candidate alone is asked for by yes and no: the first option stands for it, the others for nobody.
    return bidder > 0 && (question.kind === "choose_one" || optionNo === 1)
      ? `/tenders/${factOf(item, "tender")}/lots/${factOf(item, "lot")}/candidates/${bidder}`
      : null;
  },
  async noticing(scene, item, meeting) {
    const made = readOrigin(item.origin?.id ?? "");
    if (!made) return { objections: [say("找不到这一项所属的选聘。", "Its tender is not found.")], statements: [] };
    const { tenderId, lotNo, turn } = made;
    const [tenders, choices, [waiting]] = await scene.db.read(
      findTender(scene, tenderId),
      listChoices(scene, tenderId),
      countOpenObjections(scene, tenderId),
    );
    const [tender, choice] = [tenders[0], choices.find((one) => one.lotNo === lotNo && one.turn === turn)];
    if (!tender || !choice || choice.meetingId !== meeting.meetingId || choice.voidCause !== null)
      return { objections: [say("这项选聘已经撤回。", "This choice was taken back.")], statements: [] };
    const may = mayAskOwners(tender, waiting?.open ?? 0, scene.now);
    if (!may.ok) return { objections: [sayStand(may.error)], statements: [] };
    const event = recordTenderEvent(
      scene,
      tenderId,
      "choice_noticed",
      { lot: lotNo, opensAt: meeting.opensAt, closesAt: meeting.closesAt },
      authorOf(scene),
      { meeting: meeting.meetingId, options: choice.optionsHash },
    );
    return { objections: [], statements: [...moveToDeciding(scene, tenderId, lotNo, turn), ...event.statements] };
  },
};
registerOrigin(TENDER_ORIGIN, tenderOrigin);
