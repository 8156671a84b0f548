/** A tender's OCDS release package as a public JSON call: everything public in one round trip. Reads only; before the opening no bidder is in it. */
import { createRoute, z } from "@hono/zod-openapi";
import { dayOf } from "../../kernel/day.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { readTenderNumber } from "../addresses.ts";
import { listAmendments } from "../amendments/store.ts";
import { listBidders } from "../bidders/store.ts";
import { contractFrom, listContractsOfTender, listPaymentsOfTender } from "../contracts/store.ts";
import { listAwards, listWithdrawnAwards } from "../deciding/store.ts";
import { isReleased } from "../documents/rules.ts";
import { listDocuments } from "../documents/store.ts";
import { listOpenedBids } from "../opening/store.ts";
import { listTenderQuestions } from "../questions/store.ts";
import { schemeOf } from "../scheme/actions.ts";
import { spanOfPeriod } from "../service/rules.ts";
import { listReportsOfTender } from "../service/store.ts";
import { byTenderNumber, findScheme, findTender } from "../store.ts";
import { ocdsPackage } from "./rules.ts";

/** Mounted at /. */
export const ocdsApi = newApi();

const Package = z
  .looseObject({
    uri: z.url(),
    version: z.literal("1.1"),
    extensions: z.array(z.url()),
    publishedDate: z.string(),
    publisher: z.looseObject({ name: z.string() }),
    releases: z.array(
      z.looseObject({
        ocid: z.string(),
        id: z.string(),
        date: z.string(),
        tag: z.array(z.string()),
        initiationType: z.literal("tender"),
      }),
    ),
  })
  .openapi("OcdsReleasePackage");

ocdsApi.openapi(
  createRoute({
    method: "get",
    path: "/c/{slug}/tenders/{number}/ocds.json",
    summary: "一次选聘，按公开采购数据标准 OCDS 1.1 | One tender as an OCDS 1.1 release package",
    request: { params: SlugParam.extend({ number: z.string().openapi({ description: "选聘编号 | Its number" }) }) },
    middleware: [sceneOfPath] as const,
    responses: {
      200: jsonAnswer(Package, "发布包 | The release package"),
      404: problemAnswer("没有这个小区或这次选聘 | No such community or tender"),
    },
  }),
  async (c) => {
    const { scene, now } = c.var;
    const number = readTenderNumber(c.req.param("number"));
    if (number === null) return problemResponse(c, NOT_FOUND) as never;
    const key = byTenderNumber(scene, number);
    const [
      tenders,
      schemes,
      bidders,
      bids,
      awards,
      withdrawn,
      contracts,
      payments,
      reports,
      documents,
      amendments,
      questions,
    ] = await scene.db.read(
      findTender(scene, key),
      findScheme(scene, key),
      listBidders(scene, key),
      listOpenedBids(scene, key),
      listAwards(scene, key),
      listWithdrawnAwards(scene, key),
      listContractsOfTender(scene, key),
      listPaymentsOfTender(scene, key),
      listReportsOfTender(scene, key),
      listDocuments(scene, key),
      listAmendments(scene, key),
      listTenderQuestions(scene, key),
    );
    const [tender, written] = [tenders[0], schemes[0]];
    if (!tender || !written || tender.decidedAt === null) return problemResponse(c, NOT_FOUND) as never;
    const today = dayOf(now);
    const facts = {
      origin: scene.origin,
      community: scene.community,
      tender,
      scheme: schemeOf(written),
      bidders: tender.openedAt === null ? [] : bidders,
      bids,
      awards: [...awards.map((row) => ({ ...row, withdrawnAt: null })), ...withdrawn],
      contracts: contracts
        .map(contractFrom)
        .filter(({ state }) => state === "signed")
        .map((row) => ({
          ...row,
          implementation: {
            priceFen: row.terms.priceFen,
            plan: row.terms.plan,
            payments: payments.filter(({ contractId }) => contractId === row.contractId),
            reports: reports
              .filter(({ contractId }) => contractId === row.contractId)
              .map((one) => ({ ...one, toOn: spanOfPeriod(one.period).toOn })),
          },
        })),
      documents: documents.map((row) => ({ ...row, isReleased: isReleased(row, today) })),
      amendments,
      questions: questions.map((row) => ({
        ...row,
        shown: row.publishedAt === null ? null : row.draftShown,
        answer: row.publishedAt === null ? null : row.draftAnswer,
      })),
    };
    return c.json(ocdsPackage(facts) as z.infer<typeof Package>, 200);
  },
);
