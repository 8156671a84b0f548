/** Everything of contracts and of the service under /c/:slug, put together. No behaviour of its own. */
import { Hono } from "hono";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import type { AppEnv } from "../../platform/context.ts";
import { deskServicePages } from "../service/desk.tsx";
import { inspectingDeskPages } from "../service/inspections/desk.tsx";
import { publicServicePages } from "../service/public.tsx";
import { linkedRatingPages } from "../service/ratings/linked.tsx";
import { myServicePages } from "../service/ratings/my.tsx";
import { deskRequestPages } from "../service/requests/desk.tsx";
import { myRequestPages } from "../service/requests/my.tsx";
import { SERVICE_SETTINGS } from "../service/settings.ts";
import { payingDeskPages } from "./paying-desk.tsx";
import "./announced.tsx"; // register what they add elsewhere as they load
import "../service/announced.tsx";
import { contractChangePages } from "./changing-form.tsx";
import { deskContractPages } from "./desk.tsx";
import { contractFormPages } from "./form.tsx";
import { publicContractPages } from "./public.tsx";
import { CONTRACT_SETTINGS } from "./settings.ts";

/** Mounted at /c/:slug. */
export const contractRoutes = new Hono<AppEnv>();
contractRoutes.route(
  "/",
  settingsRoutes({
    kit: CONTRACT_SETTINGS,
    path: "/desk/contracts/settings",
    title: { zh: "服务合同的规则", en: "The rules of service contracts" },
    intro: {
      zh: "几天内签订和备案、不经业主大会能变更多少、到期前几天提醒，在这里按当地规定和议事规则设定。",
      en: "How soon a contract is written and filed, how far it may change without the owners, and when its end is told of.",
    },
    manage: "settings.manage",
    see: ["tender.read", "tender.draft", "tender.decide"],
  }),
);
contractRoutes.route(
  "/",
  settingsRoutes({
    kit: SERVICE_SETTINGS,
    path: "/desk/contracts/service-settings",
    title: { zh: "服务评价的规则", en: "The rules of service reports" },
    intro: {
      zh: "多久评价一次、业主哪些天评分、三项怎样加权、几户以上才公布，在这里设定。已经公布的报告不变。",
      en: "How often the service is scored, when owners rate, how the parts weigh and how many households it takes. Published reports stay as they are.",
    },
    manage: "settings.manage",
    see: ["tender.read", "tender.draft", "tender.decide"],
  }),
);
// Forms first: `/desk/contracts/:number` would take `new` for a number.
for (const part of [
  contractFormPages,
  contractChangePages,
  deskRequestPages,
  deskServicePages,
  inspectingDeskPages,
  payingDeskPages,
  deskContractPages,
  myServicePages,
  myRequestPages,
  linkedRatingPages,
  publicServicePages,
  publicContractPages,
])
  contractRoutes.route("/", part);
