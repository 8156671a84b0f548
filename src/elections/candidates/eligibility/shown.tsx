/** What was decided on a person, with reasons, appeals and rulings; and a filled-in checklist. Markup only; who may read it the page has asked. */
import type { AppContext } from "../../../platform/context.ts";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../../platform/ui/moments.ts";
import { openReason } from "./actions.ts";
import { openAppeal, openRuling } from "./appeals.ts";
import { listAppeals, listDecisions, listRulings } from "./store.ts";

/** Every decision, the newest first. Reasons are for the person and for those who check, decide and rule. */
export const Decisions = async ({ c, candidacyId }: { c: AppContext; candidacyId: string }) => {
  const { t, lang, scene } = c.var;
  const [decisions, appeals, rulings] = await scene.db.read(
    listDecisions(scene, candidacyId),
    listAppeals(scene, candidacyId),
    listRulings(scene, candidacyId),
  );
  const opened = await Promise.all(
    decisions.map(async (decision) => {
      const appeal = appeals.find(({ decisionNo }) => decisionNo === decision.decisionNo);
      const ruling = rulings.find(({ decisionNo }) => decisionNo === decision.decisionNo);
      return {
        decision,
        reason: await openReason(scene, decision),
        appeal: appeal ? await openAppeal(scene, appeal) : null,
        ruling: ruling ? { outcome: ruling.outcome, reason: await openRuling(scene, ruling) } : null,
      };
    }),
  );
  const said = (outcome: "eligible" | "ineligible"): string =>
    outcome === "eligible" ? t("符合条件", "eligible") : t("不符合条件", "not eligible");
  if (opened.length === 0) return null;
  return (
    <>
      <h2>{t("资格决定", "Decisions")}</h2>
      {opened.map(({ decision, reason, appeal, ruling }) => (
        <FactList>
          <Fact label={t("决定", "Decided")}>
            {said(decision.outcome)}
            {t("，", ", ")}
            {sayInstant(decision.decidedAt, lang)}
          </Fact>
          <Fact label={t("理由", "Why")}>{reason}</Fact>
          {decision.outcome === "ineligible" ? (
            <Fact label={t("可以申诉到", "Appeal until")}>{sayDeadline(decision.appealUntil, lang)}</Fact>
          ) : null}
          {appeal ? <Fact label={t("本人申诉", "The appeal")}>{appeal}</Fact> : null}
          {ruling ? (
            <Fact label={t("街道裁定", "The street ruled")}>
              {said(ruling.outcome)}
              {t("。", ". ")}
              {ruling.reason}
            </Fact>
          ) : null}
        </FactList>
      ))}
    </>
  );
};
