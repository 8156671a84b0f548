/** Opening the common book of 金桂苑, its everyday costs, a mistake put right, and how every month is posted and closed. */
import type { Fen } from "../../kernel/money.ts";
import { importAssets } from "../../ledger/assets/actions.ts";
import { openBankAccount } from "../../ledger/bank/actions.ts";
import { approveVoucher, draftReversal, draftVoucher, openBook, reviewVoucher } from "../../ledger/books/actions.ts";
import { closePeriod } from "../../ledger/books/closing/actions.ts";
import { type Book, firstDayOf, type Line, nextPeriod, openFrom, type Period } from "../../ledger/books/rules.ts";
import { LEDGER_SETTINGS } from "../../ledger/books/settings.ts";
import { listBooks, listPosted, listWaiting } from "../../ledger/books/store.ts";
import { STATEMENT_SETTINGS } from "../../ledger/statements/settings.ts";
import { readSettings, saveSettings } from "../../offices/settings/actions.ts";
import { must, type Seeding, scan } from "../seeding.ts";
import {
  accountant,
  type Calendar,
  dayIn,
  endsQuarter,
  type Happening,
  nthMonth,
  on,
  presiding,
  treasurer,
} from "./calendar.ts";
import { invoice, type Paper, putIn, receipt } from "./papers.ts";
import { registerCsv } from "./premises.ts";

export const BANK = "1002.01";
export const debit = (account: string, amountFen: Fen): Line => ({ account, side: "debit", amountFen });
export const credit = (account: string, amountFen: Fen): Line => ({ account, side: "credit", amountFen });

// ——— The beginning ———

const OPENING_FEN = 6_184_250;

/** The book, the rules of the house, the bank account, the register, and what the street's check report brought in (Q3). */
export const opening = ({ first }: Calendar): Happening[] => [
  on(dayIn(first, 1), 9, async (seeding, now) => {
    const keeper = await accountant(seeding, now);
    must(await openBook(keeper, { book: "common", from: first }, "demo-book-common"), "the common book");
    const chair = await presiding(keeper);
    const limits = await readSettings(chair, LEDGER_SETTINGS);
    const reviewed = { value: 5_000, clause: "《金桂苑财务管理制度》第九条" };
    must(await saveSettings(chair, LEDGER_SETTINGS, { ...limits, reviewedYuan: reviewed }, {}), "the limits");
    const told = await readSettings(chair, STATEMENT_SETTINGS);
    if (told.cadence.clause === "") {
      const cadence = { value: "half_year" as const, clause: "第一届业主大会决议第六项：每半年公布一次" };
      must(await saveSettings(chair, STATEMENT_SETTINGS, { ...told, cadence }, {}), "the cadence");
    }
    const account = {
      book: "common" as const,
      ledgerAccount: BANK,
      holder: "assembly" as const,
      holderName: "璧山区金桂苑小区业主大会",
      bank: "重庆农村商业银行璧山支行",
      number: "6228 0000 1234 5678 901",
    };
    must(await openBankAccount(keeper, account, "demo-bank-common"), "the bank account");
    const clerk = await treasurer(seeding, now);
    must(
      await importAssets(clerk, { name: "共有资产登记表.csv", bytes: registerCsv(firstDayOf(first)) }),
      "the register",
    );
  }),
  on(dayIn(first, 1), 11, async (seeding, now) => {
    await draft(seeding, now, {
      key: "opening",
      kind: "opening",
      text: "期初余额：街道核查报告确认的公共收益专户存款",
      lines: [debit(BANK, OPENING_FEN), credit("3101", OPENING_FEN)],
      from: "璧城街道办事处",
      papers: [scan("街道公共收益核查报告.pdf")],
    });
    await postWaiting(seeding, now, "common");
  }),
];

// ——— Drafting and posting ———

export interface DraftOf {
  readonly key: string;
  readonly kind?: "ordinary" | "opening";
  readonly book?: Book;
  readonly on?: string;
  readonly text: string;
  readonly lines: readonly Line[];
  /** From whom or to whom. */
  readonly from: string;
  readonly isPerson?: boolean;
  readonly papers?: readonly Paper[];
  readonly decision?: string | null;
}

