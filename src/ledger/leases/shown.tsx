/** A lease as facts, what falls due on it, and the ages of what is late: the same for everybody and at the desk. Markup only. */
import { addDays, type Day } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Lang } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay, sayDays } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { assetHref } from "../assets/addresses.ts";
import { voucherHref } from "../books/addresses.ts";
import { voucherWords } from "../books/words.ts";
import { MoneyBars } from "./bars.tsx";
import { sayBasis } from "./basis.ts";
import { AGES, ageOf, endedOn, schedule } from "./rules.ts";
import type { ChargeRow, LeaseRow, OwedDay } from "./store.ts";
import { AGE_WORDS, CHARGE_STATE_WORDS, CYCLE_WORDS, LEASE_STATE_WORDS } from "./words.ts";

/** The lessee as the public reads them; a person is masked whatever the setting says. */
export const shownLessee = (
  row: Pick<LeaseRow, "lesseeKind" | "lesseeShown">,
  named: "organisations" | "none",
  lang: Lang,
): string =>
  named === "none"
    ? row.lesseeKind === "natural"
      ? { zh: "个人", en: "a person" }[lang]
      : { zh: "单位", en: "an organisation" }[lang]
    : row.lesseeShown;

/** The monthly rent on a day; that of the first step before the lease begins. */
export const rentOn = ({ terms }: Pick<LeaseRow, "terms">, day: Day): number =>
  (terms.steps.findLast(({ fromOn }) => fromOn <= day) ?? terms.steps[0]!).monthlyFen;

export const LeaseStanding = ({ c, row, today }: { c: AppContext; row: LeaseRow; today: Day }) => {
  const { t, lang } = c.var;
  if (row.state !== "approved")
    return (
      <StatusWord tone={row.state === "drafted" ? "waiting" : "off"}>{LEASE_STATE_WORDS[row.state][lang]}</StatusWord>
    );
  if (row.untilOn < today)
    return (
      <StatusWord tone="off">{row.endedAt === null ? t("已到期", "Over") : t("已提前终止", "Ended early")}</StatusWord>
    );
  if (row.fromOn > today) return <StatusWord tone="waiting">{t("尚未开始", "Not begun")}</StatusWord>;
  return <StatusWord tone="good">{t("履行中", "Running")}</StatusWord>;
};

export const LeaseFacts = (props: { c: AppContext; row: LeaseRow; lessee: string; today: Day; desk: boolean }) => {
  const { c, row } = props;
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const { terms, basis } = row;
  const ids = row.assetIds.split(",");
  // A number may hold the mark that joins them: then each link says only which it is.
  const split = row.assets.split("、");
  const codes = split.length === ids.length ? split : ids.map((_, at) => t(`第${at + 1}处`, `no. ${at + 1}`));
  return (
    <FactList>
      <Fact label={t("出租的是", "What is let")}>
        {ids.map((id, at) => (
          <>
            <a href={assetHref(slug, id)}>{codes[at]}</a>{" "}
          </>
        ))}
      </Fact>
      <Fact label={t("用途", "For what")}>{row.purpose}</Fact>
      <Fact label={t("承租人", "Lessee")}>{props.lessee}</Fact>
      <Fact label={t("租期", "Term")}>
        {sayDays(row.fromOn, row.toOn, lang)}
        {row.untilOn < row.toOn ? (
          <>
            <br />
            {t(
              `提前到${sayDay(row.untilOn, lang)}终止：${row.endedWhy}`,
              `ended early on ${sayDay(row.untilOn, lang)}: ${row.endedWhy}`,
            )}
          </>
        ) : null}
      </Fact>
      <Fact label={t("月租金", "Rent a month")}>
        {terms.steps.map(({ fromOn, monthlyFen }) => (
          <>
            {t(
              `${sayDay(fromOn, "zh")}起 ${formatYuan(monthlyFen)}元`,
              `from ${sayDay(fromOn, "en")}: ${formatYuan(monthlyFen)} yuan`,
            )}
            <br />
          </>
        ))}
        {terms.free.map(({ fromOn, toOn }) => (
          <>
            {t(`${fromOn}至${toOn}免租`, `none from ${fromOn} to ${toOn}`)}
            <br />
          </>
        ))}
        {t(
          `${CYCLE_WORDS[terms.cycleMonths].zh}一交，每期开始后第${terms.dueAfterDays}天到期`,
          `paid ${CYCLE_WORDS[terms.cycleMonths].en}, due ${terms.dueAfterDays} days after a cycle begins`,
        )}
      </Fact>
      <Fact label={t("押金", "Deposit")}>
        {t(`${formatYuan(row.depositFen)}元`, `${formatYuan(row.depositFen)} yuan`)}
      </Fact>
      {terms.taxBasisPoints > 0 ? (
        <Fact label={t("含税", "Tax contained")}>{`${formatYuan(terms.taxBasisPoints)}%`}</Fact>
      ) : null}
      <Fact label={t("依据", "What it rests on")}>
        {basis.kind === "decision" ? (
          <a href={`/c/${slug}/meetings/${basis.meeting}/result`}>
            {t(
              `业主大会${sayBasis(basis)}（已通过）`,
              `Owners' meeting ${basis.meeting}, item ${basis.item} (carried)`,
            )}
          </a>
        ) : (
          <>
            {sayBasis(basis)}
            <br />
            <small class="hint">
              {t(`文件校验值 ${basis.sha256.slice(0, 16)}…`, `file's hash ${basis.sha256.slice(0, 16)}…`)}
            </small>
            {props.desk ? (
              <>
                {" "}
                <a href={`/c/${slug}/desk/ledger/files/${basis.fileId}`}>{t("查看文件", "See the file")}</a>
              </>
            ) : null}
          </>
        )}
      </Fact>
      {props.desk && row.attachments.length > 0 ? (
        <Fact label={t("合同附件", "Contract")}>
          {row.attachments.map(({ fileId, name }) => (
            <>
              <a href={`/c/${slug}/desk/ledger/files/${fileId}`}>{name}</a>{" "}
            </>
          ))}
        </Fact>
      ) : null}
      {row.leafHash ? (
        <Fact label={t("公开记录", "Public record")}>
          <a href={`/c/${slug}/record/${row.leafHash}`}>{t("查看租约生效的条目和证明", "Its entry and proof")}</a>
        </Fact>
      ) : null}
    </FactList>
  );
};

