/** What was said of a candidacy so far, as its person and the desk read it: channels, answer, profile, declaration, decision. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { interestsAsked } from "../candidates/eligibility/rules.ts";
import { readMethod } from "../method/rules.ts";
import { INTEREST_WORDS, type Profile } from "./person/rules.ts";
import type { CandidacyView } from "./reading.ts";
import type { Stage } from "./rules.ts";
import { channelsOf } from "./store.ts";
import { ADDRESS_WORDS, AGE_WORDS, CHANNEL_WORDS, STAGE_TONE, STAGE_WORDS } from "./words.ts";

export const StageWord = ({ c, stage }: { c: AppContext; stage: Stage }) => (
  <StatusWord tone={STAGE_TONE[stage]}>{pick(STAGE_WORDS[stage], c.var.lang)}</StatusWord>
);

/** Through which channels, when, and for a joint nomination how many support it. */
export const Channels = ({ c, view }: { c: AppContext; view: CandidacyView }) => {
  const { t, lang } = c.var;
  const least = readMethod(view.election.method).supportersLeast.value;
  return (
    <>
      <DataTable
        caption={t("提名渠道", "Ways they were named")}
        rows={view.nominations}
        columns={[
          { label: t("渠道", "Way"), head: true, cell: ({ channel }) => pick(CHANNEL_WORDS[channel].name, lang) },
          { label: t("依据", "Document"), cell: ({ document }) => document || "—" },
          { label: t("登记", "Entered"), cell: ({ madeAt }) => sayInstant(madeAt, lang) },
        ]}
      />
      {channelsOf(view.row).includes("joint") ? (
        <p>
          {t(
            `联名附议${view.row.supports}人，需要${least}人。决定资格时按提名截止日的名册再核对。`,
            `${view.row.supports} owners support it, ${least} are needed; they are compared with the roll of the last day of nominations when it is decided.`,
          )}
        </p>
      ) : null}
    </>
  );
};

/** The profile as it will be published. */
export const ProfileFacts = ({ c, profile }: { c: AppContext; profile: Profile }) => {
  const { t, lang } = c.var;
  const age =
    profile.birthYear !== null
      ? t(`${profile.birthYear}年生`, `born ${profile.birthYear}`)
      : profile.ageBand
        ? pick(AGE_WORDS[profile.ageBand], lang)
        : t("不公开", "not published");
  return (
    <FactList>
      <Fact label={t("房屋", "Home")}>{pick(ADDRESS_WORDS[profile.addressShown].name, lang)}</Fact>
      <Fact label={t("年龄", "Age")}>{age}</Fact>
      <Fact label={t("职业", "Occupation")}>{profile.occupation || t("不公开", "not published")}</Fact>
      <Fact label={t("自我介绍", "About yourself")}>
        {profile.introduction.split("\n").map((line) => (
          <p>{line}</p>
        ))}
      </Fact>
    </FactList>
  );
};

/** The declaration with what is public of it. */
export const DeclarationTable = ({ c, view }: { c: AppContext; view: CandidacyView }) => {
  const { t, lang } = c.var;
  const { declaration } = view;
  if (!declaration) return null;
  return (
    <DataTable
      caption={t("利益关系申报", "Declaration of interests")}
      rows={interestsAsked(view.criteria)}
      columns={[
        { label: t("事项", "Matter"), head: true, cell: (interest) => pick(INTEREST_WORDS[interest].question, lang) },
        {
          label: t("申报", "Answer"),
          cell: (interest) => {
            const answer = declaration.answers.find((one) => one.interest === interest);
            if (!answer) return "—";
            return answer.applies ? t(`有：${answer.detail}`, `yes: ${answer.detail}`) : t("没有", "no");
          },
        },
        {
          label: t("业主能看", "Owners may read it"),
          cell: (interest) => (declaration.publicItems.includes(interest) ? t("能", "yes") : t("不能", "no")),
        },
      ]}
    />
  );
};