/** Drafts a voucher as the treasurer; one whose month is closed was drafted before. */
export async function draft(seeding: Seeding, now: number, asked: DraftOf): Promise<void> {
  const scene = await treasurer(seeding, now);
  const { attachments, files } = await putIn(scene, asked.papers ?? []);
  const drafted = await draftVoucher(
    scene,
    {
      book: asked.book ?? "common",
      kind: asked.kind ?? "ordinary",
      on: asked.on ?? dayOfScene(now),
      text: asked.text,
      lines: asked.lines,
      counterparty: { name: asked.from, isPerson: asked.isPerson ?? false },
      attachments,
      decision: asked.decision ?? null,
    },
    `demo-voucher-${asked.key}`,
    files,
  );
  if (drafted.ok) return;
  const { error } = drafted;
  const before = ["period_closed", "opening_not_first"];
  if (error.reason === "voucher_faulty" && before.includes(error.faults[0].reason)) return;
  must(drafted, `voucher ${asked.key}`);
}
const dayOfScene = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);

/** The accountant reviews what waits, and whoever presides approves what takes a third person. `leave` names texts that are to wait. */
export async function postWaiting(seeding: Seeding, now: number, book: Book): Promise<void> {
  const keeper = await accountant(seeding, now);
  const [rows] = await keeper.db.read(listWaiting(keeper, book));
  if (rows.length === 0) return;
  const chair = await presiding({ ...keeper, now: now + 3_600_000 });
  for (const { voucherId, hands } of rows) {
    must(await reviewVoucher(keeper, voucherId), "a review");
    if (hands !== "review") must(await approveVoucher(chair, voucherId), "an approval");
  }
}

// ——— What it costs ———

interface Cost {
  readonly account: string;
  readonly text: string;
  readonly from: string;
  readonly yuan: number;
  readonly day: number;
  readonly isPerson?: boolean;
}

/** Repairs and the like, by the month of the books in which they came. */
const REPAIRS: Readonly<Record<number, Omit<Cost, "account" | "day">>> = {
  1: { text: "南门道闸抬杆更换", from: "璧山安捷道闸维修部", yuan: 1_680 },
  3: { text: "2栋一层走廊感应灯更换", from: "璧山光明灯具经营部", yuan: 436 },
  4: { text: "儿童滑梯护栏焊接", from: "向师傅焊接", yuan: 320 },
  6: { text: "中庭水景循环泵维修", from: "重庆渝泵机电有限公司", yuan: 2_350 },
  8: { text: "地面车位划线、编号", from: "重庆标线工程有限公司", yuan: 4_480 },
  10: { text: "3栋架空层地砖修补", from: "陈家装饰", yuan: 760 },
  12: { text: "北门监控摄像头更换两台", from: "璧山安讯电子有限公司", yuan: 1_240 },
  13: { text: "消防栓箱玻璃补配", from: "重庆永安消防器材有限公司", yuan: 585 },
  15: { text: "雨水井盖更换四块", from: "璧山市政物资经营部", yuan: 920 },
  17: { text: "休闲椅防腐木更换", from: "向师傅木作", yuan: 1_350 },
  19: { text: "南门道闸控制板维修", from: "璧山安捷道闸维修部", yuan: 1_150 },
  20: { text: "活动用房空调加氟、清洗", from: "璧山凉夏家电维修部", yuan: 680 },
  22: { text: "单元门闭门器更换六只", from: "璧山锁业经营部", yuan: 1_020 },
  23: { text: "地面减速带更换", from: "重庆标线工程有限公司", yuan: 1_460 },
  24: { text: "中庭路灯灯杆扶正、换线", from: "璧山光明灯具经营部", yuan: 1_780 },
};

function costsOf(period: Period, nth: number): Cost[] {
  const month = Number(period.slice(5));
  const isHot = month >= 6 && month <= 9;
  const power = 612 + ((nth * 53) % 97) + (isHot ? 240 : 0);
  const costs: Cost[] = [
    { account: "5001.04", text: `${month}月公共区域照明、水景电费`, from: "璧山供电公司", yuan: power, day: 9 },
    { account: "5001.05", text: `${month}月车位和场地保洁`, from: "金桂苑物业服务中心", yuan: 850, day: 11 },
  ];
  const repair = REPAIRS[nth];
  if (repair) costs.push({ account: "5001.03", day: 16, ...repair });
  if (endsQuarter(period))
    costs.push(
      {
        account: "5001.01",
        text: "本季度停车收费管理服务费，按合同每季度定额",
        from: "金桂苑物业服务中心",
        yuan: 4_500,
        day: 18,
      },
      {
        account: "5001.02",
        text: "本季度公共收益房产税、附加税",
        from: "国家税务总局璧山区税务局",
        yuan: 1_386,
        day: 15,
      },
      { account: "5001.06", text: "本季度专户管理费、网银费", from: "重庆农村商业银行璧山支行", yuan: 60, day: 20 },
    );
  return costs;
}

