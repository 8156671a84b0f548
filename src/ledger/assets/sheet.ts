/** A table of assets, row by row, as entries of the register: what each says, and what is wrong with which. Writes nothing. */
import { parseArea } from "../../kernel/area.ts";
import type { Day } from "../../kernel/day.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import {
  ASSET_KINDS,
  ASSET_STATES,
  type AssetEntry,
  type AssetFault,
  type AssetKind,
  assetFaults,
  GROUNDS,
  type Ground,
} from "./rules.ts";
import type { TableRow, Wanted } from "./table.ts";
import { ASSET_KIND_WORDS, ASSET_STATE_WORDS, assetFaultWords, GROUND_WORDS } from "./words.ts";

export const ASSET_COLUMNS = {
  code: { names: ["编号", "车位号", "code"], needed: true },
  kind: { names: ["种类", "类别", "kind"], needed: true },
  ground: { names: ["用地", "车位性质", "ground"], needed: false },
  name: { names: ["名称", "name"], needed: false },
  place: { names: ["位置", "place"], needed: true },
  area: { names: ["面积", "面积㎡", "area"], needed: false },
  titleBasis: { names: ["权属依据", "title basis"], needed: true },
  state: { names: ["状态", "state"], needed: false },
  remark: { names: ["备注", "remark"], needed: false },
  fromOn: { names: ["启用日期", "from"], needed: false },
} as const satisfies Readonly<Record<string, Wanted>>;
export type AssetColumn = keyof typeof ASSET_COLUMNS;

/** The table as it is offered for filling in, with one row that shows how. */
export const assetTemplate = (today: Day): readonly (readonly string[])[] => [
  Object.values(ASSET_COLUMNS).map(({ names }) => names[0]),
  [
    "P-001",
    ASSET_KIND_WORDS.parking.zh,
    "共有",
    "1号车位",
    "南门内环路",
    "12.50",
    "占用业主共有道路",
    "可以使用",
    "",
    today,
  ],
];

const GROUND_NAMES: Readonly<Record<Ground, readonly string[]>> = {
  common: ["共有", "共有道路", "共有场地", "共有道路/场地", GROUND_WORDS.common.zh],
  titled: ["规划产权", "产权", "规划车位", GROUND_WORDS.titled.zh],
  civil_defence: ["人防", "人防车位", GROUND_WORDS.civil_defence.zh],
};

/** The key whose word, name or self this is; undefined where none is. */
const keyFor = <K extends string>(
  keys: readonly K[],
  text: string,
  names: (key: K) => readonly string[],
): K | undefined => keys.find((key) => key === text || names(key).includes(text));

export interface RowMessage {
  readonly row: number;
  readonly words: Bilingual;
}
export interface ReadAssets {
  readonly entries: readonly AssetEntry[];
  readonly messages: readonly RowMessage[];
}

/** Entries of the rows without a fault; nothing is to be written while there is a message. */
export function entriesOf(rows: readonly TableRow<AssetColumn>[], today: Day): ReadAssets {
  const entries: AssetEntry[] = [];
  const messages: RowMessage[] = [];
  const seen = new Map<string, number>();
  for (const { row, cells } of rows) {
    const { entry, faults } = entryOf(cells, today);
    for (const fault of faults) messages.push({ row, words: assetFaultWords(fault).words });
    const first = seen.get(entry.code);
    if (first !== undefined)
      messages.push({
        row,
        words: {
          zh: `编号“${entry.code}”在第${first}行已经出现。`,
          en: `The number “${entry.code}” stands in row ${first} too.`,
        },
      });
    seen.set(entry.code, first ?? row);
    if (faults.length === 0 && first === undefined) entries.push(entry);
  }
  return { entries, messages };
}

function entryOf(
  cells: Readonly<Record<AssetColumn, string>>,
  today: Day,
): { readonly entry: AssetEntry; readonly faults: readonly AssetFault[] } {
  const kind = keyFor(ASSET_KINDS, cells.kind, (key) => [ASSET_KIND_WORDS[key].zh, ...(KIND_NAMES[key] ?? [])]);
  const ground = keyFor(GROUNDS, cells.ground.replace("／", "/"), (key) => GROUND_NAMES[key]);
  const state = keyFor(ASSET_STATES, cells.state, (key) => [ASSET_STATE_WORDS[key].zh]);
  const area = cells.area === "" ? null : parseArea(cells.area);
  const code = cells.code.normalize("NFKC");
  const entry: AssetEntry = {
    // A kind that is not known stays what it is, for the rules to refuse.
    kind: kind ?? (cells.kind as AssetKind),
    ground: ground ?? (cells.ground === "" ? null : (cells.ground as Ground)),
    code,
    name: cells.name || code,
    place: cells.place,
    areaDm2: area === null ? null : area.ok ? area.value : -1,
    titleBasis: cells.titleBasis,
    state: state ?? (cells.state === "" ? "usable" : (cells.state as AssetEntry["state"])),
    remark: cells.remark,
    fromOn: cells.fromOn === "" ? today : cells.fromOn.normalize("NFKC").replaceAll("/", "-"),
  };
  return { entry, faults: assetFaults(entry, today) };
}

const KIND_NAMES: Readonly<Partial<Record<AssetKind, readonly string[]>>> = {
  parking: ["车位"],
  room: ["用房", "房屋"],
  advertising: ["广告"],
  venue: ["场地"],
  base_station: ["基站"],
  charging: ["充电", "充电桩"],
};
