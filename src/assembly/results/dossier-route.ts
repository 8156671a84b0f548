/** Where the dossier of a meeting is downloaded from. What is in it: dossier.ts. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { zipOf } from "../../platform/archive.ts";
import type { AppEnv } from "../../platform/context.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { readNumber } from "../meeting/addresses.ts";
import { dossierFiles } from "./dossier.ts";
import { readDossier } from "./dossier-reading.ts";

export const dossierRoutes = new Hono<AppEnv>();

const UNSIGNED: Problem = {
  code: "dossier-unsigned",
  status: 503,
  title: { zh: "现在不能生成档案", en: "The dossier cannot be made now" },
  detail: {
    zh: "公开记录现在不能签名，没有签名的档案证明不了什么。",
    en: "The record cannot be signed at present, and a dossier without its signature proves nothing.",
  },
  next: {
    zh: "请查看公开记录页上写明的原因，稍后再试。",
    en: "See the reason on the page of the record, and try again later.",
  },
};

// It holds nothing personal and no choice (dossier.ts), so whoever may read meetings may have it.
dossierRoutes.get(
  "/desk/meetings/:number/dossier.zip",
  requires("objection.answer", "audit.read", "meeting.read"),
  async (c) => {
    const number = readNumber(c.req.param("number"));
    const read = number === null ? null : await readDossier(c.var.scene, number);
    if (!read) return c.notFound();
    if (!read.ok) return problemResponse(c, UNSIGNED);
    const { entries } = read.value;
    // Dated by its last entry, not by the clock: the same state is the same bytes.
    const bytes = zipOf(dossierFiles(read.value), entries.at(-1)?.at ?? 0);
    return c.body(bytes, 200, {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${c.var.scene.community.slug}-meeting-${number}-dossier.zip"`,
    });
  },
);
