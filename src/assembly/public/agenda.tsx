/** What a notice puts before the owners, for its public page: items and what each takes, how to vote, roll, rules, amendments. Markup only. */
import { formatArea } from "../../kernel/area.ts";
import { dayOf } from "../../kernel/day.ts";
import { leastReaching } from "../../kernel/weight.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Details } from "../../platform/ui/notices.tsx";
import { sayAmount } from "../../platform/ui/shares.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { originPath } from "../agenda/origins.ts";
import { changesOf, type Item } from "../agenda/rules.ts";
import { scopeWords } from "../agenda/words.ts";
import { ItemText, papersOf } from "../ballots/form.tsx";
import { optionWords, passesWords } from "../ballots/words.ts";
import { CONVENER_WORDS } from "../convening/words.ts";
import type { FrozenItem } from "../meeting/reading.ts";
import { matterText, QUORUM } from "../rules.ts";
import { settingText, valueWords } from "../settings/explained.ts";
import { type MeetingRules, SETTING_NAMES, type SettingName } from "../settings/rules.ts";
import type { Edition, PublicMeeting } from "./reading.ts";

/** "议题1：…", the same on every public page and in print. */
export const itemTitle = ({ itemNo, title }: Pick<Item, "itemNo" | "title">, c: AppContext): string =>
  c.var.t(`议题${itemNo}：${title}`, `Question ${itemNo}: ${title}`);

/** The entry of the record something rests on, by the code that is read out. */
export const RecordLink = ({ c, leafHash }: { c: AppContext; leafHash: string }) => (
  <a href={`/c/${c.var.scene.community.slug}/record/${leafHash}`}>
    <code>{shortCode(leafHash)}</code>
  </a>
);

