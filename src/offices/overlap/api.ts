/** The overlap of one community as open data: figures, history and wish; names only where the public page has them. Reads only. */
import { createRoute, z } from "@hono/zod-openapi";
import { dayOf, isoInstant } from "../../kernel/day.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { type PublicOverlap, readOverlap } from "./actions.ts";
import type { Figure } from "./rules.ts";

/** Mounted at /. */
export const overlapApi = newApi();

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);
const whole = (description: string) => said(z.int().min(0), description);

const OverlapFigure = z
  .strictObject({
    seats: whole("业主委员会的席位：主任、副主任、委员，每人一席 | Seats: chair, deputies, members, one a person"),
    least: whole("其中支部成员至少几席 | Held by people of the branch, at least"),
    most: whole("其中支部成员至多几席 | Held by people of the branch, at most"),
  })
  .openapi("OverlapFigure", {
    description:
      "支部成员担任的席位。确切数字会等于说出某人姓名时，只给出范围，其余时候 least 等于 most | Seats held by people of the branch. A range where the exact figure would be as good as a name, else least equals most",
  });

const Overlap = z
  .strictObject({
    asOf: day("截至哪一天（24:00） | As of the end of this day"),
    figure: OverlapFigure,
    alternates: whole("候补委员，没有席位 | Alternates, who have no seat"),
    branchPeople: whole("在支部任职的人数 | People in office in the branch"),
    branches: z.array(
      z.strictObject({
        name: z.string(),
        apart: said(z.boolean(), "真：没有人在业主委员会 | true: nobody of it sits in the committee"),
      }),
    ),
    chairIsSecretary: said(
      z.boolean().nullable(),
      "业委会主任是否就是支部书记；有一个职务空缺时为空 | Whether the chair is the branch secretary; null while one post is vacant",
    ),
    named: said(
      z.array(
        z.strictObject({
          name: z.string(),
          committee: z.string(),
          branch: z.string(),
          committeeSince: day("在业委会，从哪天起 | In the committee since"),
          branchSince: day("在支部，从哪天起 | In the branch since"),
          direction: said(
            z.enum(["into_committee", "into_branch", "same_day"]),
            "先在支部后当选；先当选后进支部；同一天 | From the branch by election; from the committee by the branch; on one day",
          ),
        }),
      ),
      "职务公开或本人同意公开的人 | Those whose post is public or who agreed to be named",
    ),
    wish: z.strictObject({
      least: whole("期望至少几位，0 表示没有 | At least so many wished; 0 for none"),
      share: said(z.string().nullable(), "期望的份额，例如 1/3 | The share wished for, such as 1/3"),
      chairIsSecretary: z.boolean(),
      source: said(z.string(), "依据；空表示默认值 | What it rests on; empty for the default"),
      met: said(
        z.array(
          z.strictObject({
            kind: z.enum(["least", "share", "chair"]),
            met: said(z.boolean().nullable(), "不便公布时为空 | null where it cannot be said"),
          }),
        ),
        "只作对照，不影响任何人的资格 | Compared only; it decides nobody's eligibility",
      ),
    }),
    history: said(
      z.array(z.strictObject({ from: day("从哪天起 | From this day"), figure: OverlapFigure })),
      "历次变化，最多十年 | How it changed, ten years at most",
    ),
    waiversUsed: whole("凭例外任职的次数 | Offices taken by a waiver"),
    page: said(z.url(), "网页 | Its page"),
    generatedAt: z.string(),
  })
  .openapi("Overlap");

const figure = ({ seats, least, most }: Figure) => ({ seats, least, most });

export const answerOf = (
  overlap: PublicOverlap,
  origin: string,
  slug: string,
  now: number,
): z.infer<typeof Overlap> => {
  const { wish } = overlap;
  return {
    asOf: overlap.day,
    figure: figure(overlap.figure),
    alternates: overlap.alternates,
    branchPeople: overlap.branchPeople,
    branches: overlap.branches.map((branch) => ({
      name: branch.nameZh,
      apart: overlap.apart.some(({ bodyId }) => bodyId === branch.bodyId),
    })),
    chairIsSecretary: overlap.chairIsSecretary,
    named: overlap.named.map((one) => ({
      name: one.name,
      committee: one.committee.zh,
      branch: one.branch.zh,
      committeeSince: dayOf(one.committeeSince),
      branchSince: dayOf(one.branchSince),
      direction: one.direction,
    })),
    wish: {
      least: wish.least,
      share: wish.share ? `${wish.share.part}/${wish.share.whole}` : null,
      chairIsSecretary: wish.chairIsSecretary,
      source: overlap.wishSource,
      met: overlap.wishLines.map(({ kind, met }) => ({ kind, met })),
    },
    history: overlap.history.map((point) => ({ from: point.day, figure: figure(point.figure) })),
    waiversUsed: overlap.usedWaivers,
    page: `${origin}/c/${slug}/overlap`,
    generatedAt: isoInstant(now),
  };
};

overlapApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/overlap",
    tags: ["offices"],
    summary: "交叉任职：业主委员会与党支部的重叠 | Cross-appointment: how far committee and branch overlap",
    description:
      "政治面貌是敏感个人信息：只有职务公开或本人单独同意的才有姓名，其余只计数。 | Affiliation is sensitive: names only where the post is public or the person agreed, figures otherwise.",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam },
    responses: {
      200: jsonAnswer(Overlap, "今天的重叠和历次变化 | The overlap today and how it changed"),
      404: problemAnswer("没有这个小区 | No such community"),
    },
  }),
  async (c) => {
    const { scene, now } = c.var;
    const overlap = await readOverlap(scene, dayOf(now), { limit: 1, offset: 0 });
    return c.json(answerOf(overlap, scene.origin, scene.community.slug, now), 200);
  },
);
