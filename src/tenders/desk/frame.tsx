/** What the desk's pages about a tender share: the tender an address names, and the page around the content. Not the content. */
import type { AppContext } from "../../platform/context.ts";
import { MatterDesk } from "../../platform/matter.tsx";
import { deskTenderHref, deskTendersHref, readTenderNumber } from "../addresses.ts";
import { type Drafted, readTender } from "../scheme/actions.ts";
import { byTenderNumber, type TenderKey, type TenderRow } from "../store.ts";

/** The tender of `:number` in the address, to be read with the rest of a page; null for anything that is no number. */
export function tenderKeyOf(c: AppContext): TenderKey | null {
  const number = readTenderNumber(c.req.param("number"));
  return number === null ? null : byTenderNumber(c.var.scene, number);
}

/** The tender and its scheme in force; null where there is none of that number. */
export async function tenderOf(c: AppContext): Promise<Drafted | null> {
  const key = tenderKeyOf(c);
  return key === null ? null : readTender(c.var.scene, key);
}

export const tenderBaseOf = (c: AppContext, row: Pick<TenderRow, "number">): string =>
  deskTenderHref(c.var.scene.community.slug, row.number);

/** A page of the desk about one tender; `row` is null on pages that are about none yet. */
export const TenderDesk = ({
  row,
  ...props
}: Omit<Parameters<typeof MatterDesk>[0], "list" | "matter"> & {
  row: Pick<TenderRow, "number" | "title"> | null;
}) => {
  const { t, scene } = props.c.var;
  return (
    <MatterDesk
      {...props}
      list={{ href: deskTendersHref(scene.community.slug), label: t("选聘", "Tenders") }}
      matter={row && { title: row.title, href: tenderBaseOf(props.c, row) }}
    />
  );
};