/** The text as it was frozen, its papers, its options, who decides and what it takes. */
export const ItemBody = ({ c, frozen }: { c: AppContext; frozen: FrozenItem }) => {
  const { t, lang, scene } = c.var;
  const { item, eligible } = frozen;
  const matter = matterText(item.matter);
  const papers = papersOf(scene.community.slug, item);
  const origin = originPath(item);
  return (
    <>
      <ItemText text={item.text} />
      {origin === null ? null : (
        <p>
          <a href={`/c/${scene.community.slug}${origin}`}>
            {t("这一项从哪里来、现在怎样", "Where this item comes from, and where it stands")}
          </a>
        </p>
      )}
      {papers.length > 0 ? (
        <ul class="papers">
          {papers.map(({ href, label }) => (
            <li>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ul>
      ) : null}
      <FactList>
        <Fact label={t("由谁决定", "Who decides")}>
          {pick(scopeWords(item.scope), lang)}
          {t("，共", ": ")}
          {sayAmount(eligible.owners, "owners", t)}
          {t("、", ", ")}
          {sayAmount(eligible.areaDm2, "area", t)}
        </Fact>
        <Fact label={t("可选", "Answers")}>
          {item.question.options.map((option) => optionWords(item, option, t)).join(t("／", " / "))}
          {item.question.kind === "approve_up_to"
            ? t(`（最多选${item.question.atMost}个）`, ` (up to ${item.question.atMost})`)
            : null}
        </Fact>
        <Fact label={t("怎样通过", "What it takes")}>
          {passesWords(item, t)}
          {eligible.owners > 0 ? (
            <>
              {t("", " ")}
              {t("本项至少要有", "Here at least ")}
              {sayAmount(leastReaching(BigInt(eligible.owners), QUORUM), "owners", t)}
              {t("、", " with ")}
              {sayAmount(leastReaching(BigInt(eligible.areaDm2), QUORUM), "area", t)}
              {t("参与。", " must take part.")}
            </>
          ) : null}
        </Fact>
        <Fact label={t("属于哪类事项", "Matter")}>
          {pick(matter, lang)}
          <small class="quiet">
            {t("（", " (")}
            {pick(matter.article, lang)}
            {t("）", ")")}
          </small>
        </Fact>
      </FactList>
    </>
  );
};

/** How a ballot reaches the box, in the order of the channels the notice offers. */
export const HowToVote = ({ c, rules }: { c: AppContext; rules: MeetingRules }) => {
  const { t } = c.var;
  const channels = rules.channels.value;
  return (
    <ul>
      {channels.includes("web") ? (
        <li>
          {t(
            "网上：打开发给您家的表决链接（短信，或纸条上的二维码），核对手机号或证件号后四位，选择、提交，保存回执。没有收到或丢失了，请向召集人要求补发。",
            "Online: open the link sent to your household (by message, or the code on the slip), confirm the last four digits of your phone or certificate, choose, submit, keep the receipt. If it did not come or is lost, ask the convener for another.",
          )}
        </li>
      ) : null}
      {channels.includes("paper") ? (
        <li>
          {t(
            "纸质：向召集人领取表决票，填写、签名，在截止前交回。每张票由两个人分别录入。",
            "On paper: get a ballot from the convener, fill it in, sign it and hand it back before the close. Two people enter each one independently.",
          )}
        </li>
      ) : null}
      {channels.includes("meeting") ? (
        <li>{t("现场：到会议现场表决。", "At the meeting: vote where it is held.")}</li>
      ) : null}
      <li>
        {t(
          "无论用哪种方式，每位业主只有一张有效表决票。",
          "Whichever way you choose, an owner has one ballot that counts.",
        )}
        {rules.ballotReplaceable.value
          ? t("截止前可以改，以最后一次为准。", " It may be changed until the close; the last one counts.")
          : t("提交以后不能更改。", " Once cast it cannot be changed.")}
      </li>
      <li>
        {rules.proxiesAllowed.value
          ? t(
              `可以书面委托他人代为表决，一名代理人最多代理${rules.proxyCap.value}位业主，物业公司的人不能代理。`,
              `You may authorise somebody in writing; one agent stands for at most ${rules.proxyCap.value} owners, and nobody of the property company may be one.`,
            )
          : t("不能委托他人代为表决。", "Nobody may vote for another.")}
      </li>
    </ul>
  );
};

/** Who is counted, and how to check it. */
export const RollFacts = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t, lang, now } = c.var;
  const { roll } = meeting;
  return (
    <FactList>
      <Fact label={t("冻结于", "Frozen as of")}>
        {sayDay(roll.asOf, lang)}
        {roll.version > 1
          ? t(`（更正过，现为第${roll.version}版）`, ` (corrected; now version ${roll.version})`)
          : null}
      </Fact>
      <Fact label={t("有权表决的", "Who may vote")}>
        {sayAmount(roll.owners, "owners", t)}
        {t("、", ", ")}
        {sayAmount(roll.areaDm2, "area", t)}
      </Fact>
      <Fact label={t("对名册的异议", "Objections to the roll")}>
        {now < roll.objectionsUntil
          ? t(
              `${sayDeadline(roll.objectionsUntil, lang)}前可以用您的表决链接核对本户登记并提出。`,
              `Check your own entry by your link and object until ${sayDeadline(roll.objectionsUntil, lang)}.`,
            )
          : t(
              `异议期已于${sayDeadline(roll.objectionsUntil, lang)}结束。`,
              `The period ended ${sayDeadline(roll.objectionsUntil, lang)}.`,
            )}
        {t("", " ")}
        {roll.objections === 0
          ? t("没有收到异议。", "None came in.")
          : t(
              `收到${roll.objections}件，已答复${roll.objections - roll.openObjections}件。`,
              `${roll.objections} came in, ${roll.objections - roll.openObjections} answered.`,
            )}
      </Fact>
      <Fact label={t("名册校验值", "Root of the roll")}>
        <code>{roll.root}</code>
        <br />
        <RecordLink c={c} leafHash={roll.leafHash} />
      </Fact>
      <Fact label={t("公告校验值", "Hash of the notice")}>
        <code>{meeting.row.manifestHash}</code>
      </Fact>
    </FactList>
  );
};

const RuleTable = ({
  c,
  rules,
  names,
  caption,
}: {
  c: AppContext;
  rules: MeetingRules;
  names: readonly SettingName[];
  caption: string;
}) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={caption}
      rows={names}
      columns={[
        { label: t("规则", "Rule"), head: true, cell: (name) => pick(settingText(name).title, lang) },
        { label: t("本次会议", "This meeting"), cell: (name) => pick(valueWords(name, rules), lang) },
        {
          label: t("依据", "Ground"),
          cell: (name) => (rules[name].clause === "" ? pick(settingText(name).source, lang) : rules[name].clause),
        },
      ]}
    />
  );
};

/** The rules the meeting is held by, frozen at notice: those with a clause of this place first, the rest folded. */
export const FrozenRules = ({ c, rules }: { c: AppContext; rules: MeetingRules }) => {
  const { t } = c.var;
  const claused = SETTING_NAMES.filter((name) => rules[name].clause !== "");
  const rest = SETTING_NAMES.filter((name) => rules[name].clause === "");
  return (
    <>
      <p>
        {t(
          "这些规则在发出公告时冻结，表决中途不能改变。",
          "These were frozen when notice was given and cannot change while voting goes on.",
        )}
      </p>
      {claused.length > 0 ? (
        <RuleTable
          c={c}
          rules={rules}
          names={claused}
          caption={t("依据本小区或本地规定的规则", "Rules that rest on a clause of this place")}
        />
      ) : null}
      <Details summary={t(`其他${rest.length}项规则和出处`, `The other ${rest.length} rules and their sources`)}>
        <RuleTable c={c} rules={rules} names={rest} caption={t("其他规则", "Other rules")} />
      </Details>
    </>
  );
};

