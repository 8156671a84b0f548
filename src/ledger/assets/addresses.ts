/** Where the register stands in addresses, and what an address may ask of it. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";
import { isAssetKind, isGround } from "./rules.ts";
import type { AssetFilter } from "./store.ts";

export const assetsHref = (slug: string): string => `${accountsHref(slug)}/assets`;
export const assetHref = (slug: string, assetId: string): string => `${assetsHref(slug)}/${assetId}`;
export const deskAssetsHref = (slug: string): string => `${deskLedgerHref(slug)}/assets`;
export const deskAssetHref = (slug: string, assetId: string): string => `${deskAssetsHref(slug)}/${assetId}`;

/** `parking`, `parking-common`, `room` … : what the register is narrowed to. */
export function readFilter(text: string | undefined): AssetFilter {
  const [kind = "", ground = ""] = (text ?? "").split("-");
  return {
    kind: isAssetKind(kind) ? kind : null,
    ground: kind === "parking" && isGround(ground) ? ground : null,
  };
}
export const filterText = ({ kind, ground }: AssetFilter): string =>
  kind === null ? "" : ground === null ? kind : `${kind}-${ground}`;
