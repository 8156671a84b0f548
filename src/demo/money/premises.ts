/** What 金桂苑 owns in common and to whom it is let: the register as a table, the leases as they were agreed. Nobody in it exists. */

import { addDays, addMonths, type Day } from "../../kernel/day.ts";
import type { Period } from "../../ledger/books/rules.ts";
import type { RentStep } from "../../ledger/leases/rules.ts";
import { monthsFrom } from "../../ledger/statements/spans/rules.ts";
import { writeCsv } from "../../platform/sheet/csv.ts";

// ——— The register: 14 rooms, 96 spaces, and what else earns ———

const ROOMS: readonly (readonly [name: string, place: string, area: string])[] = [
  ["1栋底商左侧用房", "1栋一层，临南门", "62.40"],
  ["1栋底商右侧用房", "1栋一层，临南门", "58.10"],
  ["1栋架空层用房", "1栋一层东侧", "38.60"],
  ["南门岗亭旁用房", "南门内右侧", "45.20"],
  ["2栋架空层用房", "2栋一层西侧", "40.30"],
  ["2栋临街用房", "2栋一层，临金桂路", "52.80"],
  ["2栋架空层小间", "2栋一层东侧", "26.50"],
  ["3栋架空层小间", "3栋一层西侧", "30.70"],
  ["3栋临街用房左间", "3栋一层，临金桂路", "48.90"],
  ["3栋临街用房右间", "3栋一层，临金桂路", "36.20"],
  ["社区活动用房二楼", "中庭东侧二层", "96.50"],
  ["地下室仓库", "2栋地下一层", "33.00"],
  ["1栋一楼闲置用房", "1栋一层北侧", "46.80"],
  ["业委会办公室", "1栋一层物业用房", "28.60"],
];
const PUBLIC_ROOM = "规划公有用房，移交清单第三项";
export const IDLE_ROOM = "房-13";

const twoDigits = (n: number): string => String(n).padStart(2, "0");
const threeDigits = (n: number): string => String(n).padStart(3, "0");
/** Of 96 spaces 56 stand on common roads and earn for the owners, 32 have a title of their own, 8 are civil-defence works. */
export const COMMON_SPACES = 56;
export const spaceCode = (n: number): string => `P-${threeDigits(n)}`;

/** The register as a spreadsheet. */
export function registerCsv(from: Day): Uint8Array {
  const rows: (readonly string[])[] = [];
  for (const [at, [name, place, area]] of ROOMS.entries())
    rows.push([`房-${twoDigits(at + 1)}`, "公有用房", "", name, place, area, PUBLIC_ROOM, from]);
  const ring = (n: number): string => (n <= 24 ? "南门内环路" : n <= 44 ? "中庭北侧环路" : "3栋西侧场地");
  for (let n = 1; n <= COMMON_SPACES; n += 1)
    rows.push([spaceCode(n), "车位", "共有", `地面${n}号车位`, ring(n), "12.50", "占用业主共有道路、场地", from]);
  for (let n = 1; n <= 32; n += 1)
    rows.push([
      `B1-${threeDigits(n)}`,
      "车位",
      "规划产权",
      `地下${n}号车位`,
      "地下车库负一层",
      "12.72",
      "规划车位，产权登记",
      from,
    ]);
  for (let n = 1; n <= 8; n += 1)
    rows.push([
      `R-${threeDigits(n)}`,
      "车位",
      "人防",
      `人防${n}号车位`,
      "地下车库负二层",
      "12.72",
      "人防工程，平时使用证",
      from,
    ]);
  rows.push(["广-01", "广告", "", "南门灯箱", "南门左侧", "", "共有围墙", from]);
  rows.push(["广-02", "广告", "", "北门灯箱", "北门右侧", "", "共有围墙", from]);
  rows.push(["柜-01", "快递柜", "", "南门快递柜位", "南门内左侧", "", "共有场地", from]);
  rows.push(["柜-02", "快递柜", "", "3栋快递柜位", "3栋单元门旁", "", "共有场地", from]);
  rows.push(["基-01", "基站", "", "2栋屋面基站", "2栋屋面", "", "共有屋面", from]);
  return writeCsv([["编号", "种类", "用地", "名称", "位置", "面积", "权属依据", "启用日期"], ...rows]);
}

