/** A made-up roll of any size, as the spreadsheet a secretary would have. Nobody in it exists. */
import { idCheckDigit } from "../../src/community/identity/rules.ts";

const HEADER = "楼栋,单元,房号,专有部分面积(㎡),面积来源,用途,状态,业主姓名,证件号码,手机号";
const SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗";
const GIVEN = "建秀桂志淑国玉永明丽文小世春开雪大素家晓";
const UNITS_A_BUILDING = 200;

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

/** An identity number nobody has: a birthday and a running number in Bishan's region, with its check digit. */
function identity(at: number): string {
  const born = `${1950 + (Math.floor(at / 1000) % 50)}${digits(1 + (at % 12), 2)}${digits(1 + (at % 28), 2)}`;
  const seventeen = `500227${born}${digits(at % 1000, 3)}`;
  return seventeen + idCheckDigit(seventeen);
}

const phoneOf = (at: number): string => `199${digits(at, 8)}`;

/** What the `at`-th owner is asked for in front of the ballot. */
export const lastFourOf = (at: number): string => phoneOf(at).slice(-4);

/** `units` rows of CSV from the `from`-th unit on, with one owner each: as many heads as units. */
export function rollCsv(from: number, units: number): string {
  const lines = [HEADER];
  for (let at = from; at < from + units; at += 1) {
    const inBuilding = at % UNITS_A_BUILDING;
    const name = `${SURNAMES[at % 20]}${GIVEN[Math.floor(at / 20) % 20]}${GIVEN[Math.floor(at / 400) % 20]}`;
    lines.push(
      [
        `${Math.floor(at / UNITS_A_BUILDING) + 1}栋`,
        `${1 + Math.floor(inBuilding / 100)}单元`,
        `${digits(1 + Math.floor(inBuilding / 4), 2)}${digits(1 + (inBuilding % 4), 2)}`,
        `${60 + ((at * 37) % 90)}.${digits((at * 53) % 100, 2)}`,
        "登记",
        "住宅",
        "已交付",
        name,
        identity(at),
        phoneOf(at),
      ].join(","),
    );
  }
  return `${lines.join("\r\n")}\r\n`;
}
