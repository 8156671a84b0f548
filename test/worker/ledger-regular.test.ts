/** What owners are told regularly, through workerd and D1: eight headings in public, who is in charge shown and sealed, editions that stay. */
import { describe, expect, test } from "vitest";
import { publishRegular } from "../../src/ledger/regular/actions.ts";
import { type Texts, WRITTEN } from "../../src/ledger/regular/rules.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { keeping, must, TODAY, withBook } from "./ledger-of-test.ts";
import { numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";

const TEXTS: Texts = {
  services: "保洁、绿化、秩序维护",
  person: "项目经理王大山，023-41420000",
  quality: "楼道每天清扫一次",
  charges: "物业费、车位服务费",
  standards: "每月每平方米1.80元",
  performance: "本季度更换路灯12盏",
};
const pageOf = async (slug: string, query = "") =>
  (await stranger(TODAY).get(`/c/${slug}/accounts/regular${query}`)).text();

describe("the eight headings", () => {
  test("stand in public in the order of the law, written or not, with who is in charge", async () => {
    const community = await withBook();
    const before = await pageOf(community.slug);
    expect(before.match(/<h2/g)).toHaveLength(8);
    expect(textOf(before)).toContain("前六项还没有公布");
    must(await publishRegular(keeping(community, "accountant"), TEXTS));
    const text = textOf(await pageOf(community.slug));
    const headings = [
      "服务的事项",
      "负责人员",
      "质量要求",
      "收费项目",
      "收费标准",
      "履行情况",
      "维修资金使用情况",
      "业主共有部分的经营与收益情况",
    ];
    const places = headings.map((heading, at) => text.indexOf(`${"一二三四五六七八"[at]}、${heading}`));
    expect(places.every((place, at) => place > (places[at - 1] ?? 0))).toBe(true);
    for (const heading of WRITTEN) expect(text).toContain(TEXTS[heading]);
  });

  test("keep their earlier editions; the same again is no edition; two at once are two", async () => {
    const community = await withBook();
    const accountant = keeping(community, "accountant");
    expect(must(await publishRegular(accountant, TEXTS))).toEqual({ edition: 1 });
    expect(must(await publishRegular(accountant, { ...TEXTS, quality: ` ${TEXTS.quality} ` }))).toEqual({ edition: 1 });
    const both = await Promise.all(
      ["李大海", "赵小江"].map((person) => publishRegular(keeping(community, "chair"), { ...TEXTS, person })),
    );
    expect(both.map((one) => must(one).edition).sort()).toEqual([2, 3]);
    expect(textOf(await pageOf(community.slug))).toContain("第3版");
    expect(textOf(await pageOf(community.slug, "?edition=1"))).toContain("王大山");
    expect((await stranger(TODAY).get(`/c/${community.slug}/accounts/regular?edition=4`)).status).toBe(404);
    const { db } = sceneAt(community);
    for (const statement of [
      sql`UPDATE ledger_regular SET texts = '{}' WHERE community_id = ${community.id}`,
      sql`UPDATE ledger_regular SET person_sealed = 'x' WHERE community_id = ${community.id}`,
      sql`DELETE FROM ledger_regular WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO ledger_regular SELECT * FROM ledger_regular WHERE community_id = ${community.id} AND edition = 1`,
    ])
      expect((await db.write([db.run(statement)])).ok).toBe(false);
  });

  test("keep names sealed at rest and out of the record", async () => {
    const community = await withBook();
    must(await publishRegular(keeping(community, "accountant"), TEXTS));
    for (const [table, column] of [
      ["ledger_regular", "texts || person_sealed"],
      ["record_leaf", "entry"],
    ] as const)
      expect(
        await numberIn(
          community,
          sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id} AND instr(${sql.raw(column)}, '王大山') > 0`,
        ),
        table,
      ).toBe(0);
  });

  test("are written at the desk: what is missing is said beside its field, and nothing typed is lost", async () => {
    const community = await makeStaffedCommunity();
    const chair = await signedIn(community, "committee_chair", TODAY);
    const here = `/c/${community.slug}/desk/ledger/regular`;
    await chair.get(here);
    const refused = await chair.submit(here, { ...TEXTS, person: "" });
    expect(refused.status).toBe(422);
    expect(chair.page).toContain("每月每平方米1.80元");
    expect(textOf(chair.page)).toContain("请填写；没有的写“无”和原因");
    expect((await chair.submit(here, TEXTS)).status).toBe(303);
    expect(await (await chair.get(here)).text()).toContain("项目经理王大山");
  });
});
