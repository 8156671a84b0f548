/** The opened documents of a bid as a file, for those who examine or score it: whoever calls this has asked who that is. */
import type { AppContext } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import type { TenderKey } from "../store.ts";
import { listOpenedBids } from "./store.ts";

/** The document of one bid of one lot, both as the address has them; not there where it did not open. */
export async function bidDocument(
  c: AppContext,
  key: TenderKey,
  at: { readonly lot: string; readonly bidder: string },
): Promise<Response> {
  const { scene } = c.var;
  const [bids] = await scene.db.read(listOpenedBids(scene, key));
  const bid = bids.find(({ lotNo, bidderNo }) => String(lotNo) === at.lot && String(bidderNo) === at.bidder);
  const found = bid && bid.fileId !== "" ? await getFile(scene, bid.fileId, "private") : null;
  if (!found) return c.notFound() as Response;
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": "application/pdf",
    "content-disposition": `inline; filename="bid-${bid!.lotNo}-${bid!.bidderNo}.pdf"`,
    "cache-control": "no-store",
  });
}
