/** What the desk's pages about an election share: the election an address names, and the page around the content. Not the content. */
import type { AppContext } from "../../platform/context.ts";
import { MatterDesk } from "../../platform/matter.tsx";
import { deskElectionHref, deskElectionsHref, readElectionNumber } from "../addresses.ts";
import { byElectionNumber, type ElectionKey, type ElectionRow, findElection } from "../store.ts";

/** The election of `:number` in the address, to be read with the rest of a page; null for anything that is no number. */
export function electionKeyOf(c: AppContext): ElectionKey | null {
  const number = readElectionNumber(c.req.param("number"));
  return number === null ? null : byElectionNumber(c.var.scene, number);
}

/** The election itself; null where there is none of that number. */
export async function electionOf(c: AppContext): Promise<ElectionRow | null> {
  const key = electionKeyOf(c);
  if (key === null) return null;
  const [rows] = await c.var.scene.db.read(findElection(c.var.scene, key));
  return rows[0] ?? null;
}

export const electionBaseOf = (c: AppContext, row: Pick<ElectionRow, "number">): string =>
  deskElectionHref(c.var.scene.community.slug, row.number);

/** A page of the desk about one election; `row` is null on pages that are about none yet. */
export const ElectionDesk = ({
  row,
  ...props
}: Omit<Parameters<typeof MatterDesk>[0], "list" | "matter"> & {
  row: Pick<ElectionRow, "number" | "title"> | null;
}) => {
  const { t, scene } = props.c.var;
  return (
    <MatterDesk
      {...props}
      list={{ href: deskElectionsHref(scene.community.slug), label: t("选举", "Elections") }}
      matter={row && { title: row.title, href: electionBaseOf(props.c, row) }}
    />
  );
};
