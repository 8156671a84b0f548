/** The calculator over HTTP: the contract of its API, its problems with their pointers, and a page that works without scripts. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { calculatorApi } from "../../src/assembly/calculator/api.ts";
import { T0, testEnv } from "./community-of-test.ts";

const app = createApp({ demo: false, now: async () => T0 });

const EXAMPLE = {
  matter: 4,
  total: { owners: 817, areaM2: "115344.34" },
  participated: { owners: 646, areaM2: "92508.76" },
  inFavour: { owners: 411, areaM2: "58729.34" },
};
const ask = (body: unknown, headers: Record<string, string> = {}) =>
  app.request(
    "/api/calculator/decision",
    {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    },
    testEnv,
  );
interface ProblemBody {
  readonly status: number;
  readonly type: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}
const pointers = async (body: unknown): Promise<string[]> => {
  const response = await ask(body);
  expect(response.status).toBe(422);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  return ((await response.json()) as ProblemBody).errors.map(({ pointer }) => pointer);
};

describe("POST /api/calculator/decision", () => {
  test("answers a stranger with the outcome and its four checks", async () => {
    const response = await ask(EXAMPLE);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      outcome: "carried",
      checks: [
        {
          rule: "quorum",
          axis: "owners",
          part: "646",
          whole: "817",
          threshold: "2/3",
          strict: false,
          least: "545",
          holds: true,
        },
        {
          rule: "quorum",
          axis: "area",
          part: "92508.76",
          whole: "115344.34",
          threshold: "2/3",
          strict: false,
          least: "76896.23",
          holds: true,
        },
        {
          rule: "approval",
          axis: "owners",
          part: "411",
          whole: "646",
          threshold: "1/2",
          strict: true,
          least: "324",
          holds: true,
        },
        {
          rule: "approval",
          axis: "area",
          part: "58729.34",
          whole: "92508.76",
          threshold: "1/2",
          strict: true,
          least: "46254.39",
          holds: true,
        },
      ],
    });
  });
  test.each([
    ["half is not more than half", { ...EXAMPLE, inFavour: { owners: 323, areaM2: "46254.38" } }, "lost"],
    ["two thirds must take part", { ...EXAMPLE, participated: { owners: 544, areaM2: "92508.76" } }, "quorum_not_met"],
    ["raising the fund needs three quarters", { ...EXAMPLE, matter: 6 }, "lost"],
    [
      "a figure the notice leaves out",
      { ...EXAMPLE, participated: { owners: 646, areaM2: null } },
      "cannot_be_decided",
    ],
  ])("%s", async (_, body, outcome) => {
    const response = await ask(body);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ outcome });
  });

  test.each([
    [
      "more in favour than took part",
      { ...EXAMPLE, inFavour: { owners: 647, areaM2: "58729.34" } },
      ["/inFavour/owners"],
    ],
    [
      "more taking part than there are",
      { ...EXAMPLE, participated: { owners: 646, areaM2: "115344.35" } },
      ["/participated/areaM2"],
    ],
    ["a negative", { ...EXAMPLE, inFavour: { owners: -1, areaM2: "58729.34" } }, ["/inFavour/owners"]],
    ["matter 10", { ...EXAMPLE, matter: 10 }, ["/matter"]],
    ["matter as text", { ...EXAMPLE, matter: "4" }, ["/matter"]],
    ["five decimals", { ...EXAMPLE, total: { owners: 817, areaM2: "115344.34000" } }, ["/total/areaM2"]],
    [
      "an estate of nobody",
      { ...EXAMPLE, total: { owners: 0, areaM2: "0" } },
      ["/total/owners", "/total/areaM2", "/participated/owners", "/participated/areaM2"],
    ],
    ["area as a float", { ...EXAMPLE, total: { owners: 817, areaM2: 115344.34 } }, ["/total/areaM2"]],
    ["a missing figure", { ...EXAMPLE, total: { owners: 817 } }, ["/total/areaM2"]],
    ["a missing group", { matter: 4, total: EXAMPLE.total, participated: EXAMPLE.participated }, ["/inFavour"]],
    ["half an owner", { ...EXAMPLE, inFavour: { owners: 0.5, areaM2: "1" } }, ["/inFavour/owners"]],
  ])("%s is a 422 problem with its pointer", async (_, body, expected) => {
    expect((await pointers(body)).sort()).toEqual([...expected].sort());
  });
  test("a problem speaks Chinese, and English on request", async () => {
    const bad = { ...EXAMPLE, matter: 10 };
    const chinese = (await (await ask(bad)).json()) as ProblemBody;
    expect(chinese.errors[0]!.detail).toContain("事项只能是 1 到 9");
    const english = await app.request(
      "/api/calculator/decision?lang=en",
      { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(bad) },
      testEnv,
    );
    expect(((await english.json()) as ProblemBody).errors[0]!.detail).toContain("a number from 1 to 9");
  });
  test.each([
    ["{", 400],
    ["", 400],
    ["[]", 422],
    ["null", 422],
    ['"4"', 422],
  ])("a body of %j is the sender's fault, not an outage", async (body, status) => {
    expect((await ask(body)).status).toBe(status);
  });
  test("a form sent from elsewhere is not taken", async () => {
    expect((await ask("matter=4", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(403);
  });
  test("its contract stands in the OpenAPI document with an example that works", async () => {
    const document = calculatorApi.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "t", version: "1" } });
    const operation = document.paths?.["/api/calculator/decision"]?.post;
    const body = operation!.requestBody as { content: Record<string, { example: unknown }> };
    const media = body.content["application/json"]!;
    expect((await ask(media.example)).status).toBe(200);
    expect(Object.keys(operation?.responses ?? {})).toEqual(["200", "400", "422"]);
  });
});

describe("GET /calculator", () => {
  const get = async (query: string) => {
    const response = await app.request(`/calculator${query}`, {}, testEnv);
    return { status: response.status, html: await response.text() };
  };
  const SUM = "?matter=4&owners=817&area=115344.34&tookOwners=646&tookArea=92508.76&forOwners=411&forArea=58729.34";

  test("is open to strangers and offers an example", async () => {
    const { status, html } = await get("");
    expect(status).toBe(200);
    expect(html).toContain('method="get"');
    expect(html).not.toContain('id="result"');
    const example = /href="(\/calculator\?matter=4[^"]+)"/.exec(html)![1]!.replaceAll("&amp;", "&");
    const shown = await get(example.slice("/calculator".length));
    expect(shown.html).toContain("通过");
  });
  test("shows each inequality with its numbers and the article", async () => {
    const { status, html } = await get(SUM);
    expect(status).toBe(200);
    for (const part of ["646 × 3 = 1938", "58729.34", "《民法典》第二百七十八条第二款", "115344.34"])
      expect(html).toContain(part);
    expect(html).toContain('value="92508.76"');
  });
  test("says how much more it takes, among those who voted and from newcomers", async () => {
    const { html } = await get(SUM.replace("forOwners=411", "forOwners=320"));
    expect(html).toContain("未通过");
    expect(html).toContain("还差4人同意");
    expect(html).toContain("要7人");
  });
  test("says how much more must take part", async () => {
    const { html } = await get(SUM.replace("tookOwners=646", "tookOwners=540"));
    expect(html).toContain("还差5人参与表决");
  });
  test("a figure left empty is not guessed", async () => {
    const { status, html } = await get(SUM.replace("tookArea=92508.76", "tookArea="));
    expect(status).toBe(200);
    expect(html).toContain("缺少数字，不能判定");
  });
  test("takes figures as people copy them", async () => {
    const typed = {
      matter: "4",
      owners: "８１７人",
      area: "115,344.34㎡",
      tookOwners: "646",
      tookArea: "92508.76 平方米",
      forOwners: "411",
      forArea: "58729.34",
    };
    const { status, html } = await get(`?${new URLSearchParams(typed)}`);
    expect(status).toBe(200);
    expect(html).toContain("通过");
  });
  test.each([
    [
      "more in favour than took part",
      SUM.replace("forOwners=411", "forOwners=647"),
      "同意的人数：同意的不能多于参与表决的",
    ],
    ["a word for a number", SUM.replace("owners=817", "owners=many"), "总人数：人数应是整数"],
    ["matter 10", SUM.replace("matter=4", "matter=10"), "事项：事项只能是 1 到 9"],
  ])("%s is shown again with what was typed and the message beside the field", async (_, query, message) => {
    const { status, html } = await get(query);
    expect(status).toBe(422);
    expect(html).toContain(message);
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('value="92508.76"');
    expect(html).not.toContain('id="result"');
  });
  test("what is typed comes back as text, never as markup", async () => {
    const { html } = await get(`?owners=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).not.toContain("<script>alert");
  });
  test("in English on request", async () => {
    const { html } = await get(`${SUM}&lang=en`);
    expect(html).toContain("Carried");
    expect(html).toContain("choosing and dismissing the property service company");
  });
});
