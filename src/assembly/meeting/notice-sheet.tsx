/** The notice of a meeting in the accustomed form of a 公告: to whom, what, when, how, by what measure, signed. Markup only. */
import { formatArea } from "../../kernel/area.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import type { Weight } from "../../kernel/weight.ts";
import type { Lang, T } from "../../platform/i18n.ts";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { chineseNumeral } from "../../platform/ui/shares.ts";
import { type NoticeSection, NoticeSheet } from "../../platform/ui/sheets.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import type { Item } from "../agenda/rules.ts";
import { scopeWords } from "../agenda/words.ts";
import { passesWords } from "../ballots/words.ts";
import { CONVENER_WORDS, signedBy } from "../convening/words.ts";
import { matterText } from "../rules.ts";
import { isDefault, settingText, valueWords } from "../settings/explained.ts";
import { SETTING_NAMES } from "../settings/rules.ts";
import { type Draft, rollObjectionsUntil } from "./rules.ts";

export interface NoticeContent {
  readonly draft: Draft;
  readonly communityName: string;
  readonly street: string;
  /** Null while it is a draft: the roll is frozen when notice is given. */
  readonly given: {
    readonly noticeAt: Instant;
    readonly edition: number;
    readonly totals: Weight;
    readonly eligible: readonly Weight[];
    readonly manifestHash: string;
    readonly rollRoot: string;
  } | null;
  /** Of the meeting's page, for the code. */
  readonly address: string;
}

const Weighed = ({ t, weight }: { t: T; weight: Weight }) => (
  <>
    {t(
      `${weight.owners}人，${formatArea(weight.areaDm2)}㎡`,
      `${weight.owners} owners, ${formatArea(weight.areaDm2)} m²`,
    )}
  </>
);

const ItemOfNotice = ({ t, item, eligible }: { t: T; item: Item; eligible: Weight | undefined }) => {
  const matter = matterText(item.matter);
  const scope = scopeWords(item.scope);
  return (
    <>
      <p>
        <strong>{t(`（${chineseNumeral(item.itemNo)}）${item.title}`, `(${item.itemNo}) ${item.title}`)}</strong>
      </p>
      {item.text.split(/\n+/).map((line) => (
        <p>{line}</p>
      ))}
      <p>
        {matter
          ? t(`事项类别：${matter.zh}（${matter.article.zh}）。`, `Matter: ${matter.en} (${matter.article.en}). `)
          : ""}
        {t(`表决范围：${scope.zh}`, `Decided by: ${scope.en}`)}
        {eligible ? (
          <>
            {t("，共", ", ")}
            <Weighed t={t} weight={eligible} />
          </>
        ) : null}
        {t("。", ". ")}
        {t(
          `选项：${item.question.options.map(({ label }) => label).join("、")}`,
          `Options: ${item.question.options.map(({ label }) => label).join(", ")}`,
        )}
        {item.question.kind === "approve_up_to"
          ? t(`，最多选${item.question.atMost}项`, `, at most ${item.question.atMost}`)
          : ""}
        {t("。", ". ")}
        {passesWords(item, t)}
      </p>
      {item.attachments.length > 0 ? (
        <p>
          {t("附件：", "Papers: ")}
          {item.attachments.map(({ name }) => name).join(t("、", ", "))}
        </p>
      ) : null}
    </>
  );
};

