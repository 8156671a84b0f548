/** Streets and districts: each community's own row, sums that never drift, pages that cost the same for thirty communities and for three hundred. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { runEverywhere } from "../../src/cron.ts";
import { A_PAGE, computeFigures, listDueRollUps, putRow, readStreet, rollUp } from "../../src/district/actions.ts";
import { type Figures, figuresOf } from "../../src/district/rules.ts";
import { findTotal } from "../../src/district/store.ts";
import { insertMandate } from "../../src/elections/store.ts";
import { addMonths, DAY_MS, dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import { type CommunityId, newId } from "../../src/kernel/id.ts";
import { adoptTen, countDuties } from "../../src/offices/duties/actions.ts";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import { type CommunityAddress, openDirectory, sql } from "../../src/platform/db.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { sceneAt, staffSceneAt, T0, testEnv } from "./community-of-test.ts";
import { signedIn, textOf } from "./desk-of-test.ts";
import { makeStaffedCommunity, personIn } from "./offices-of-test.ts";
import { countingEnv, get, getJson } from "./public-of-test.ts";

const HOUR = 3_600_000;
const EMPTY = figuresOf(
  {
    branchExists: false,
    seats: 0,
    overlapping: 0,
    named: 0,
    chairIsSecretary: null,
    hadCommittee: false,
    term: null,
    leadMonths: 3,
    entityForm: null,
    publishedAt: null,
    duties: null,
  },
  dayOf(T0),
);

/** A community that is only a row: its figures written through the action, as its own computation would. */
async function row(
  place: { district: string; street: string },
  figures: Partial<Figures> = {},
  options: { name?: string; id?: string; now?: number } = {},
): Promise<string> {
  const id = (options.id ?? newId<string>(systemRandom)) as CommunityId;
  const community: CommunityAddress = { id, slug: `r-${id}`, name: options.name ?? `小区${id}`, shard: 0 };
  await putRow({ env: testEnv, community, now: options.now ?? T0 }, place, { ...EMPTY, ...figures });
  return id;
}

const newDistrict = (): string => `区${newId<string>(systemRandom)}`;
const totalOf = async (district: string, street = "") => {
  const directory = openDirectory(testEnv);
  const [[total]] = await directory.read(findTotal(directory, district, street));
  return total;
};
/** What the sums would be, added up row by row. */
async function addedUp(district: string, street: string) {
  const directory = openDirectory(testEnv);
  const where = street === "" ? sql`true` : sql`street = ${street}`;
  const [[sums]] = await directory.read(
    directory.all<Record<string, number>>(
      sql`SELECT count(*) AS communities, coalesce(sum(branches), 0) AS branches, coalesce(sum(committees), 0) AS committees,
            coalesce(sum(term_ending), 0) AS termEnding, coalesce(sum(entity_known), 0) AS entityKnown, coalesce(sum(entities), 0) AS entities,
            coalesce(sum(duties), 0) AS duties, coalesce(sum(duties_overdue), 0) AS dutiesOverdue, coalesce(sum(overdue), 0) AS overdue,
            coalesce(sum(overlap_seats), 0) AS overlapSeats, coalesce(sum(overlap_least), 0) AS overlapLeast,
            coalesce(sum(overlap_most), 0) AS overlapMost, coalesce(sum(chairs_secretary), 0) AS chairsSecretary
          FROM district_part WHERE district = ${district} AND ${where}`,
    ),
  );
  return sums!;
}

const FIGURES: readonly Partial<Figures>[] = [
  {},
  { branch: true },
  { branch: true, committee: true, hadCommittee: true, seats: 5, overlap: { seats: 5, least: 2, most: 2 } },
  { committee: true, hadCommittee: true, seats: 7, entityForm: "private_non_enterprise", termEnding: true },
  { branch: true, entityForm: "none", duties: { all: 10, overdue: 3 } },
  { duties: { all: 10, overdue: 0 }, publishedOn: "2026-10-01", publishedLately: true, chairIsSecretary: true },
];

