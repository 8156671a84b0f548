/** The link under which a household rates: made for every head once a period, sent to who acts for it, good until ratings close. No HTTP. */
import { headsOn } from "../../../community/browse/actions.ts";
import { contactsFor } from "../../../community/privacy/actions.ts";
import type { Voter } from "../../../community/rules.ts";
import { dayOf, endOf } from "../../../kernel/day.ts";
import type { PartyId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { readOwnRoll } from "../../../owners/actions.ts";
import { mayActFor } from "../../../owners/rules.ts";
import { type Rendered, registerMessageKind } from "../../../platform/outbox/kinds.ts";
import { queueMessages } from "../../../platform/outbox/store.ts";
import type { Scene } from "../../../platform/scene.ts";
import { sayDay } from "../../../platform/ui/moments.ts";
import { appendLeaf } from "../../../record/store.ts";
import { CLOCK } from "../../acting.ts";
import { type ContractKey, type ContractRow, contractFrom, listLivingContracts } from "../../contracts/store.ts";
import { isRatedIn, periodToRate, ratingSpan, type ServicePeriod } from "../rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, windowFrom } from "../settings.ts";
import { sayPeriod } from "../shown.tsx";
import { householdKey, type RatingActRefusal, type RatingAsked, rateForHead } from "./actions.ts";
import {
  findRatingLink,
  findRatingLinkOf,
  insertRatingInvitation,
  insertRatingLinks,
  listRatedContracts,
  listRatingInvitations,
  type RatingLinkRow,
} from "./store.ts";

export const RATING_LINK = "service.rating";
/** Contracts that run at a time; an estate has a handful. */
export const MOST_RATED = 20;

const tokenOf = (
  { keys, community }: Pick<Scene, "keys" | "community">,
  period: string,
  headKey: string,
  actsId: string,
) => keys.linkToken(["service-rating", community.id, period, headKey, actsId]);

/** The heads that have somebody to act for them, each with its link. A guardian acts for a ward (C4). */
const linksFor = (scene: Scene, period: ServicePeriod, heads: readonly Voter[]): RatingLinkRow[] =>
  heads.flatMap(({ key, owners, designation }) => {
    if (designation.state !== "votes") return [];
    const { partyId: actsId, as } = designation;
    const partyId = as === "guardian" ? owners[0]! : actsId;
    const tokenHash = scene.keys.hashToken(tokenOf(scene, period, key, actsId));
    return [{ period, headKey: key, partyId, actsId, tokenHash }];
  });

/**
 * Writes to every household that a period may be rated from today on: once a period, whoever asks and however often. How many households
 * were written to; 0 where nothing was to be done.
 */
export async function inviteToRate(scene: Scene): Promise<number> {
  const today = dayOf(scene.now);
  const [settings, invited, stored] = await scene.db.read(
    listSettings(scene, SERVICE_SETTINGS),
    listRatingInvitations(scene, 2),
    listLivingContracts(scene, MOST_RATED),
  );
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const period = periodToRate(today, periodKindFrom(values), windowFrom(values));
  if (period === null || values.ratingLinks.value === "none" || invited.some((one) => one.period === period)) return 0;
  if (!stored.map(contractFrom).some((row) => isRatedIn(row, period))) return 0;
  const { toOn } = ratingSpan(period, windowFrom(values));
  const links = linksFor(scene, period, (await headsOn(scene, today)).heads);
  const facts = { period, households: links.length, until: toOn };
  const leaf = appendLeaf(scene, "tender.rating_invited", { ...facts, by: CLOCK.words }, period);
  const messages = queueMessages(
    scene,
    RATING_LINK,
    links.map(({ headKey, actsId }) => ({
      to: actsId,
      dedupeKey: `${RATING_LINK}:${period}:${headKey}`,
      params: { period, head: headKey },
      expiresAt: endOf(toOn),
    })),
  );
  const written = await scene.db.write([
    insertRatingInvitation(scene, {
      period,
      households: links.length,
      untilOn: toOn,
      invitedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
    ...insertRatingLinks(scene, links),
    ...messages,
  ]);
  // Another run was faster: it wrote to them.
  return written.ok ? links.length : 0;
}

registerMessageKind(RATING_LINK, {
  name: { zh: "服务评分链接", en: "Link to rate the service" },
  restsAtNight: true,
  render: async (scene, params): Promise<Rendered> => {
    const [period, headKey] = [String(params.period), String(params.head)];
    const [[link]] = await scene.db.read(findRatingLinkOf(scene, period, headKey));
    if (!link) return { skip: "no link" };
    const open = await standing(scene, link);
    if (!open) return { skip: "over" };
    if (open.contracts.every(({ rated }) => rated)) return { skip: "rated" };
    const { contacts } = await contactsFor(scene, [link.actsId], READ);
    const phone = contacts.get(link.actsId)?.phone;
    if (!phone) return { skip: "no number" };
    const address = `${scene.origin}/c/${scene.community.slug}/rate/link/${tokenOf(scene, period, headKey, link.actsId)}`;
    return {
      phone,
      text: `【小区共治】${scene.community.name}：请为${sayPeriod(period, "zh")}的物业服务评分，每户一次，${sayDay(open.untilOn, "zh")}截止，不用登录。谁评的、评几分都不公开：${address} 链接只供您家使用，请勿转发。`,
    };
  },
  onOutcome: async (scene, { recipient }, { outcome }) =>
    outcome === "skipped" ? [] : [(await contactsFor(scene, [recipient as PartyId], READ)).statement],
});
const READ = { by: "outbox", why: "service rating link" } as const;

/** What a household may rate by its link now. */
export interface ToRate {
  readonly period: ServicePeriod;
  readonly untilOn: string;
  readonly leastRatings: number;
  readonly contracts: readonly { readonly row: ContractRow; readonly rated: boolean }[];
}

/** What stands open under a link; null once ratings have closed, or the head is no longer as it was or acted for by another. */
async function standing(scene: Scene, link: RatingLinkRow): Promise<ToRate | null> {
  const { partyId, actsId, headKey } = link;
  const [{ heads }, [settings, stored]] = await Promise.all([
    readOwnRoll(scene, { partyId }),
    scene.db.read(listSettings(scene, SERVICE_SETTINGS), listLivingContracts(scene, MOST_RATED)),
  ]);
  const head = heads.find(({ key }) => key === headKey);
  if (!mayActFor(head, { partyId, guardianId: actsId === partyId ? null : actsId }).ok) return null;
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const window = windowFrom(values);
  const period = periodToRate(dayOf(scene.now), periodKindFrom(values), window);
  if (period !== link.period) return null;
  const rows = stored.map(contractFrom).filter((row) => isRatedIn(row, period));
  if (rows.length === 0) return null;
  const [rated] = await scene.db.read(
    listRatedContracts(
      scene,
      period,
      rows.map(({ contractId }) => ({ contractId, household: householdKey(scene, contractId, period, headKey) })),
    ),
  );
  return {
    period,
    untilOn: ratingSpan(period, window).toOn,
    leastRatings: values.leastRatings.value,
    contracts: rows.map((row) => ({ row, rated: rated.some(({ contractId }) => contractId === row.contractId) })),
  };
}

export type RatingLinkRefusal = { readonly reason: "rating_link_over" };

/** The link of a token, by its hash; null for one nobody made. Reads only: message previews open links too. */
export async function findLinkOfToken(scene: Scene, token: string): Promise<RatingLinkRow | null> {
  if (!/^[0-9a-z]{32}$/.test(token)) return null;
  const [rows] = await scene.db.read(findRatingLink(scene, scene.keys.hashToken(token)));
  return rows[0] ?? null;
}

/** What may be rated under the link whose token has this hash. */
export async function openRatingLink(
  scene: Scene,
  tokenHash: string,
): Promise<Result<ToRate & { readonly link: RatingLinkRow }, RatingLinkRefusal>> {
  const [rows] = await scene.db.read(findRatingLink(scene, tokenHash));
  const open = rows[0] ? await standing(scene, rows[0]) : null;
  return open ? ok({ ...open, link: rows[0]! }) : err({ reason: "rating_link_over" });
}

/** Rates under a link: the same rating, once a household and period, whichever way it came. */
export async function rateByLink(
  scene: Scene,
  tokenHash: string,
  contractKey: ContractKey,
  asked: RatingAsked,
): Promise<Result<{ readonly period: ServicePeriod }, RatingActRefusal | RatingLinkRefusal>> {
  const open = await openRatingLink(scene, tokenHash);
  return open.ok ? rateForHead(scene, open.value.link.headKey, contractKey, asked) : open;
}
