/** The legal person, its duties and seals as the desk and the public page show them. The public page has no account number. Markup only. */
import { dayOf } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import {
  DUTY_TONE,
  DUTY_WORDS,
  FORM_WORDS,
  REPORT_WORDS,
  remarkWords,
  SEAL_EVENT_WORDS,
  SEAL_WORDS,
} from "../words.ts";
import { codeRemarks, type EntityDuty, sealsAdrift, sealsNow } from "./rules.ts";
import type { EntityRow, SealRow } from "./store.ts";

/** Who a tenure belongs to, and until when, for names beside seals and the representative. */
export interface Keeper {
  readonly tenureId: string;
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly untilAt: number | null;
}

const sayKeeper = (keepers: readonly Keeper[], tenureId: string, c: AppContext): string => {
  const { t, lang } = c.var;
  const found = keepers.find((one) => one.tenureId === tenureId);
  return found ? `${found.name}（${pick(found.title, lang)}）` : t("（未登记）", "(not on record)");
};

export const EntityFacts = ({
  c,
  row,
  keepers,
  desk,
}: {
  c: AppContext;
  row: EntityRow | undefined;
  keepers: readonly Keeper[];
  desk?: boolean;
}) => {
  const { t, lang } = c.var;
  if (!row)
    return (
      <EmptyState title={t("还没有登记法人信息", "Nothing is recorded yet")}>
        {t(
          "业委会是否登记为法人、账户开在谁名下，登记以后会显示在这里。",
          "Whether the committee is a legal person and in whose name the account is will stand here.",
        )}
      </EmptyState>
    );
  const remarks = codeRemarks(row.form, row.creditCode);
  const registered = row.form !== "none";
  return (
    <>
      <FactList>
        <Fact label={t("登记形式", "Form")}>{pick(FORM_WORDS[row.form], lang)}</Fact>
        {registered ? (
          <>
            <Fact label={t("名称", "Name")}>{row.name}</Fact>
            <Fact label={t("统一社会信用代码", "Credit code")}>
              <code>{row.creditCode}</code>
            </Fact>
            <Fact label={t("负责人", "Representative")}>{sayKeeper(keepers, row.representativeTenureId, c)}</Fact>
            <Fact label={t("业务主管单位", "Supervising unit")}>{row.supervisingUnit}</Fact>
            <Fact label={t("登记管理机关", "Registrar")}>{row.registrationAuthority}</Fact>
            <Fact label={t("登记日期", "Registered")}>{row.registeredOn ? sayDay(row.registeredOn, lang) : ""}</Fact>
          </>
        ) : null}
        <Fact label={t("银行账户", "Account")}>
          {row.holderKind === "none"
            ? t("还没有开户", "none yet")
            : t(
                `户名：${row.holderName}；开户行：${row.bank}${desk ? `；账号：${row.accountMasked}` : ""}`,
                `in the name of ${row.holderName}, at ${row.bank}${desk ? `, no. ${row.accountMasked}` : ""}`,
              )}
        </Fact>
        <Fact label={t("从哪天起", "Since")}>{sayDay(row.changedOn, lang)}</Fact>
        <Fact label={t("记录编号", "Record")}>
          <code>{shortCode(row.leafHash)}</code>
          {t(`（第${row.version}版）`, ` (version ${row.version})`)}
        </Fact>
      </FactList>
      {remarks.length > 0 ? (
        <Callout tone="warn" title={t("代码请核对", "Please check the code")}>
          <ul>
            {remarks.map((remark) => (
              <li>{pick(remarkWords(remark), lang)}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </>
  );
};

/** What is said of one duty: its year, or the version of a change. */
export const subjectWords = (
  { kind, subject }: Pick<EntityDuty, "kind" | "subject">,
  { t }: AppContext["var"],
): string =>
  kind === "change"
    ? t(`第${subject}版的变更`, `the change of version ${subject}`)
    : t(`${subject}年度`, `of ${subject}`);

export const DutyTable = ({ c, duties }: { c: AppContext; duties: readonly EntityDuty[] }) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("应报送的材料", "What is to be sent")}
      rows={duties}
      empty={
        <EmptyState title={t("没有要报送的", "Nothing to send")}>
          {t(
            "登记为法人以后，每年3月31日前向业务主管单位、5月31日前向登记机关报送上一年度报告；登记事项变更的，30日内办理变更登记。",
            "Once registered: last year's report by 31 March to the supervising unit and by 31 May to the registrar; changes within thirty days.",
          )}
        </EmptyState>
      }
      columns={[
        {
          label: t("事项", "What"),
          head: true,
          cell: (duty) => `${pick(REPORT_WORDS[duty.kind], lang)}（${subjectWords(duty, c.var)}）`,
        },
        { label: t("截止", "Due"), cell: ({ dueOn }) => sayDay(dueOn, lang) },
        {
          label: t("现在", "Now"),
          cell: ({ state, sentOn }) => (
            <>
              <StatusWord tone={DUTY_TONE[state]}>{pick(DUTY_WORDS[state], lang)}</StatusWord>
              {sentOn === null ? null : <small class="quiet"> {sayDay(sentOn, lang)}</small>}
            </>
          ),
        },
      ]}
    />
  );
};

export const SealTable = ({
  c,
  seals,
  keepers,
}: {
  c: AppContext;
  seals: readonly SealRow[];
  keepers: readonly Keeper[];
}) => {
  const { t, lang, now } = c.var;
  const adrift = sealsAdrift(seals, (id) => keepers.find(({ tenureId }) => tenureId === id)?.untilAt ?? null, now);
  return (
    <>
      {adrift.length > 0 ? (
        <Callout tone="bad" title={t("印章应当移交", "Seals to be handed over")}>
          <ul>
            {adrift.map((seal) => (
              <li>
                {pick(SEAL_WORDS[seal.kind], lang)}
                {t("：", ": ")}
                {sayKeeper(keepers, seal.keeperTenureId, c)}
                {t("已离任，印章还没有登记交接。", " has left office and no handover is recorded.")}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <DataTable
        caption={t("印章由谁保管", "Who keeps the seals")}
        quietCaption={true}
        rows={sealsNow(seals)}
        empty={
          <EmptyState title={t("还没有登记印章", "No seals recorded")}>
            {t(
              "每枚印章由谁保管、什么时候交接，会显示在这里。",
              "Who keeps each seal, and each handover, will stand here.",
            )}
          </EmptyState>
        }
        columns={[
          { label: t("印章", "Seal"), head: true, cell: ({ kind }) => pick(SEAL_WORDS[kind], lang) },
          {
            label: t("现在", "Now"),
            cell: ({ event, keeperTenureId }) =>
              event === "invalidated"
                ? pick(SEAL_EVENT_WORDS.invalidated, lang)
                : t(
                    `由${sayKeeper(keepers, keeperTenureId, c)}保管`,
                    `kept by ${sayKeeper(keepers, keeperTenureId, c)}`,
                  ),
          },
          { label: t("自", "Since"), cell: ({ onDay }) => sayDay(onDay, lang) },
        ]}
      />
    </>
  );
};

export const todayOf = (c: AppContext) => dayOf(c.var.now);