export const NoticeOfMeeting = (props: { t: T; lang: Lang; content: NoticeContent; level?: 1 | 2 | undefined }) => {
  const { t, lang } = props;
  const { draft, given, communityName, street, address } = props.content;
  const { rules, opensAt, closesAt } = draft;
  const convener = CONVENER_WORDS[draft.convener.kind];
  const departs = SETTING_NAMES.filter((name) => !isDefault(name, rules));
  const channels = valueWords("channels", rules);
  const sections: NoticeSection[] = [
    {
      heading: t("表决事项", "What is decided"),
      body: draft.items.map((item, at) => <ItemOfNotice t={t} item={item} eligible={given?.eligible[at]} />),
    },
    {
      heading: t("表决时间", "When"),
      body: (
        <p>
          {opensAt === null || closesAt === null
            ? t("（待定）", "(to be set)")
            : t(
                `自${sayInstant(opensAt, lang)}起，至${sayDeadline(closesAt, lang)}止。`,
                `From ${sayInstant(opensAt, lang)} until ${sayDeadline(closesAt, lang)}.`,
              )}
        </p>
      ),
    },
    {
      heading: t("表决范围和名册", "Who decides, and the roll"),
      body: (
        <>
          <p>
            {given ? (
              <>
                {t("以公告时冻结的名册为准，全体业主", "By the roll frozen with this notice: ")}
                <Weighed t={t} weight={given.totals} />
                {t("。", ".")}
              </>
            ) : (
              t("以公告时冻结的名册为准。", "By the roll frozen when notice is given.")
            )}
          </p>
          {given && opensAt !== null ? (
            <p>
              {t(
                `业主可以凭自己的链接核对本户的人数和面积，${sayDeadline(rollObjectionsUntil(given.noticeAt, opensAt, rules), lang)}前可以提出异议。`,
                `Owners check their own entry by their link and may object until ${sayDeadline(rollObjectionsUntil(given.noticeAt, opensAt, rules), lang)}.`,
              )}
            </p>
          ) : null}
        </>
      ),
    },
    {
      heading: t("表决方式", "How"),
      body: (
        <p>
          {t(
            `采用以下方式：${channels.zh}。每户的表决链接已经发出；不会上网的业主可以向召集人领取纸质表决票，效力相同。`,
            `Offered: ${channels.en}. Each household is sent its link; owners who are not online are handed a paper ballot, with the same effect.`,
          )}
        </p>
      ),
    },
    ...(departs.length > 0
      ? [
          {
            heading: t("本次会议适用的特别规则", "Special rules of this meeting"),
            body: (
              <DataTable
                caption={t("与默认不同的规则及其依据", "Rules that differ from the defaults, and their ground")}
                quietCaption={true}
                rows={departs}
                columns={[
                  {
                    label: t("规则", "Rule"),
                    head: true,
                    cell: (name) => t(settingText(name).title.zh, settingText(name).title.en),
                  },
                  {
                    label: t("取值", "Value"),
                    cell: (name) => t(valueWords(name, rules).zh, valueWords(name, rules).en),
                  },
                  { label: t("依据", "Ground"), cell: (name) => rules[name].clause || "—" },
                ]}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <NoticeSheet
      t={t}
      level={props.level}
      title={t(`关于召开${draft.title}的公告`, `Notice of ${draft.title}`)}
      to={t(`${communityName}全体业主：`, `To all owners of ${communityName}:`)}
      lead={
        <p>
          {t(
            `${draft.convener.cause}根据${convener.article.zh}，由${convener.name.zh}召集，现将有关事项公告如下。不对公告以外的事项表决。`,
            `${draft.convener.cause} Called by ${convener.name.en} (${convener.article.en}). Nothing but what follows is decided.`,
          )}
        </p>
      }
      sections={sections}
      signedBy={[signedBy(draft.convener.kind, communityName, street)]}
      date={given ? sayDay(dayOf(given.noticeAt), lang) : t("（发出之日）", "(the day it is given)")}
      {...(given ? { qr: { text: address, label: t("扫码查看和核对", "Scan to read and check") } } : {})}
    >
      {given ? (
        <p class="quiet">
          {t("公告内容编号：", "Content: ")}
          <code>{given.manifestHash.slice(0, 16)}</code>
          {t(`（第${given.edition}版），名册编号：`, ` (edition ${given.edition}); roll: `)}
          <code>{given.rollRoot.slice(0, 16)}</code>
        </p>
      ) : null}
    </NoticeSheet>
  );
};
