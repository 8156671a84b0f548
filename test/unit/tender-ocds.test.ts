/** The OCDS package of a tender at every state is one the standard's own schema admits, and tells no bidder before the opening. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type OcdsFacts, ocdsPackage } from "../../src/tenders/ocds/rules.ts";
import { TENDER_STATES, type TenderState } from "../../src/tenders/rules.ts";
import { schemeOf } from "./tender-scheme-of-test.ts";

const AT = Date.parse("2026-11-23T10:00:00+08:00");
const order = TENDER_STATES.indexOf.bind(TENDER_STATES);

/** A tender that has come as far as a state. */
function factsAt(state: TenderState, ended: "early" | "late" = "late"): OcdsFacts {
  const isEnd = state === "failed" || state === "cancelled";
  const reached = isEnd ? order(ended === "early" ? "draft" : "opened") : order(state);
  const since = (first: TenderState): number | null => (reached >= order(first) ? AT : null);
  const opened = reached >= order("opened");
  const awarded = reached >= order("awarded") && !isEnd;
  const code = "91350200MA2YJ1XR9G";
  return {
    origin: "https://example.org",
    community: { slug: "jingui", name: "金桂苑" },
    tender: {
      number: 1,
      title: "2027 年度保洁选聘",
      state,
      decidedAt: since("decided"),
      noticedAt: since("noticed"),
      questionsUntil: since("noticed"),
      closesAt: since("noticed"),
      openedAt: since("opened"),
      publishedAt: since("published"),
      standingUntil: since("published"),
      awardedAt: since("awarded"),
      contractedAt: since("contracted"),
      endedAt: isEnd ? AT : null,
      endedWhy: isEnd ? "不足三家" : null,
    },
    scheme: schemeOf(),
    bidders: [{ bidderId: "b1", name: "重庆洁净物业服务有限公司", code }],
    bids: opened
      ? [
          { lotNo: 1, bidderId: "b1", totalHundredths: 2_880_000_050, voidWhy: null },
          { lotNo: 1, bidderId: "b1", totalHundredths: null, voidWhy: "无法读取" },
        ]
      : [],
    awards: awarded
      ? [
          {
            lotNo: 1,
            name: "重庆洁净物业服务有限公司",
            code,
            totalHundredths: 2_880_000_050,
            awardedAt: AT,
            withdrawnAt: null,
          },
        ]
      : [],
    contracts:
      state === "contracted"
        ? [
            {
              number: 3,
              title: "保洁合同",
              providerCode: code,
              fromOn: "2027-01-01",
              toOn: "2027-12-31",
              signedOn: "2026-12-20",
              takenOverOn: null,
              implementation: {
                priceFen: 28_800_000,
                plan: [
                  { dueOn: "2027-03-31", amountFen: 7_200_000, condition: "评价后" },
                  { dueOn: "2027-06-30", amountFen: 7_200_000, condition: "" },
                  { dueOn: "2027-09-30", amountFen: 14_400_000, condition: "" },
                ],
                payments: [
                  { voucherId: "v1", planNo: 1, onDay: "2027-04-02", amountFen: 7_000_000, deductFen: 200_000 },
                  { voucherId: "v2", planNo: 2, onDay: "2027-07-02", amountFen: 7_199_999, deductFen: 0 },
                ],
                reports: [
                  { period: "2027Q1", toOn: "2027-03-31", score: 8_305, publishedAt: AT },
                  { period: "2027Q2", toOn: "2027-06-30", score: null, publishedAt: AT },
                ],
              },
            },
          ]
        : [],
    documents: [
      {
        documentNo: 1,
        title: "选聘文件",
        mediaType: "application/pdf",
        putAt: AT,
        isReleased: true,
        withheldWhy: "",
        releasedOn: "",
      },
      {
        documentNo: 2,
        title: "图纸",
        mediaType: "application/pdf",
        putAt: AT,
        isReleased: false,
        withheldWhy: "含门禁",
        releasedOn: "2026-12-30",
      },
    ],
    amendments: reached >= order("noticed") ? [{ edition: 2, amendedAt: AT, why: "漏写了" }] : [],
    questions:
      reached >= order("noticed")
        ? [
            { questionNo: 1, askedAt: AT, shown: "几时？", answer: "一月。", publishedAt: AT },
            { questionNo: 2, askedAt: AT, shown: null, answer: null, publishedAt: null },
          ]
        : [],
  };
}

