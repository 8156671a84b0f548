/** Where freezing the population and drawing a sample are sent to. Routes only. */
import { Hono } from "hono";
import { type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { acting, worksOnAudits } from "../desk.tsx";
import { drawNext, freezePopulation } from "./actions.ts";
import { readAsked } from "./forms.tsx";

/** Mounted at /c/:slug. */
export const deskSampleRoutes = new Hono<AppEnv>();
const HERE = "/desk/ledger/audits/:number{[1-9][0-9]{0,5}}";

deskSampleRoutes.post(`${HERE}/freeze`, worksOnAudits, (c) => acting(c, (id) => freezePopulation(staffScene(c), id)));

deskSampleRoutes.post(`${HERE}/draw`, worksOnAudits, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed = {
    method: one(body, "method"),
    size: one(body, "size"),
    from: one(body, "from"),
    kind: one(body, "kind"),
  };
  const asked = readAsked(typed);
  const sampleNo = Number(one(body, "sample")) || 0;
  return acting(
    c,
    async (id) =>
      asked ? drawNext(staffScene(c), id, sampleNo, asked) : { ok: false, error: { reason: "sample_empty" } },
    typed,
  );
});