interface Line {
  readonly key: string;
  readonly span: string;
  readonly dueOn: Day;
  readonly amountFen: number;
  readonly charge: ChargeRow | null;
}
const COMING_MONTHS_DAYS = 400;

/** What fell due with its voucher, and what will within about a year. */
export const ScheduleTable = (props: { c: AppContext; row: LeaseRow; charges: readonly ChargeRow[]; today: Day }) => {
  const { c, row, charges, today } = props;
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const cut = row.untilOn < row.toOn ? endedOn(row.terms, row.untilOn) : ({ ok: true, value: row.terms } as const);
  const coming = cut.ok ? schedule(cut.value) : [];
  const lines: Line[] = [
    ...charges.map((charge) => ({
      key: `${charge.kind}${charge.chargeNo}.${charge.attempt}`,
      span:
        charge.kind === "adjustment"
          ? t("提前终止后调整", "Changed by the early end")
          : sayDays(charge.fromOn, charge.toOn, lang),
      dueOn: charge.dueOn,
      amountFen: charge.amountFen,
      charge,
    })),
    ...coming
      .filter(({ chargeNo }) => !charges.some((one) => one.kind === "rent" && one.chargeNo === chargeNo))
      .filter(({ dueOn }) => dueOn < addDays(today, COMING_MONTHS_DAYS))
      .map(({ chargeNo, fromOn, toOn, dueOn, amountFen }) => ({
        key: `c${chargeNo}`,
        span: sayDays(fromOn, toOn, lang),
        dueOn,
        amountFen,
        charge: null,
      })),
  ];
  return (
    <DataTable
      caption={t("应收租金", "What falls due")}
      rows={lines}
      empty={<p>{t("没有应收的租金。", "Nothing falls due.")}</p>}
      columns={[
        { label: t("哪一段", "For the days"), head: true, cell: ({ span }) => span },
        { label: t("到期日", "Due"), cell: ({ dueOn }) => sayDay(dueOn, lang) },
        { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
        {
          label: t("未收（元）", "Open"),
          number: true,
          cell: ({ charge }) => (charge === null || charge.kind === "adjustment" ? "—" : formatYuan(charge.owedFen)),
        },
        {
          label: t("凭证", "Voucher"),
          cell: ({ charge }) =>
            charge === null ? (
              t("未到期", "not due")
            ) : charge.number === null ? (
              CHARGE_STATE_WORDS[charge.state][lang]
            ) : (
              <>
                <a href={voucherHref(slug, { book: "common", period: charge.period, number: charge.number })}>
                  {voucherWords({ period: charge.period, number: charge.number })[lang]}
                </a>
                {charge.reversed === 1 ? t("（已冲销）", " (taken back)") : ""}
              </>
            ),
        },
      ]}
    />
  );
};

/** How much of what is open is how late: bars, with the amounts in words. */
export const AgeBars = ({ c, days, today }: { c: AppContext; days: readonly OwedDay[]; today: Day }) => {
  const { t, lang } = c.var;
  return (
    <MoneyBars
      t={t}
      bars={AGES.map((age) => {
        const of = days.filter(({ dueOn }) => ageOf(dueOn, today) === age);
        const count = of.reduce((sum, { charges }) => sum + charges, 0);
        return {
          label: AGE_WORDS[age][lang],
          fen: of.reduce((sum, { owedFen }) => sum + owedFen, 0),
          note: t(`${count}笔`, `${count} charges`),
        };
      })}
    />
  );
};
