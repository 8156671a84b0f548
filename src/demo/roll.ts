/** The rolls of 金桂苑 and 银杏苑, made-up estates in Bishan, as the spreadsheets their secretaries would have. Nobody in them exists. */

export interface DemoRow {
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly area: string;
  readonly source: "登记" | "实测" | "合同";
  readonly kind: "住宅" | "商业" | "车位";
  readonly state: "已交付" | "未交付" | "未售";
  readonly owner: string;
  readonly ownerKind: "自然人" | "法人" | "建设单位";
  readonly last4: string;
  readonly phone: string;
  readonly coOwners: string;
  readonly ownerNo: string;
}

export const HEADERS = [
  "楼栋",
  "单元",
  "房号",
  "专有部分面积(㎡)",
  "面积来源",
  "类型",
  "状态",
  "业主姓名",
  "业主类型",
  "证件号后四位",
  "手机号",
  "共有人",
  "产权人编号",
] as const;

const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严";
const GIVEN =
  "建国 秀英 桂兰 志强 淑珍 国华 玉梅 永福 明德 丽华 文斌 小红 世杰 春燕 开平 雪梅 大勇 素芬 家明 晓东 慧敏 德成 海燕 正明 兴旺 佳怡 子轩 浩然 思远 雨桐 光荣 凤英 长江 美玲 天宇 静怡 立新 月娥 书恒 若曦".split(
    " ",
  );

// A fixed sequence: the demo is the same on every machine, so that its pictures and tests are.
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const DEVELOPER = { owner: "璧山金桂置业有限公司", ownerKind: "建设单位", ownerNo: "K-001" } as const;
const COMPANY = { owner: "重庆璧城便民超市有限公司", ownerKind: "法人", ownerNo: "K-002" } as const;
/** One person with many units: 3 shops, 2 flats and 3 parking spaces, and one head. */
const MANY = { owner: "黄永福", ownerKind: "自然人", ownerNo: "G-007" } as const;

/** Homes of 金桂苑 whose owners other parts of the demo speak of by name. */
const HOMES_OF: Readonly<Record<string, string>> = {
  "1栋0302": "唐明德",
  "2栋0304": "周素芬",
  "1栋0501": "罗建国",
  "3栋0403": "黄雅琴",
  "2栋1002": "冯志强",
  "3栋0902": "谢丽华",
  "3栋1202": "曾国华",
  "1栋1404": "秦浩然",
  "2栋1501": "雷佳怡",
};

/** Owners one after the other; the numbers of nobody's telephone begin with `prefix`, seven digits. */
function neighbours(seed: number, prefix: string) {
  const pick = sequence(seed);
  let person = 0;
  const natural = (home = "") => {
    person += 1;
    const name = `${SURNAMES[pick(SURNAMES.length)]}${GIVEN[pick(GIVEN.length)]}`;
    return {
      owner: HOMES_OF[home] ?? name,
      ownerKind: "自然人" as const,
      last4: String(1000 + ((person * 7919) % 9000)),
      phone: `${prefix}${String(person).padStart(4, "0")}`,
      coOwners: "",
      ownerNo: "",
    };
  };
  return { pick, natural, count: () => person };
}

const HOME_AREAS = ["89.66", "102.35", "118.40", "76.52"] as const;
const twoDigits = (n: number): string => String(n).padStart(2, "0");