describe("a street's sums", () => {
  test("are those of its rows, however they come, change, move and go", async () => {
    const district = newDistrict();
    const streets = ["甲街道", "乙街道"];
    const ids = await Promise.all(
      Array.from({ length: 24 }, (_, at) => row({ district, street: streets[at % 2]! }, FIGURES[at % FIGURES.length])),
    );
    // Computed again with other figures, some of them on another street, some by two at once.
    await Promise.all(
      ids.flatMap((id, at) =>
        [1, 2].map((step) =>
          row({ district, street: streets[(at + step) % 2]! }, FIGURES[(at + step) % FIGURES.length], {
            id,
            now: T0 + step * HOUR,
          }),
        ),
      ),
    );
    const directory = openDirectory(testEnv);
    await directory.write([directory.run(sql`DELETE FROM district_row WHERE community_id = ${ids[0]!}`)]);
    for (const street of ["", ...streets])
      expect(await totalOf(district, street)).toMatchObject(await addedUp(district, street));
    expect((await totalOf(district))!.communities).toBe(23);
  });

  test("take no notice of a row computed earlier than the one that stands", async () => {
    const place = { district: newDistrict(), street: "甲街道" };
    const id = await row(place, { branch: true }, { now: T0 + HOUR });
    await row(place, { branch: false }, { id, now: T0 });
    expect(await totalOf(place.district)).toMatchObject({ communities: 1, branches: 1, asOf: T0 + HOUR });
    await row(place, { branch: false }, { id, now: T0 + 2 * HOUR });
    expect(await totalOf(place.district)).toMatchObject({ communities: 1, branches: 0, asOf: T0 + 2 * HOUR });
  });

  test("a street that lost its last community is not there any more", async () => {
    const district = newDistrict();
    const id = await row({ district, street: "旧街道" });
    await row({ district, street: "新街道" }, {}, { id, now: T0 + HOUR });
    expect(
      (await get(`/districts/${encodeURIComponent(district)}/streets/${encodeURIComponent("旧街道")}`)).status,
    ).toBe(404);
    const { text } = await get(`/districts/${encodeURIComponent(district)}`);
    expect(text).toContain("新街道");
    expect(text).not.toContain("旧街道");
  });
});

