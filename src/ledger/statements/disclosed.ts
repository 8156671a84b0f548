/** Where the classes of money that owners may see stand (JI 13, GR 36; D14, M17): each book's newest statement and what is next. Registers; no page of its own. */
import { type Disclosed, type Disclosure, registerDisclosure } from "../../committee/disclosure/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import type { Scene } from "../../platform/scene.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { accountsHref } from "../books/addresses.ts";
import type { Book } from "../books/rules.ts";
import { fundHref } from "../fund/addresses.ts";
import { clockQueries, clocksFrom } from "./actions.ts";
import { statementHref } from "./addresses.ts";
import { listTold, statementFrom } from "./store.ts";
import { clockWords, spanWords } from "./words.ts";

const CLASSES: readonly {
  readonly what: Disclosure;
  readonly book: Book;
  readonly otherwise: (slug: string) => string;
}[] = [
  { what: "common_revenue", book: "common", otherwise: accountsHref },
  { what: "maintenance_fund", book: "fund", otherwise: fundHref },
  { what: "expenses", book: "working", otherwise: accountsHref },
];

type Clocked = Parameters<typeof clocksFrom>[1];
type Told = Parameters<typeof statementFrom>[0];

/** The newest statement of a book, and by when the next is due; null where the book is not kept here. */
function stands(
  scene: Scene,
  { book, otherwise }: (typeof CLASSES)[number],
  [books, settings, told]: readonly [...Clocked, readonly Told[]],
): Disclosed | null {
  const { slug } = scene.community;
  const clock = clocksFrom(scene, [books, settings]).find((one) => one.book === book);
  if (!clock) return null;
  const last = told[0] ? statementFrom(told[0]) : null;
  const next = clockWords(clock);
  const overdue = clock.state === "overdue";
  if (!last) return { href: otherwise(slug), words: next, overdue };
  const published = dayOf(last.endedAt!);
  return {
    href: statementHref(slug, last.number!),
    words: {
      zh: `${spanWords(last).zh}，${sayDay(published, "zh")}公布；${next.zh}`,
      en: `${spanWords(last).en}, published ${sayDay(published, "en")}; ${next.en}`,
    },
    overdue,
  };
}

for (const one of CLASSES)
  registerDisclosure(one.what, {
    queries: (scene) => [...clockQueries(scene), listTold(scene, one.book, 1)] as const,
    where: (scene, rows) => stands(scene, one, rows),
  });
