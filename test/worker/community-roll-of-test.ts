/** Files and imports for tests of the roll: a made-up estate as CSV, and the two steps that bring it in. */
import { expect } from "vitest";
import { confirmImport, stageImport, viewImport } from "../../src/community/import/actions.ts";
import { rollFrom, rollQueries } from "../../src/community/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";

export const HEADER =
  "楼栋,单元,房号,专有部分面积(㎡),业主姓名,证件号后四位,手机号,共有人,产权人编号,状态,业主类型,证件号码,用途,表决代表,监护人,监护人手机号";

export const csvOf = (...lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`${HEADER}\n${lines.join("\n")}\n`);

/** Six units: a sole owner of two, a couple, a company, the developer's unsold one, a parking space. */
export const SMALL = [
  "1栋,1单元,0101,89.66,张三丰,0011,13812345678,,,已交付",
  "1栋,1单元,0102,102.35,张三丰,0011,13812345678,,,已交付",
  "1栋,2单元,0201,76.52,李四光,0022,13912345678,王五妹,,已交付",
  "2栋,,S01,54.80,重庆便民超市有限公司,,,,,已交付,单位,91350200MA2YJ1XR9G,商业",
  "2栋,,0301,118.40,璧山置业有限公司,,,,,未售,建设单位",
  "车库,,B1-001,12.72,张三丰,0011,13812345678,,,已交付,,,车位",
] as const;

/** `count` units with an owner each, every tenth owning a second unit. */
export function manyRows(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const owner = at % 10 === 9 ? at - 1 : at;
    const name = `甲${String.fromCharCode(0x4e00 + (owner % 20_000))}`;
    const area = `${60 + (at % 90)}.${String(at % 100).padStart(2, "0")}`;
    return `${1 + Math.floor(at / 200)}栋,${1 + (at % 2)}单元,${String(at % 200).padStart(4, "0")},${area},${name},${1000 + (owner % 9000)},139${String(owner).padStart(8, "0")},,,已交付`;
  });
}

export const secretary = (community: CommunityAddress, now = T0) =>
  staffSceneAt(community, "person-secretary", ["roll.read", "roll.write", "roll.reveal"], now);

/** Stages and confirms a file; expects both to succeed. */
export async function importFile(community: CommunityAddress, bytes: Uint8Array, asOf = "2026-01-01"): Promise<string> {
  const scene = secretary(community);
  const staged = await stageImport(scene, { name: "名册.csv", bytes }, asOf);
  if (!staged.ok) throw new Error(JSON.stringify(staged.error));
  const { jobId, summary } = staged.value;
  if (summary.errors > 0) {
    const view = await viewImport(scene, jobId);
    throw new Error(JSON.stringify(view?.preview?.findings.slice(0, 5)));
  }
  const view = await viewImport(scene, jobId);
  const done = await confirmImport(secretary(community), jobId, { version: view!.preview!.version, retire: [] });
  expect(done).toEqual({ ok: true, value: { jobId } });
  return jobId;
}

/** The roll of a day, from the database. */
export async function rollOn(community: CommunityAddress, day: string) {
  const scene = sceneAt(community);
  const [units, holdings, parties, guardians] = await scene.db.read(...rollQueries(scene, day));
  return rollFrom(day, units, holdings, parties, guardians);
}

/** `0101 张*+王* 89.66`-like lines of a day, in order of room. */
export async function linesOn(community: CommunityAddress, day: string): Promise<string[]> {
  const roll = await rollOn(community, day);
  return roll.units
    .filter(({ state }) => state !== "retired")
    .map(({ room, owners, areaDm2, designated }) => {
      const name = (partyId: string) => roll.parties.get(partyId as never)!.maskedName;
      const names = owners.map(({ partyId }) => name(partyId)).join("+");
      return `${room} ${names} ${areaDm2}${designated ? ` votes ${name(designated)}` : ""}`;
    })
    .sort();
}

export async function unitIdOf(community: CommunityAddress, room: string, day = "2026-11-02"): Promise<string> {
  const roll = await rollOn(community, day);
  const unit = roll.units.find((one) => one.room === room);
  if (!unit) throw new Error(`no unit ${room}`);
  return unit.unitId;
}