describe("three hundred communities", () => {
  const filled = async (count: number) => {
    const place = { district: newDistrict(), street: "璧城街道" };
    for (let start = 0; start < count; start += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, count - start) }, (_, at) => {
          const no = start + at;
          // As the seed has them of 300: 180 with a branch, 105 with a committee, 78 of these legal persons.
          return row(
            place,
            {
              branch: no < 180,
              committee: no < 105,
              hadCommittee: no < 105,
              seats: no < 105 ? 5 : 0,
              termEnding: no < 12,
              entityForm: no < 78 ? "private_non_enterprise" : null,
              duties: no % 3 === 0 ? { all: 10, overdue: no % 9 === 0 ? 1 : 0 } : null,
            },
            { name: `小区${String(no).padStart(3, "0")}` },
          );
        }),
      );
    return place;
  };
  const streetPath = ({ district, street }: { district: string; street: string }) =>
    `/districts/${encodeURIComponent(district)}/streets/${encodeURIComponent(street)}`;

  test("are drawn and told in sums, fifty a page, each with the way to its own home", async () => {
    const place = await filled(300);
    const path = streetPath(place);
    const { status, text } = await get(path);
    expect(status).toBe(200);
    const said = textOf(text);
    expect(said).toContain("300个小区");
    expect(said).toMatch(/建立了小区党支部 180 \/ 300\s*个 60\.00%/);
    expect(said).toMatch(/有业委会在任 105 \/ 300\s*个 35\.00%/);
    expect(said).toMatch(/业委会登记为法人 78 \/ 300\s*个 26\.00%/);
    expect(said).toContain("222个小区暂无登记");
    expect(said).toContain("其中12个任期将满或已满");
    expect(text.match(/href="\/c\/r-/g)).toHaveLength(A_PAGE);
    expect(text).toContain("<svg");
    expect(said).toContain("第1页，共6页");
    const last = await get(`${path}?page=6`);
    expect(textOf(last.text)).toContain("小区299");
    expect((await get(`${path}?page=7`)).status).toBe(404);
    const district = await get(`/districts/${encodeURIComponent(place.district)}`);
    expect(textOf(district.text)).toMatch(/璧城街道 300 180 105 78 12 34/);
    expect(textOf((await get("/districts")).text)).toContain(place.district);
  });

  test.each([
    ["no_committee", 195, "小区105"],
    ["overdue", 34, "小区000"],
    ["term_ending", 12, "小区000"],
  ] as const)("filtered by %s are %i, counted from the sums", async (filter, count, first) => {
    const place = await filled(300);
    const { text } = await get(`${streetPath(place)}?filter=${filter}`);
    expect(textOf(text)).toContain(`（${count}）`);
    const found = await readStreet(testEnv, { ...place, filter }, 1);
    expect(found!.rows[0]!.name).toBe(first);
    expect(found!.rows).toHaveLength(Math.min(A_PAGE, count));
    expect(found!.pages).toBe(Math.ceil(count / A_PAGE));
  });

  test("cost one round trip, and as many rows read as a street of sixty", async () => {
    const cost = async (count: number, query = "") => {
      const place = await filled(count);
      const { env, asked } = countingEnv();
      expect((await get(`${streetPath(place)}${query}`, T0, env)).status).toBe(200);
      return { ...asked };
    };
    for (const query of ["", "?filter=no_committee"]) {
      const [few, many] = [await cost(60, query), await cost(300, query)];
      expect(many.roundTrips).toBe(1);
      expect(many.rowsWritten).toBe(0);
      // A search by range looks at the row behind its range, which is there or not.
      if (query === "") expect(Math.abs(many.rowsRead - few.rowsRead)).toBeLessThanOrEqual(2);
      else expect(many.rowsRead).toBeLessThanOrEqual(2 * A_PAGE + 5);
    }
    const { env, asked } = countingEnv();
    const place = await filled(300);
    await get(`/districts/${encodeURIComponent(place.district)}`, T0, env);
    expect(asked.roundTrips).toBe(1);
    expect(asked.rowsRead).toBeLessThan(10);
  }, 60_000);

  test("are a file that no spreadsheet calculates, of what the page has", async () => {
    const place = { district: newDistrict(), street: "璧城街道" };
    await row(place, FIGURES[2], { name: '=HYPERLINK("http://elsewhere")' });
    await row(place, FIGURES[4], { name: "乙" });
    const answer = await get(`${streetPath(place)}/communities.csv`);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const lines = answer.text
      .replace(/^\ufeff/, "")
      .trim()
      .split("\r\n");
    expect(lines[0]).toBe(
      "区县,街道,小区,小区党支部,业主委员会,本届任期,法人登记,最近一次公布,职责清单,交叉任职,主任兼支部书记,截至",
    );
    expect(lines).toHaveLength(3);
    expect(answer.text).toContain(`"'=HYPERLINK(""http://elsewhere"")"`);
    expect(answer.text).toContain("未登记,暂无,10项，逾期3项");
    expect(answer.text).toContain("5席中2席");
    const filtered = await get(`${streetPath(place)}/communities.csv?filter=overdue`);
    expect(filtered.text.trim().split("\r\n")).toHaveLength(2);
    const none = await get(`${streetPath(place)}/communities.csv?filter=term_ending`);
    expect([none.status, none.text.trim().split("\r\n").length]).toEqual([200, 1]);
    const whole = await get(`/districts/${encodeURIComponent(place.district)}/communities.csv`);
    expect(whole.text.trim().split("\r\n")).toHaveLength(3);
    expect((await get(`${streetPath({ ...place, street: "没有" })}/communities.csv`)).status).toBe(404);
  });

  test("are data, and unknown is null", async () => {
    const place = { district: newDistrict(), street: "璧城街道" };
    await row(place, FIGURES[2], { name: "甲" });
    await row(place, {}, { name: "乙" });
    const path = `/api/districts/${encodeURIComponent(place.district)}`;
    const district = await getJson<{ streets: { street: string; sums: { communities: number } }[] }>(path);
    expect(district.streets).toMatchObject([
      { street: "璧城街道", sums: { communities: 2, branches: 1, committees: 1 } },
    ]);
    const street = await getJson<{ communities: Record<string, unknown>[]; pages: number }>(
      `${path}/streets/${encodeURIComponent(place.street)}`,
    );
    expect(street.communities).toMatchObject([
      { name: "乙", branch: false, entity: null, duties: null, overlap: null, publishedOn: null },
      { name: "甲", branch: true, committee: { inOffice: true, seats: 5, termUntil: null } },
    ]);
    const { districts } = await getJson<{ districts: { district: string }[] }>("/api/districts");
    expect(districts.map(({ district: name }) => name)).toContain(place.district);
    const app = createApp({ demo: false, now: async () => T0 });
    const ask = async (query: string) =>
      (await app.request(`http://localhost${path}/streets/${encodeURIComponent(place.street)}${query}`, {}, testEnv))
        .status;
    expect(await ask("?filter=nonsense")).toBe(422);
    expect(await ask("?page=0")).toBe(422);
    expect(await ask("?page=2")).toBe(404);
    expect(
      (await app.request(`http://localhost/api/districts/${encodeURIComponent("无此区")}`, {}, testEnv)).status,
    ).toBe(404);
  });
});