// ——— As much of JSON Schema draft 4 as the standard's schemas use; a word it does not know fails, so that none is passed over. ———

type Schema = { readonly [word: string]: unknown };
const REMARKS = new Set(
  "title description deprecated deprecatedVersion codelist openCodelist versionId wholeListMerge omitWhenMerged $schema id definitions".split(
    " ",
  ),
);
const FORMATS: Readonly<Record<string, RegExp>> = {
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
};
const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;

function faults(value: unknown, schema: Schema, resolve: (ref: string) => Schema, at = ""): string[] {
  if (typeof schema.$ref === "string") return faults(value, resolve(schema.$ref), resolve, at);
  const found: string[] = [];
  for (const [word, rule] of Object.entries(schema)) {
    if (REMARKS.has(word)) continue;
    const object = typeOf(value) === "object" ? (value as Record<string, unknown>) : null;
    switch (word) {
      case "type": {
        const allowed = [rule].flat() as string[];
        const is = typeOf(value);
        if (!allowed.includes(is) && !(is === "integer" && allowed.includes("number")))
          found.push(`${at}: ${is} is not ${allowed}`);
        break;
      }
      case "enum":
        if (!(rule as unknown[]).includes(value)) found.push(`${at}: ${String(value)} is none of the values`);
        break;
      case "pattern":
        if (typeof value === "string" && !new RegExp(rule as string).test(value))
          found.push(`${at}: ${value} has not the form`);
        break;
      case "format":
        if (typeof value === "string" && !FORMATS[rule as string]!.test(value))
          found.push(`${at}: ${value} is no ${rule}`);
        break;
      case "minLength":
        if (typeof value === "string" && value.length < (rule as number)) found.push(`${at}: too short`);
        break;
      case "minItems":
        if (Array.isArray(value) && value.length < (rule as number)) found.push(`${at}: too few`);
        break;
      case "minProperties":
        if (object && Object.keys(object).length < (rule as number)) found.push(`${at}: empty`);
        break;
      case "uniqueItems":
        if (Array.isArray(value) && new Set(value.map((one) => JSON.stringify(one))).size < value.length)
          found.push(`${at}: twice`);
        break;
      case "items":
        if (Array.isArray(value))
          found.push(...value.flatMap((one, index) => faults(one, rule as Schema, resolve, `${at}/${index}`)));
        break;
      case "required":
        if (object)
          found.push(
            ...(rule as string[]).filter((name) => !(name in object)).map((name) => `${at}/${name} is missing`),
          );
        break;
      case "properties":
        for (const [name, inner] of Object.entries(rule as Record<string, Schema>))
          if (object && name in object) found.push(...faults(object[name], inner, resolve, `${at}/${name}`));
        break;
      case "patternProperties":
        for (const [pattern, inner] of Object.entries(rule as Record<string, Schema>))
          for (const [name, own] of Object.entries(object ?? {}))
            if (new RegExp(pattern).test(name)) found.push(...faults(own, inner, resolve, `${at}/${name}`));
        break;
      default:
        throw new Error(`the schema says ${word}, which this test does not know`);
    }
  }
  return found;
}

const folder = fileURLToPath(new URL("../../../shared/vectors/ocds/", import.meta.url).href);
const isHere = existsSync(`${folder}release-schema.json`);
const read = (name: string): Schema => JSON.parse(readFileSync(`${folder}${name}`, "utf8")) as Schema;