/** 240 units: 192 homes in three buildings, 16 shops, 32 parking spaces. */
export function demoRows(): DemoRow[] {
  // 199 0000 xxxx is not handed out to anyone.
  const { pick, natural, count } = neighbours(20_190_601, "1990000");
  const held = (of: typeof DEVELOPER | typeof COMPANY | typeof MANY) => {
    const index = of === DEVELOPER ? 9001 : of === COMPANY ? 9002 : 9007;
    return { ...of, last4: String(index), phone: `1990000${index}`, coOwners: "" };
  };
  const rows: DemoRow[] = [];

  for (const building of ["1栋", "2栋", "3栋"]) {
    for (let floor = 1; floor <= 16; floor += 1) {
      for (let door = 1; door <= 4; door += 1) {
        const entrance = door <= 2 ? "1单元" : "2单元";
        const room = `${floor}${twoDigits(door)}`.padStart(4, "0");
        const place = { building, entrance, room, area: HOME_AREAS[door - 1]!, kind: "住宅" as const };
        const isTop = building === "3栋" && floor >= 15;
        if (isTop && door <= 3)
          rows.push({ ...place, source: "实测", state: floor === 16 ? "未售" : "未交付", ...held(DEVELOPER) });
        else if (building === "2栋" && floor === 8 && door <= 2)
          rows.push({ ...place, source: "登记", state: "已交付", ...held(MANY) });
        else {
          const owner = natural(`${building}${room}`);
          const person = count();
          const shared = person % 9 === 0 ? { coOwners: `${owner.owner[0]}${GIVEN[pick(GIVEN.length)]}` } : {};
          const source = person % 31 === 0 ? ("合同" as const) : ("登记" as const);
          rows.push({ ...place, source, state: "已交付", ...owner, ...shared });
        }
      }
    }
  }
  for (let shop = 1; shop <= 16; shop += 1) {
    const place = {
      building: `${((shop - 1) % 3) + 1}栋`,
      entrance: "底商",
      room: `S${twoDigits(shop)}`,
      area: `${48 + ((shop * 13) % 60)}.${twoDigits((shop * 37) % 100)}`,
      source: "登记" as const,
      kind: "商业" as const,
      state: "已交付" as const,
    };
    rows.push({ ...place, ...(shop <= 3 ? held(MANY) : shop <= 7 ? held(COMPANY) : natural()) });
  }
  for (let space = 1; space <= 32; space += 1) {
    const place = {
      building: "地下车库",
      entrance: "负一层",
      room: `B1-${String(space).padStart(3, "0")}`,
      area: "12.72",
      source: "登记" as const,
      kind: "车位" as const,
    };
    if (space <= 3) rows.push({ ...place, state: "已交付", ...held(MANY) });
    else if (space >= 25) rows.push({ ...place, state: "未售", ...held(DEVELOPER) });
    else {
      // A neighbour's space: the same person as in the flat, told by number, so still one head.
      const home = rows[(space * 11) % 190]!;
      rows.push({
        ...place,
        state: "已交付",
        owner: home.owner,
        ownerKind: home.ownerKind,
        last4: home.last4,
        phone: home.phone,
        coOwners: home.coOwners,
        ownerNo: home.ownerNo,
      });
    }
  }
  return rows;
}

/** 60 units of the younger estate: 48 homes in two buildings, 4 shops, 8 parking spaces that go with homes. */
export function ginkgoRows(): DemoRow[] {
  const { pick, natural, count } = neighbours(20_210_311, "1990001");
  const rows: DemoRow[] = [];
  for (const building of ["1幢", "2幢"])
    for (let floor = 1; floor <= 12; floor += 1)
      for (const door of [1, 2]) {
        const room = `${floor}${twoDigits(door)}`.padStart(4, "0");
        const owner = natural();
        const shared = count() % 13 === 0 ? { coOwners: `${owner.owner[0]}${GIVEN[pick(GIVEN.length)]}` } : {};
        const area = door === 1 ? "96.80" : "112.45";
        const place = { building, entrance: "1单元", room, area, source: "登记" as const, kind: "住宅" as const };
        rows.push({ ...place, state: "已交付", ...owner, ...shared });
      }
  for (let shop = 1; shop <= 4; shop += 1)
    rows.push({
      building: "1幢",
      entrance: "底商",
      room: `S${twoDigits(shop)}`,
      area: `${52 + shop * 7}.40`,
      source: "登记",
      kind: "商业",
      state: "已交付",
      ...natural(),
    });
  for (let space = 1; space <= 8; space += 1) {
    const { owner, ownerKind, last4, phone, coOwners, ownerNo } = rows[space * 5 - 3]!;
    const place = { building: "地下车库", entrance: "负一层", room: `B1-${twoDigits(space)}`, area: "12.50" };
    const kept = { owner, ownerKind, last4, phone, coOwners, ownerNo };
    rows.push({ ...place, source: "登记", kind: "车位", state: "已交付", ...kept });
  }
  return rows;
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as CSV with Chinese headers, as a spreadsheet program would save it. */
export function csvOf(rows: readonly DemoRow[]): string {
  const lines = rows.map((row) =>
    [
      row.building,
      row.entrance,
      row.room,
      row.area,
      row.source,
      row.kind,
      row.state,
      row.owner,
      row.ownerKind,
      row.last4,
      row.phone,
      row.coOwners,
      row.ownerNo,
    ]
      .map(cell)
      .join(","),
  );
  return `${HEADERS.join(",")}\r\n${lines.join("\r\n")}\r\n`;
}