/** A month's bills as they come, with their papers; the interest of a quarter on its day. */
export const costs = (calendar: Calendar): Happening[] =>
  calendar.months.flatMap((period, nth) => [
    ...costsOf(period, nth).map((cost, at) =>
      on(dayIn(period, cost.day), 15, (seeding, now) => {
        const amountFen = cost.yuan * 100 + ((nth * 17 + at * 29) % 90);
        const day = dayIn(period, cost.day);
        const paper =
          cost.account === "5001.03"
            ? receipt(`${cost.text}收据`, nth)
            : invoice(`${cost.text.slice(0, 12)}发票`, day, amountFen);
        return draft(seeding, now, {
          key: `cost-${nth}-${at}`,
          text: cost.text,
          lines: [debit(cost.account, amountFen), credit(BANK, amountFen)],
          from: cost.from,
          papers: [paper],
        });
      }),
    ),
    ...(endsQuarter(period)
      ? [
          on(dayIn(period, 21), 16, (seeding: Seeding, now: number) => {
            const amountFen = 9_318 + nth * 1_207;
            const lines = [debit(BANK, amountFen), credit("4001.06", amountFen)];
            return draft(seeding, now, {
              key: `interest-${nth}`,
              text: "专户结息",
              lines,
              from: "重庆农村商业银行璧山支行",
            });
          }),
        ]
      : []),
    on(dayIn(period, 22), 10, (seeding, now) => postWaiting(seeding, now, "common")),
  ]);

// ——— A mistake, put right ———

const WRONG_MONTH = 13;
const WRONG = { text: "休闲区石桌石凳补配", fen: 128_600, wrongFen: 126_800, from: "璧山石材经营部" } as const;

/** A bill entered with two digits changed places: taken back by a voucher of its own, and entered again. */
export const mistake = (calendar: Calendar): Happening[] => {
  const period = nthMonth(calendar, WRONG_MONTH);
  const bill = (key: string, fen: Fen, text: string) => ({
    key,
    text,
    lines: [debit("5001.03", fen), credit(BANK, fen)],
    from: WRONG.from,
    papers: [invoice(`${WRONG.text}发票`, dayIn(period, 12), WRONG.fen)],
  });
  return [
    on(dayIn(period, 12), 11, (seeding, now) => draft(seeding, now, bill("wrong", WRONG.wrongFen, WRONG.text))),
    on(dayIn(period, 13), 10, (seeding, now) => postWaiting(seeding, now, "common")),
    on(dayIn(period, 17), 10, async (seeding, now) => {
      const scene = await treasurer(seeding, now);
      const [posted] = await scene.db.read(listPosted(scene, "common", period, { limit: 200, after: 0 }));
      const wrong = posted.find(
        ({ text, kind, reversedBy }) => text === WRONG.text && kind === "ordinary" && reversedBy === null,
      );
      if (wrong) {
        const why = "金额录入有误，发票为1286.00元";
        const taken = await draftReversal(scene, { voucherId: wrong.voucherId, why }, "demo-reversal");
        if (!taken.ok && taken.error.reason !== "voucher_faulty") must(taken, "a reversal");
      }
      await draft(seeding, now, bill("right", WRONG.fen, `${WRONG.text}（更正）`));
      await postWaiting(seeding, now + 3_600_000, "common");
    }),
  ];
};

// ——— Closing ———

/** Closes every month of a book up to one, in order, once everything in it is posted. */
export async function closeThrough(seeding: Seeding, now: number, book: Book, through: Period): Promise<void> {
  await postWaiting(seeding, now, book);
  const keeper = await accountant(seeding, now + 3_600_000);
  const [books] = await keeper.db.read(listBooks(keeper));
  const row = books.find((one) => one.book === book);
  if (!row) return;
  const state = { from: row.fromPeriod, closedThrough: row.closedThrough };
  for (let period = openFrom(state); period <= through; period = nextPeriod(period))
    must(await closePeriod(keeper, { book, period }), `closing ${period}`);
}

export const closings = (calendar: Calendar): Happening[] =>
  calendar.months
    .slice(0, -1)
    .map((period) =>
      on(dayIn(nextPeriod(period), 8), 9, (seeding, now) => closeThrough(seeding, now, "common", period)),
    );