describe.skipIf(!isHere)("against the standard's schemas", () => {
  const [packageSchema, release] = isHere
    ? [read("release-package-schema.json"), read("release-schema.json")]
    : [{}, {}];
  const resolve = (ref: string): Schema =>
    ref.startsWith("#/definitions/")
      ? (release.definitions as Record<string, Schema>)[ref.slice("#/definitions/".length)]!
      : release;
  const check = (facts: OcdsFacts): string[] =>
    faults(JSON.parse(JSON.stringify(ocdsPackage(facts))), packageSchema, resolve);
  test.each(TENDER_STATES.filter((state) => state !== "draft"))("a tender at %s", (state) =>
    expect(check(factsAt(state))).toEqual([]),
  );
  test("a tender that ended before its notice", () => expect(check(factsAt("cancelled", "early"))).toEqual([]));
  test("the check finds what is wrong", () => {
    const spoilt = JSON.parse(JSON.stringify(ocdsPackage(factsAt("noticed")))) as {
      releases: { ocid?: string; tender: { status: string } }[];
    };
    delete spoilt.releases[0]!.ocid;
    spoilt.releases[0]!.tender.status = "open";
    expect(faults(spoilt, packageSchema, resolve)).toHaveLength(2);
  });
});

describe("the package", () => {
  test("tells what became of the contract: each line of the plan against what was paid, and each report", () => {
    const made = ocdsPackage(factsAt("contracted")) as unknown as {
      releases: {
        contracts: {
          value: unknown;
          milestones: { status: string; dateMet?: string }[];
          implementation: { transactions: unknown[]; milestones: { description: string }[] };
        }[];
      }[];
    };
    const [contract] = made.releases[0]!.contracts;
    expect(contract!.value).toEqual({ amount: 288_000, currency: "CNY" });
    // What was kept back settles the first line; a fen is missing on the second.
    expect(contract!.milestones.map(({ status, dateMet }) => [status, dateMet])).toEqual([
      ["met", "2027-04-02T00:00:00+08:00"],
      ["partiallyMet", undefined],
      ["scheduled", undefined],
    ]);
    expect(contract!.implementation.transactions[0]).toMatchObject({
      id: "v1",
      value: { amount: 70_000, currency: "CNY" },
    });
    expect(contract!.implementation.milestones.map(({ description }) => description)).toEqual([
      "83.05/100",
      "没有可评价的数据",
    ]);
  });
  test("tells of an award that was withdrawn", () => {
    const facts = factsAt("awarded");
    const gone = ocdsPackage({ ...facts, awards: facts.awards.map((one) => ({ ...one, withdrawnAt: AT })) });
    expect(JSON.stringify(gone)).toContain('"status":"cancelled"');
  });
  const text = (state: TenderState): string => JSON.stringify(ocdsPackage(factsAt(state)));
  test("names no bidder before the opening", () => {
    for (const state of ["decided", "noticed", "closed"] as const) expect(text(state)).not.toContain("洁净物业");
    expect(text("opened")).toContain("洁净物业");
  });
  test("has a test prefix, its extensions, and no address of a withheld document", () => {
    expect(text("noticed")).toContain('"ocid":"ocds-test00-jingui-1"');
    expect(text("noticed")).toContain("ocds_bid_extension");
    expect(text("noticed")).not.toContain("/documents/2");
  });
  test.each([
    ["decided", ["planning"]],
    ["noticed", ["tender"]],
    ["cancelled", ["tenderCancellation"]],
    ["awarded", ["tender", "award"]],
    ["contracted", ["tender", "award", "contract", "implementation"]],
  ] as const)("at %s is tagged %s", (state, tags) => {
    const made = ocdsPackage(factsAt(state)) as unknown as { releases: { tag: string[] }[] };
    expect(made.releases[0]!.tag).toEqual(tags);
  });
});