// ——— Leases ———

export interface DemoLease {
  readonly key: string;
  readonly purpose: string;
  readonly lessee: { readonly name: string; readonly creditCode: string; readonly phone: string };
  readonly codes: readonly string[];
  /** Begins so many months after the books, on a day of that month. */
  readonly month: number;
  readonly day: number;
  readonly months: number;
  readonly cycleMonths: 1 | 3 | 6 | 12;
  /** Rent of a month in yuan, from so many months after the beginning on. */
  readonly rent: readonly (readonly [fromMonth: number, yuan: number])[];
  /** Whole months without rent at the beginning. */
  readonly free?: number;
  /** How many days after it fell due the n-th charge is paid; null where it never was. */
  readonly paidAfter: (chargeNo: number) => number | null;
  /** Ends before its time, after so many months. */
  readonly endsAfter?: number;
  /** The key of the lease it follows on. */
  readonly renews?: string;
}

const person = (name: string, nth: number) => ({ name, creditCode: "", phone: `198000003${twoDigits(nth)}` });
const company = (name: string, creditCode: string, nth: number) => ({
  name,
  creditCode,
  phone: `198000003${twoDigits(nth)}`,
});
const prompt = (chargeNo: number): number => (chargeNo * 5) % 4;
const stepped =
  (days: number) =>
  (chargeNo: number): number =>
    days + (chargeNo % 3);

