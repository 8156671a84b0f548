/** What of the books waits for whom, on the officers' desk. Words only; who may is told by the table of permissions. */
import { registerDeskSource } from "../../assembly/public/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { accountsHref, deskLedgerHref } from "./addresses.ts";
import { BOOK_WORDS } from "./chart.ts";
import { openFrom, periodOf } from "./rules.ts";
import { countWaitingFor, listBooks } from "./store.ts";
import { monthWords } from "./words.ts";

registerDeskSource("ledger-books", {
  queries: ({ scene, actor }) => [countWaitingFor(scene, actor.personId), listBooks(scene)] as const,
  tasks: ({ scene, actor }, [counts, books]) => {
    const { slug } = scene.community;
    const href = deskLedgerHref(slug);
    const [count] = counts;
    // Whoever may not read the books in the making reads the published ones.
    const waitingHref = actor.permissions.has("ledger.read") ? href : accountsHref(slug);
    const base = { href, waitingHref, note: null, due: null, overdue: false, notByAsker: false };
    const today = periodOf(dayOf(scene.now));
    return [
      ...(count && count.toReview > 0
        ? [
            {
              ...base,
              what: { zh: `复核${count.toReview}张凭证`, en: `Review ${count.toReview} vouchers` },
              about: "账簿",
              permissions: ["ledger.review"] as const,
            },
          ]
        : []),
      ...(count && count.toApprove > 0
        ? [
            {
              ...base,
              what: { zh: `审批${count.toApprove}张凭证`, en: `Approve ${count.toApprove} vouchers` },
              about: "账簿",
              permissions: ["ledger.approve"] as const,
            },
          ]
        : []),
      // The month before this one may still get its papers; one before that should be closed.
      ...books.flatMap((row) => {
        const open = openFrom({ from: row.fromPeriod, closedThrough: row.closedThrough });
        return open < periodBefore(today)
          ? [
              {
                ...base,
                what: { zh: `${monthWords(open).zh}结账`, en: `Close ${monthWords(open).en}` },
                about: BOOK_WORDS[row.book].zh,
                permissions: ["ledger.close"] as const,
                href: `${href}/${row.book}`,
              },
            ]
          : [];
      }),
    ];
  },
  doors: [{ permissions: ["ledger.read"], path: "/ledger", label: { zh: "账簿", en: "Books" } }],
});

const periodBefore = (period: string): string => {
  const [year, month] = [Number(period.slice(0, 4)), Number(period.slice(5))];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
};
