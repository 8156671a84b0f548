/** What the desk says of a contract that waits for somebody: for this capability and for the service's. */
import type { DeskTask } from "../../assembly/public/announcing.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { contractsHref, deskContractHref } from "./addresses.ts";

/** Makes tasks that lead to a contract's page at the desk; to who may not do them, to the public list. */
export const contractTasks =
  (slug: string) =>
  (
    what: Bilingual,
    number: number,
    about: string,
    permissions: DeskTask["permissions"],
    more: Partial<DeskTask> = {},
  ): DeskTask => ({
    what,
    about,
    note: null,
    permissions,
    href: deskContractHref(slug, number),
    waitingHref: contractsHref(slug),
    due: null,
    overdue: false,
    notByAsker: false,
    ...more,
  });
