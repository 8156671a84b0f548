/** What the owners of 金桂苑 are told of the books quarter by quarter, what they ask about it and what they are answered. */
import { addDays, type Day, dayOf } from "../../kernel/day.ts";
import { type Book, nextPeriod, type Period } from "../../ledger/books/rules.ts";
import { listPosted } from "../../ledger/books/store.ts";
import { explainGap } from "../../ledger/expected/actions.ts";
import { PARKING_INCOME } from "../../ledger/parking/rules.ts";
import { answerQuestion, askQuestion } from "../../ledger/questions/actions.ts";
import { listQuestions } from "../../ledger/questions/store.ts";
import { draftStatement, publishStatement } from "../../ledger/statements/actions.ts";
import { STATEMENT_SETTINGS } from "../../ledger/statements/settings.ts";
import { monthsOf } from "../../ledger/statements/spans/rules.ts";
import { listTold } from "../../ledger/statements/store.ts";
import { readSettings, saveSettings } from "../../offices/settings/actions.ts";
import { type DemoRow, demoRows } from "../roll.ts";
import { as, must, ownerOf, type Seeding, the } from "../seeding.ts";
import { BANK, credit, debit, draft, postWaiting } from "./bookkeeping.ts";
import {
  accountant,
  type Calendar,
  calendarOf,
  dayIn,
  type Happening,
  here,
  lastIn,
  nthMonth,
  on,
  presiding,
  QUARTERS,
} from "./calendar.ts";
import { invoice, receipt } from "./papers.ts";

// ——— Published ———

/** The one that was told late, and why; days after the quarter in which it was. */
const LATE = { quarter: 3, day: 41, note: "代理记账的会计住院，本期晚公布，已向街道说明。" } as const;

/** Drafted by the accountant and published by whoever presides; nothing while the months of the next statement are not all closed. */
export async function tell(seeding: Seeding, now: number, book: Book, note: string): Promise<void> {
  const keeper = await accountant(seeding, now);
  const [told] = await keeper.db.read(listTold(keeper, book, 1));
  const through = told[0]?.to ?? "";
  const drafted = await draftStatement(keeper, { book, note, corrects: null }, `demo-statement-${book}-${dayOf(now)}`);
  if (!drafted.ok && drafted.error.reason === "span_not_closed") return;
  const { draftId } = must(drafted, `the statement after ${through}`);
  const published = must(
    await publishStatement(await presiding({ ...keeper, now: now + 30 * 3_600_000 }), draftId),
    "publishing it",
  );
  // The first committee told of half a year at once; the owners asked for every quarter.
  if (book === "common" && monthsOf(published).length === 6) await toldQuarterly(seeding, now);
}

async function toldQuarterly(seeding: Seeding, now: number): Promise<void> {
  const chair = await presiding(await accountant(seeding, now + 60 * 3_600_000));
  const settings = await readSettings(chair, STATEMENT_SETTINGS);
  if (settings.cadence.value === "quarter") return;
  const cadence = { value: "quarter" as const, clause: "第一届业委会决议：应业主要求，改为每季度公布" };
  must(await saveSettings(chair, STATEMENT_SETTINGS, { ...settings, cadence }, { cadence: 1 }), "the cadence");
}

export const publications = (calendar: Calendar): Happening[] =>
  Array.from({ length: QUARTERS }, (_, quarter) => {
    const last = nthMonth(calendar, quarter * 3 + 2);
    const isLate = quarter === LATE.quarter;
    const day = isLate ? addDays(lastIn(last), LATE.day) : dayIn(nextPeriod(last), 12);
    return on(day, 15, (seeding, now) => tell(seeding, now, "common", isLate ? LATE.note : ""));
  });

// ——— A gap, asked about and answered ———

const GAP_MONTH = 19;
/** The month with the gap, of books that end on a day. */
export const gapMonth = (today: Day): Period => nthMonth(calendarOf(today), GAP_MONTH);
const GAP_FEN = 41_800;
const GAP_WORDS = {
  question: "地面停车费这一项，公开的应收与实收有一个月对不上，少了418元，公示里没有写原因。这笔钱去哪里了？",
  answer:
    "经与停车收费平台核对：当月十八日晚道闸掉线，应急抬杆放行，平台把当晚挂账的38笔临停共418元从结算款里扣回，当时没有写明原因，是我们的疏漏。已在“应收与实收”里补写原因，并要求平台掉线时改用纸质记录。",
  reason: "十八日晚道闸掉线，抬杆放行，平台扣回挂账38笔",
} as const;

const askerRow = (nth: number): DemoRow =>
  the(
    demoRows().filter(({ kind, coOwners, ownerKind }) => kind === "住宅" && coOwners === "" && ownerKind === "自然人")[
      nth
    ],
    `home ${nth}`,
  );

interface Asked {
  readonly key: string;
  readonly asker: number;
  readonly about: "statement" | "voucher";
  readonly account: string;
  readonly text: string;
  readonly find: (seeding: Seeding, now: number) => Promise<string>;
}