/** What one edition changed of the one before, in words. */
export function changeWords(before: Edition, after: Edition, c: AppContext): string[] {
  const { t, lang } = c.var;
  const [old, fresh] = [before.manifest, after.manifest];
  const items = changesOf(old.items, fresh.items);
  const name = (list: readonly Item[], itemNo: number): string => {
    const item = list.find((one) => one.itemNo === itemNo);
    return item ? itemTitle(item, c) : String(itemNo);
  };
  const rules = SETTING_NAMES.filter(
    (setting) => JSON.stringify(old.rules[setting]) !== JSON.stringify(fresh.rules[setting]),
  ).map((setting) => {
    const title = pick(settingText(setting).title, lang);
    const [was, is] = [old.rules, fresh.rules].map((set) => pick(valueWords(setting, set), lang));
    return was === is
      ? t(`${title}：依据的条款改动`, `${title}: its ground changed`)
      : t(`${title}：由“${was}”改为“${is}”`, `${title}: from “${was}” to “${is}”`);
  });
  return [
    ...(old.title === fresh.title ? [] : [t(`标题改为“${fresh.title}”`, `The title is now “${fresh.title}”`)]),
    ...items.added.map((no) => t(`增加 ${name(fresh.items, no)}`, `Added: ${name(fresh.items, no)}`)),
    ...items.removed.map((no) => t(`取消 ${name(old.items, no)}`, `Taken out: ${name(old.items, no)}`)),
    ...items.changed.map((no) => t(`修改 ${name(fresh.items, no)}`, `Changed: ${name(fresh.items, no)}`)),
    ...rules,
    ...(old.opensAt === fresh.opensAt
      ? []
      : [
          t(
            `表决开始由${sayInstant(old.opensAt, lang)}改为${sayInstant(fresh.opensAt, lang)}`,
            `Voting opens ${sayInstant(fresh.opensAt, lang)} instead of ${sayInstant(old.opensAt, lang)}`,
          ),
        ]),
    ...(old.closesAt === fresh.closesAt
      ? []
      : [
          t(
            `表决截止由${sayDeadline(old.closesAt, lang)}改为${sayDeadline(fresh.closesAt, lang)}`,
            `Voting closes ${sayDeadline(fresh.closesAt, lang)} instead of ${sayDeadline(old.closesAt, lang)}`,
          ),
        ]),
    ...(old.roll.root === fresh.roll.root
      ? []
      : [
          t(
            `名册更正：由${old.roll.owners}人、${formatArea(old.roll.areaDm2)}㎡改为${fresh.roll.owners}人、${formatArea(fresh.roll.areaDm2)}㎡`,
            `Roll corrected: ${fresh.roll.owners} owners with ${formatArea(fresh.roll.areaDm2)} m² instead of ${old.roll.owners} with ${formatArea(old.roll.areaDm2)} m²`,
          ),
        ]),
  ];
}

/** Every amendment: when, why, and what it changed. Nothing where the first notice still stands. */
export const Amendments = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t, lang } = c.var;
  const [first, ...later] = meeting.editions;
  if (!first || later.length === 0) return null;
  return (
    <section id="amendments">
      <h2>{t("公告的修改", "Amendments of the notice")}</h2>
      {later.map((edition, at) => (
        <FactList>
          <Fact label={t(`第${edition.row.edition}版`, `Edition ${edition.row.edition}`)}>
            {sayInstant(edition.row.madeAt, lang)} <RecordLink c={c} leafHash={edition.row.leafHash} />
          </Fact>
          <Fact label={t("改了什么", "What changed")}>
            <ul>
              {changeWords(later[at - 1] ?? first, edition, c).map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          </Fact>
          <Fact label={t("为什么", "Why")}>{edition.row.why}</Fact>
        </FactList>
      ))}
    </section>
  );
};

/** Who calls the meeting, why, and on what ground. */
export const ConvenerFacts = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t, lang } = c.var;
  const { convener } = meeting.manifest;
  const words = CONVENER_WORDS[convener.kind];
  return (
    <FactList>
      <Fact label={t("召集人", "Convener")}>
        {pick(words.name, lang)}
        <small class="quiet">
          {t("（", " (")}
          {pick(words.article, lang)}
          {t("）", ")")}
        </small>
      </Fact>
      <Fact label={t("为什么召开", "Why it is held")}>{convener.cause}</Fact>
      <Fact label={t("公告日期", "Notice given")}>{sayDay(dayOf(meeting.row.noticeAt ?? 0), lang)}</Fact>
    </FactList>
  );
};
