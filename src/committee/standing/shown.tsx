/** How the committee's seats and term stand, in words and a drawing, for every page that says so. Markup only. */
import { dayOf, endOf } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import type { Standing } from "./actions.ts";
import { CARETAKER_MATTERS, daysLeft, lastDayOf, renewalFrom } from "./rules.ts";

/** Seats as squares: full ones sit, empty ones are vacant. The words beside it say the same. */
const SeatsDrawn = ({ seats, sitting, label }: { seats: number; sitting: number; label: string }) => (
  <svg role="img" aria-label={label} viewBox={`0 0 ${seats * 26} 24`} width={seats * 26} height="24">
    {Array.from({ length: seats }, (_, at) => (
      <rect
        x={at * 26 + 1}
        y="1"
        width="22"
        height="22"
        rx="4"
        fill={at < sitting ? "var(--pine)" : "none"}
        stroke="var(--pine)"
        stroke-width="2"
      />
    ))}
  </svg>
);

/** As much of a standing as is shown: who sits is counted, and the next alternate named. */
export type StandingShown = Pick<Standing, "mandate" | "seats" | "phase" | "settings" | "electionUnderWay"> & {
  readonly members: { readonly length: number };
  readonly alternates: readonly { readonly name: string; readonly rank: number }[];
};

/** Seats, term and what they ask for. `desk` adds where an officer goes next. */
export const StandingSection = ({ c, standing, desk }: { c: AppContext; standing: StandingShown; desk?: boolean }) => {
  const { t, lang, scene, now } = c.var;
  const { mandate, seats, phase, members, alternates, settings } = standing;
  const { slug } = scene.community;
  if (!mandate || !seats || !phase) return null;
  const vacant = mandate.seats - members.length;
  const last = lastDayOf(mandate);
  const drawn = t(
    `${mandate.seats}个席位，现任${members.length}人${vacant > 0 ? `，空缺${vacant}个` : ""}`,
    `${mandate.seats} seats, ${members.length} taken${vacant > 0 ? `, ${vacant} vacant` : ""}`,
  );
  return (
    <>
      <FactList>
        <Fact label={t("席位", "Seats")}>
          <SeatsDrawn seats={mandate.seats} sitting={members.length} label={drawn} />
          {drawn}
          {alternates.length > 0 ? t(`；候补${alternates.length}人`, `; ${alternates.length} alternates`) : ""}
        </Fact>
        <Fact label={t("任期", "Term")}>
          {t(
            `第${mandate.number}届，${sayDay(dayOf(mandate.fromAt), lang)}至${sayDay(last, lang)}`,
            `No. ${mandate.number}, ${sayDay(dayOf(mandate.fromAt), lang)} to ${sayDay(last, lang)}`,
          )}
          {phase === "over"
            ? t("（已届满）", " (over)")
            : t(`，还有${daysLeft(mandate, dayOf(now))}天`, `, ${daysLeft(mandate, dayOf(now))} days left`)}
        </Fact>
      </FactList>
      {seats === "too_few" ? (
        <Callout tone="bad" title={t("委员人数不足，应当补选", "Too few members: a by-election is due")}>
          <p>
            {t(
              `现任${members.length}人，不到席位的一半或低于法定最低${mandate.legalLeast}人，又没有候补。`,
              `${members.length} sit: fewer than half of the seats, or than the least of ${mandate.legalLeast}, and no alternates are left.`,
            )}
            {t("依据：《业主大会和业主委员会指导规则》第四十六条。", "Ground: Guiding Rules art. 46.")}
          </p>
          {desk && !standing.electionUnderWay ? (
            <ButtonLink href={`/c/${slug}/desk/elections/new`}>{t("发起补选", "Call a by-election")}</ButtonLink>
          ) : null}
        </Callout>
      ) : null}
      {seats === "alternates_due" ? (
        <Callout
          tone="warn"
          title={t(`有${vacant}个席位空缺，由候补递补`, `${vacant} vacant: the next alternate moves up`)}
        >
          <p>
            {t(
              `下一位：${alternates[0]?.name ?? ""}（第${alternates[0]?.rank ?? 1}候补）。`,
              `Next: ${alternates[0]?.name ?? ""} (alternate no. ${alternates[0]?.rank ?? 1}).`,
            )}
          </p>
        </Callout>
      ) : null}
      {phase === "renewal_due" ? (
        <Callout tone="warn" title={t("应当启动换届选举", "Re-election is due")}>
          <Clock t={t} lang={lang} label={t("本届到期", "The term ends")} at={endOf(last)} now={now} />
          <p>
            {t(
              `应在${sayDay(renewalFrom(mandate, settings.leadMonths.value), lang)}前启动。依据：《业主大会和业主委员会指导规则》第四十七条。`,
              `It was due to begin by ${sayDay(renewalFrom(mandate, settings.leadMonths.value), lang)}. Ground: Guiding Rules art. 47.`,
            )}
          </p>
          {desk ? (
            <ButtonLink href={`/c/${slug}/desk/elections/new`}>{t("发起换届选举", "Call the election")}</ButtonLink>
          ) : null}
        </Callout>
      ) : null}
      {phase === "over" ? (
        <Callout tone="bad" title={t("本届业委会任期已满", "This committee's term is over")}>
          <p>
            {standing.electionUnderWay
              ? t("换届选举正在进行。", "The election of the next one is under way.")
              : t(
                  "还没有选出新一届。业主可以请街道办事处组织。",
                  "No successor was elected. Owners may ask the street office to organise it.",
                )}
          </p>
        </Callout>
      ) : null}
      {phase !== "running" && settings.caretakerBars.value.length > 0 ? (
        <Callout tone="info" title={t("换届期间不作决定的事项", "Not decided during re-election")}>
          <p>{settings.caretakerBars.value.map((matter) => CARETAKER_MATTERS[matter][lang]).join(t("；", "; "))}</p>
        </Callout>
      ) : null}
    </>
  );
};