export const LEASES: readonly DemoLease[] = [
  {
    key: "shop",
    purpose: "便利店",
    lessee: company("重庆璧城便民超市有限公司", "91500120MA5U000115", 1),
    codes: ["房-01", "房-02"],
    month: 0,
    day: 1,
    months: 36,
    cycleMonths: 3,
    rent: [
      [0, 3_200],
      [12, 3_300],
      [24, 3_400],
    ],
    paidAfter: prompt,
  },
  {
    key: "hair",
    purpose: "理发店",
    lessee: person("龚凤英", 2),
    codes: ["房-03"],
    month: 0,
    day: 1,
    months: 36,
    cycleMonths: 3,
    rent: [[0, 1_450]],
    paidAfter: stepped(4),
  },
  {
    key: "parcels",
    purpose: "快递驿站",
    lessee: company("重庆速联快递服务有限公司", "91500120MA5U0002XW", 3),
    codes: ["房-04"],
    month: 0,
    day: 5,
    months: 36,
    cycleMonths: 3,
    rent: [[0, 1_660]],
    paidAfter: prompt,
  },
  {
    key: "fruit",
    purpose: "水果店",
    lessee: person("郝长江", 4),
    codes: ["房-05"],
    month: 0,
    day: 3,
    months: 36,
    cycleMonths: 3,
    rent: [[0, 1_500]],
    // In arrears since the seventh quarter.
    paidAfter: (chargeNo) => (chargeNo <= 4 ? 3 : chargeNo <= 6 ? 38 : null),
  },
  {
    key: "pharmacy",
    purpose: "药房",
    lessee: company("璧山康宁大药房有限公司", "91500120MA5U00038W", 5),
    codes: ["房-06"],
    month: 0,
    day: 1,
    months: 60,
    cycleMonths: 6,
    rent: [[0, 2_100]],
    paidAfter: prompt,
  },
  {
    key: "housekeeping",
    purpose: "家政服务点",
    lessee: person("邱玉梅", 6),
    codes: ["房-07"],
    month: 1,
    day: 1,
    months: 36,
    cycleMonths: 3,
    rent: [[0, 980]],
    paidAfter: stepped(2),
  },
  {
    key: "print",
    purpose: "打印店",
    lessee: person("段浩然", 7),
    codes: ["房-08"],
    month: 0,
    day: 1,
    months: 36,
    cycleMonths: 3,
    rent: [[0, 1_100]],
    paidAfter: prompt,
    endsAfter: 15,
  },
  {
    key: "tailor",
    purpose: "裁缝店",
    lessee: person("毛桂兰", 8),
    codes: ["房-08"],
    month: 16,
    day: 1,
    months: 24,
    cycleMonths: 3,
    rent: [[0, 1_050]],
    paidAfter: stepped(1),
  },
  {
    key: "canteen",
    purpose: "社区食堂",
    lessee: company("重庆邻里食堂餐饮有限公司", "91500120MA5U00046P", 9),
    codes: ["房-09", "房-10"],
    month: 0,
    day: 1,
    months: 36,
    cycleMonths: 3,
    rent: [
      [0, 2_400],
      [12, 2_600],
    ],
    free: 1,
    paidAfter: stepped(6),
  },
  {
    key: "nursery",
    purpose: "托育园",
    lessee: company("璧山小芽托育服务有限公司", "91500120MA5U00054J", 10),
    codes: ["房-11"],
    month: 0,
    day: 1,
    months: 24,
    cycleMonths: 3,
    rent: [[0, 2_900]],
    paidAfter: prompt,
  },
  {
    key: "nursery-again",
    purpose: "托育园（续租）",
    lessee: company("璧山小芽托育服务有限公司", "91500120MA5U00054J", 10),
    codes: ["房-11"],
    month: 24,
    day: 1,
    months: 24,
    cycleMonths: 3,
    rent: [[0, 3_050]],
    paidAfter: prompt,
    renews: "nursery",
  },
  {
    key: "store",
    purpose: "仓库",
    lessee: person("侯立新", 11),
    codes: ["房-12"],
    month: 1,
    day: 1,
    months: 36,
    cycleMonths: 12,
    rent: [[0, 600]],
    paidAfter: stepped(5),
  },
  {
    key: "lightboxes",
    purpose: "灯箱广告",
    lessee: company("重庆悦见广告有限公司", "91500120MA5U00062D", 12),
    codes: ["广-01", "广-02"],
    month: 0,
    day: 1,
    months: 36,
    cycleMonths: 6,
    rent: [[0, 900]],
    paidAfter: prompt,
  },
  {
    key: "lockers",
    purpose: "智能快递柜",
    lessee: company("重庆丰驿柜科技有限公司", "91500120MA5U000708", 13),
    codes: ["柜-01", "柜-02"],
    month: 2,
    day: 1,
    months: 36,
    cycleMonths: 12,
    rent: [[0, 520]],
    paidAfter: stepped(3),
  },
  {
    key: "mast",
    purpose: "通信基站",
    lessee: company("渝西通信铁塔有限公司", "91500120MA5U000895", 14),
    codes: ["基-01"],
    month: 2,
    day: 1,
    months: 60,
    cycleMonths: 12,
    rent: [[0, 1_200]],
    paidAfter: prompt,
  },
];

/** The room that stood empty until the owners decided to let it. */
export const DECIDED_LEASE = {
  key: "studio",
  purpose: "社区书画室",
  lessee: person("雷雪梅", 15),
  codes: [IDLE_ROOM],
  months: 36,
  cycleMonths: 3,
  yuan: 1_400,
} as const;

/** The terms of a lease that begins on a day. */
export function termsOf(lease: Pick<DemoLease, "months" | "cycleMonths" | "rent" | "free">, fromOn: Day) {
  const steps = lease.rent.map(
    ([after, yuan]): RentStep => ({ fromOn: addMonths(fromOn, after), monthlyFen: yuan * 100 }),
  );
  return {
    fromOn,
    toOn: addDays(addMonths(fromOn, lease.months), -1),
    cycleMonths: lease.cycleMonths,
    dueAfterDays: 5,
    steps,
    free: lease.free ? [{ fromOn, toOn: addDays(addMonths(fromOn, lease.free), -1) }] : [],
    depositFen: (steps[0]?.monthlyFen ?? 0) * 2,
    taxBasisPoints: 0,
  };
}
export const beginsOn = ({ month, day }: Pick<DemoLease, "month" | "day">, first: Period): Day =>
  `${monthsFrom(first, month)}-${twoDigits(day)}`;