async function ask(seeding: Seeding, now: number, { key, asker, about, account, text, find }: Asked): Promise<void> {
  const scene = await here(seeding, now);
  const owner = await ownerOf(scene, askerRow(asker));
  const asked = { about, aboutId: await find(seeding, now), account, text };
  must(await askQuestion(scene, owner, asked, `demo-question-${key}`), `question ${key}`);
}

/** Answers the oldest question that waits. */
async function answer(seeding: Seeding, now: number, shown: string, words: string): Promise<void> {
  const keeper = await as(await here(seeding, now), "accountant");
  const [questions] = await keeper.db.read(listQuestions(keeper, { limit: 50, before: 1_000 }));
  const waiting = questions.filter(({ answer: said }) => said === null || said === words).at(-1);
  if (waiting) must(await answerQuestion(keeper, waiting.number, { shown, answer: words }), "an answer");
}

/** The number of the statement that covers a month. */
const statementOver =
  (period: Period) =>
  async (seeding: Seeding, now: number): Promise<string> => {
    const scene = await here(seeding, now);
    const [told] = await scene.db.read(listTold(scene, "common", 20));
    return String(the(told.find(({ from, to }) => from <= period && period <= to)?.number, `statement over ${period}`));
  };
/** The posted voucher of a month that speaks of something. */
const voucherOn =
  (period: Period, words: string) =>
  async (seeding: Seeding, now: number): Promise<string> => {
    const scene = await here(seeding, now);
    const [posted] = await scene.db.read(listPosted(scene, "common", period, { limit: 200, after: 0 }));
    return the(posted.find(({ text }) => text.includes(words))?.voucherId, `voucher on ${words}`);
  };

export const questions = (calendar: Calendar): Happening[] => {
  const gap = gapMonth(calendar.today);
  const gapTold = nextPeriod(nthMonth(calendar, Math.floor(GAP_MONTH / 3) * 3 + 2));
  const pump = nthMonth(calendar, 6);
  const pumpShown = "水景循环泵修一次2350元，有没有比过价？";
  const road = nthMonth(calendar, 22);
  return [
    on(dayIn(nextPeriod(gap), 4), 15, async (seeding, now) => {
      await draft(seeding, now, {
        key: "gap",
        on: lastIn(gap),
        text: "停车平台扣回",
        lines: [debit(PARKING_INCOME, GAP_FEN), credit(BANK, GAP_FEN)],
        from: "停车收费平台",
      });
      await postWaiting(seeding, now + 3_600_000, "common");
    }),
    on(dayIn(gapTold, 17), 20, (seeding, now) =>
      ask(seeding, now, {
        key: "gap",
        asker: 17,
        about: "statement",
        account: PARKING_INCOME,
        text: GAP_WORDS.question,
        find: statementOver(gap),
      }),
    ),
    on(dayIn(gapTold, 22), 10, async (seeding, now) => {
      const keeper = await as(await here(seeding, now), "treasurer");
      const asked = { period: gap, account: PARKING_INCOME, text: GAP_WORDS.reason };
      must(await explainGap(keeper, asked, "demo-gap"), "why there is a gap");
      await answer(seeding, now, GAP_WORDS.question, GAP_WORDS.answer);
    }),
    on(dayIn(nextPeriod(pump), 20), 20, (seeding, now) =>
      ask(seeding, now, {
        key: "pump",
        asker: 40,
        about: "voucher",
        account: "",
        text: pumpShown,
        find: voucherOn(pump, "循环泵"),
      }),
    ),
    on(dayIn(nextPeriod(pump), 26), 10, (seeding, now) =>
      answer(
        seeding,
        now,
        pumpShown,
        "比了三家：2350元、2680元、2900元，选了最低的一家，三份报价单附在凭证后面，可以到业委会办公室查看。",
      ),
    ),
    on(addDays(calendar.today, -3), 20, (seeding, now) =>
      ask(seeding, now, {
        key: "lamps",
        asker: 61,
        about: "voucher",
        account: "",
        text: "闭门器换了六只，我们单元的门还是关不严。这次换的是哪几个单元，保修多久？",
        find: voucherOn(road, "闭门器"),
      }),
    ),
  ];
};

// ——— What waits at the desk today ———

/** Drafts of yesterday: one to review, and one that takes the chair too. */
export const waiting = (calendar: Calendar): Happening[] => {
  const yesterday = addDays(calendar.today, -1);
  return [
    on(yesterday, 17, (seeding, now) =>
      draft(seeding, now, {
        key: "waiting-rain",
        text: "南门雨棚排水管更换",
        lines: [debit("5001.03", 86_000), credit(BANK, 86_000)],
        from: "璧山安捷道闸维修部",
        papers: [receipt("雨棚排水管收据", 99)],
      }),
    ),
    on(yesterday, 18, (seeding, now) =>
      draft(seeding, now, {
        key: "waiting-lines",
        text: "消防通道、车位重新划线",
        lines: [debit("5001.03", 648_000), credit(BANK, 648_000)],
        from: "重庆标线工程有限公司",
        papers: [invoice("划线工程发票", yesterday, 648_000)],
      }),
    ),
  ];
};
