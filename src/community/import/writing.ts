/** The roll as a table with the import's own headers, one row for each owner of each unit, and the empty template. What it writes, the import reads back unchanged. */
import { formatArea } from "../../kernel/area.ts";
import type { PartyId } from "../../kernel/id.ts";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { writeXlsxSheet } from "../../platform/sheet/xlsx.ts";
import type { Personal } from "../personal.ts";
import { type RollUnit, SPACE_KINDS } from "../rules.ts";
import { type ColumnKey, headersOf, WRITTEN } from "./columns.ts";
import { BASIS_WORDS, DOCUMENT_WORDS, KIND_WORDS, PARTY_WORDS, SOURCE_WORDS, STATE_WORDS } from "./words.ts";

export const SHEET_NAME = "名册";
export type FileFormat = "csv" | "xlsx";
export const MEDIA_TYPES: Readonly<Record<FileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

type Row = Partial<Record<ColumnKey, string>>;

/** The rows of an export with its header, in the order of the units given. Retired units are left out. */
export function tableOf(
  units: readonly RollUnit[],
  people: ReadonlyMap<PartyId, Personal>,
  guardianOf: ReadonlyMap<PartyId, PartyId>,
): string[][] {
  const rows: Row[] = [];
  for (const unit of units) {
    if (unit.state === "retired") continue;
    const facts: Row = {
      building: unit.building,
      entrance: unit.entrance,
      room: unit.room,
      area: formatArea(unit.areaDm2),
      areaSource: SOURCE_WORDS[unit.source].zh,
      kind: KIND_WORDS[unit.kind].zh,
      state: STATE_WORDS[unit.state].zh,
    };
    if (unit.owners.length === 0) rows.push(facts);
    const chosen = unit.designated ? people.get(unit.designated) : undefined;
    for (const { partyId, basis } of unit.owners) {
      const owner = people.get(partyId);
      if (!owner) continue;
      const guardianId = guardianOf.get(partyId);
      const guardian = guardianId ? people.get(guardianId) : undefined;
      rows.push({
        ...facts,
        ...ownerCells(owner),
        basis: BASIS_WORDS[basis].zh,
        ...(chosen ? { designated: chosen.name } : {}),
        ...(guardian ? { guardian: guardian.name, guardianPhone: guardian.phone ?? "" } : {}),
      });
    }
  }
  return [headersOf(WRITTEN), ...rows.map((row) => WRITTEN.map((key) => row[key] ?? ""))];
}

const ownerCells = (owner: Personal): Row => ({
  ownerName: owner.name,
  ownerKind: PARTY_WORDS[owner.kind].zh,
  idType: owner.idType && owner.idNumber ? DOCUMENT_WORDS[owner.idType].zh : "",
  idNumber: owner.idNumber ?? "",
  idTail: owner.idTail ?? "",
  phone: owner.phone ?? "",
  ownerNo: owner.ownerNo ?? "",
});

/** The headers with two made-up rows that show how: a couple who own one flat, and a space the developer has not sold. */
export function templateTable(): string[][] {
  const flat: Row = {
    building: "1栋",
    entrance: "1单元",
    room: "0101",
    area: "89.66",
    areaSource: SOURCE_WORDS.register.zh,
    kind: KIND_WORDS.residence.zh,
    state: STATE_WORDS.delivered.zh,
    ownerKind: PARTY_WORDS.natural.zh,
    basis: BASIS_WORDS.registered.zh,
    designated: "示例甲",
  };
  const rows: Row[] = [
    { ...flat, ownerName: "示例甲", idTail: "0001", phone: "19900000001" },
    { ...flat, ownerName: "示例乙", idTail: "0002", phone: "19900000002" },
    {
      building: "地下车库",
      room: "B1-001",
      area: "12.72",
      areaSource: SOURCE_WORDS.survey.zh,
      kind: KIND_WORDS[SPACE_KINDS[0]].zh,
      state: STATE_WORDS.unsold.zh,
    },
  ];
  return [headersOf(WRITTEN), ...rows.map((row) => WRITTEN.map((key) => row[key] ?? ""))];
}

/** The table as a file. Areas are numbers in XLSX, everything else is text, so that 0101 stays 0101. */
export async function fileOf(
  table: readonly (readonly string[])[],
  format: FileFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === "csv") return writeCsv(table);
  return writeXlsxSheet(SHEET_NAME, table, new Set([WRITTEN.indexOf("area")]));
}
