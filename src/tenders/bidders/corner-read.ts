/** What a bidder's own pages are made from: one round trip. */
import type { AppContext } from "../../platform/context.ts";
import { editionToConfirm, hasConfirmed } from "../amendments/rules.ts";
import { listAmendments } from "../amendments/store.ts";
import { schemeOf } from "../scheme/actions.ts";
import { findScheme, findTender } from "../store.ts";
import { cornerSections } from "./corner-sections.ts";
import { papersMissing } from "./rules.ts";
import type { BidderActor } from "./session.ts";
import { findBidder, listConfirmations, listLicences, lotsOf, standingLicences } from "./store.ts";

/** Everything the corner shows. */
export async function readCorner(c: AppContext, bidder: BidderActor) {
  const { scene } = c.var;
  const { tenderId, bidderId } = bidder;
  const added = cornerSections().map((section) => ({ section, queries: section.queries(scene, bidder) }));
  const [tenders, schemes, bidders, licences, confirmations, amendments, ...more] = await scene.db.read(
    findTender(scene, tenderId),
    findScheme(scene, tenderId),
    findBidder(scene, tenderId, bidderId),
    listLicences(scene, tenderId, bidderId),
    listConfirmations(scene, tenderId),
    listAmendments(scene, tenderId),
    ...added.flatMap(({ queries }) => queries),
  );
  let from = 0;
  const sections = added.map(({ section, queries }) => {
    from += queries.length;
    const rows = more.slice(from - queries.length, from);
    return section.render(c, tenders[0]!, bidder, rows as never);
  });
  const toConfirm = editionToConfirm(amendments);
  const confirmed = confirmations.filter((row) => row.bidderId === bidderId).map(({ edition }) => edition);
  const scheme = schemeOf(schemes[0]!);
  const own = bidders[0]!;
  const lots = scheme.lots.filter(({ lotNo }) => lotsOf(own).includes(lotNo));
  return {
    tender: tenders[0]!,
    scheme,
    own,
    lots,
    licences,
    missing: lots
      .map((lot) => ({ lot, kinds: papersMissing(lot, standingLicences(licences)) }))
      .filter(({ kinds }) => kinds.length > 0),
    sections,
    toConfirm: hasConfirmed(confirmed, toConfirm) ? null : toConfirm,
  };
}
export type Corner = Awaited<ReturnType<typeof readCorner>>;