describe("a community's own row", () => {
  const rowOf = async (community: CommunityAddress) => {
    const directory = openDirectory(testEnv);
    const [[found]] = await directory.read(
      directory.all<{ committee: number; branch: number; seats: number; asOf: number; termUntil: string | null }>(
        sql`SELECT committee, branch, seats, as_of AS asOf, term_until AS termUntil FROM district_row WHERE community_id = ${community.id}`,
      ),
    );
    return found;
  };

  test("is computed from its own database in one round trip, and says nothing it does not know", async () => {
    const community = await makeStaffedCommunity();
    const scene = sceneAt(community);
    const computed = await computeFigures(scene);
    expect(scene.db.meter.roundTrips).toBe(1);
    expect(scene.db.meter.rowsWritten).toBe(0);
    expect(computed).toMatchObject({
      place: { street: "璧城街道", district: "璧山区" },
      figures: {
        branch: true,
        committee: true,
        seats: 1,
        termUntil: null,
        entityForm: null,
        publishedOn: null,
        duties: null,
      },
    });
  });

  test("has the term of its newest mandate, and says when a re-election is due", async () => {
    const community = await makeStaffedCommunity();
    const scene = sceneAt(community);
    const [[body]] = await scene.db.read(
      scene.db.all<{ bodyId: string }>(
        sql`SELECT body_id AS bodyId FROM office_body WHERE community_id = ${community.id} AND kind = 'committee'`,
      ),
    );
    const until = endOf(addMonths(dayOf(T0), 3));
    const { statements } = insertMandate(
      scene,
      {
        bodyId: body!.bodyId,
        number: 1,
        electionId: null,
        seats: 5,
        legalLeast: 5,
        alternatesMost: 2,
        fromAt: startOf(addMonths(dayOf(T0), -57)),
        untilAt: until,
        document: "委员会〔2022〕1号",
      },
      await personIn(community, "secretary"),
    );
    const written = await scene.db.write(statements);
    expect(written.ok).toBe(true);
    expect((await computeFigures(sceneAt(community)))!.figures).toMatchObject({
      termUntil: addMonths(dayOf(T0), 3),
      termEnding: true,
    });
    expect((await computeFigures(sceneAt(community, T0 - DAY_MS)))!.figures.termEnding).toBe(false);
  });

  test("counts its duties as its own page does, and those that were missed", async () => {
    const community = await makeStaffedCommunity();
    const scene = staffSceneAt(community, "person-branch", ["duty.manage"]);
    const [[branch]] = await scene.db.read(
      scene.db.all<{ bodyId: string }>(
        sql`SELECT body_id AS bodyId FROM office_body WHERE community_id = ${community.id} AND kind = 'branch'`,
      ),
    );
    expect((await adoptTen(scene, { bodyId: branch!.bodyId }, newId<string>(systemRandom))).ok).toBe(true);
    const of = async (now: number) => (await computeFigures(sceneAt(community, now)))!.figures.duties;
    expect(await of(T0)).toEqual({ all: 10, overdue: 0 });
    const later = await countDuties(sceneAt(community, T0 + 100 * DAY_MS));
    expect(later.overdue).toBeGreaterThan(0);
    expect(await of(T0 + 100 * DAY_MS)).toEqual({ all: later.duties, overdue: later.overdue });
  });

  test("is written by cron for who has none or an old one, and not every time", async () => {
    const community = await makeStaffedCommunity();
    expect((await listDueRollUps(testEnv, T0)).has(community.id)).toBe(true);
    await runEverywhere(testEnv, T0, "http://localhost");
    expect(await rowOf(community)).toMatchObject({ committee: 1, branch: 1, seats: 1, asOf: T0 });
    expect((await listDueRollUps(testEnv, T0 + HOUR)).has(community.id)).toBe(false);
    expect((await listDueRollUps(testEnv, T0 + HOUR + 1)).has(community.id)).toBe(true);
  }, 60_000);

  test("follows an act at the desk at once, and nothing that was refused", async () => {
    const community = await makeStaffedCommunity();
    await rollUp(sceneAt(community));
    const later = T0 + 10 * 60_000;
    const secretary = await signedIn(community, "secretary", later);
    const holders = await holdersAsOf(sceneAt(community), dayOf(T0));
    const teller = holders.find(({ postKind }) => postKind === "teller")!;
    const action = `/c/${community.slug}/desk/offices/end/${teller.tenureId}`;
    await secretary.get(action);
    const leaving = { act: "resignation", document: "辞职信" };
    await secretary.submit(action, { ...leaving, endsOn: "2020-01-01", step: "review" });
    expect(await rowOf(community)).toMatchObject({ asOf: T0 });
    await secretary.submit(action, { ...leaving, endsOn: dayOf(later), step: "review" });
    expect(await rowOf(community)).toMatchObject({ asOf: T0 });
    expect((await secretary.submit(action, { step: "confirm" })).status).toBe(303);
    expect(await rowOf(community)).toMatchObject({ asOf: later });
  });

  test("a district nobody lies in is not there", async () => {
    expect((await get(`/districts/${encodeURIComponent("没有这个区")}`)).status).toBe(404);
  });
});
