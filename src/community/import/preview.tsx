/** What an import says before it is confirmed: faults, remarks, what was read, every difference, and the form that confirms. */
import { type Child, Fragment } from "hono/jsx";
import { formatArea } from "../../kernel/area.ts";
import type { AppContext } from "../../platform/context.ts";
import { newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { rollBase } from "../desk.tsx";
import { unitLabel } from "../explained.ts";
import { maskName } from "../identity/rules.ts";
import type { ImportView } from "./actions.ts";
import { sayFinding } from "./findings.ts";
import type { Differences, FieldChange } from "./rules.ts";
import type { Summary } from "./store.ts";

/** A page lists no more of a kind than this; the counts above it are of all. */
const SHOWN = 200;

const Fields = ({ c, fields }: { c: AppContext; fields: readonly FieldChange[] }) => (
  <>
    {fields.map(({ field, from, to }, at) => (
      <Fragment>
        {at > 0 ? <br /> : null}
        {pick(field, c.var.lang)}：<del>{pick(from, c.var.lang)}</del> → <ins>{pick(to, c.var.lang)}</ins>
      </Fragment>
    ))}
  </>
);

/** A list cut at SHOWN, with the number of what is not shown. */
const Cut = (props: { c: AppContext; total: number; children?: Child }) => (
  <>
    {props.children}
    {props.total > SHOWN ? (
      <p class="hint">
        {props.c.var.t(
          `以上是前 ${SHOWN} 项，另有 ${props.total - SHOWN} 项。`,
          `The first ${SHOWN}; ${props.total - SHOWN} more are not shown.`,
        )}
      </p>
    ) : null}
  </>
);

const DifferenceLists = ({ c, differences }: { c: AppContext; differences: Differences }) => {
  const { t } = c.var;
  const { added, changed, people } = differences;
  const rowsOf = (rows: readonly number[]): string => rows.slice(0, 4).join("、") + (rows.length > 4 ? "…" : "");
  return (
    <>
      {changed.length > 0 ? (
        <>
          <h2>{t(`改动的专有部分（${changed.length}）`, `Units that change (${changed.length})`)}</h2>
          <Cut c={c} total={changed.length}>
            <DataTable
              caption={t("改动的专有部分", "Units that change")}
              quietCaption={true}
              rows={changed.slice(0, SHOWN)}
              columns={[
                { label: t("房号", "Unit"), head: true, cell: (unit) => unitLabel(unit) },
                { label: t("原来 → 现在", "From → to"), cell: ({ fields }) => <Fields c={c} fields={fields} /> },
                { label: t("文件行号", "Rows"), cell: ({ rows }) => rowsOf(rows) },
              ]}
            />
          </Cut>
        </>
      ) : null}
      {people.length > 0 ? (
        <>
          <h2>{t(`改动的业主信息（${people.length}）`, `Owners whose data change (${people.length})`)}</h2>
          <Cut c={c} total={people.length}>
            <DataTable
              caption={t("改动的业主信息", "Owners whose data change")}
              quietCaption={true}
              rows={people.slice(0, SHOWN)}
              columns={[
                { label: t("业主", "Owner"), head: true, cell: ({ name }) => name },
                { label: t("原来 → 现在", "From → to"), cell: ({ fields }) => <Fields c={c} fields={fields} /> },
                { label: t("文件行号", "Rows"), cell: ({ rows }) => rowsOf(rows) },
              ]}
            />
          </Cut>
        </>
      ) : null}
      {added.length > 0 ? (
        <>
          <h2>{t(`新增的专有部分（${added.length}）`, `New units (${added.length})`)}</h2>
          <Cut c={c} total={added.length}>
            <DataTable
              caption={t("新增的专有部分", "New units")}
              quietCaption={true}
              rows={added.slice(0, SHOWN)}
              columns={[
                { label: t("房号", "Unit"), head: true, cell: (unit) => unitLabel(unit) },
                { label: t("业主", "Owners"), cell: ({ owners }) => owners || t("（建设单位）", "(the developer)") },
                { label: t("面积（㎡）", "Area (m²)"), number: true, cell: ({ areaDm2 }) => formatArea(areaDm2) },
                { label: t("文件行号", "Rows"), cell: ({ rows }) => rowsOf(rows) },
              ]}
            />
          </Cut>
        </>
      ) : null}
    </>
  );
};

export const Counts = ({ c, summary }: { c: AppContext; summary: Summary }) => {
  const { t } = c.var;
  return (
    <FactList>
      <Fact label={t("数据行", "Rows")}>{summary.rows}</Fact>
      <Fact label={t("专有部分", "Units")}>{summary.units}</Fact>
      <Fact label={t("业主", "People")}>{summary.people}</Fact>
      {summary.errors === 0 ? (
        <>
          <Fact label={t("新增", "New")}>{summary.added}</Fact>
          <Fact label={t("改动", "Changed")}>{summary.changed}</Fact>
          <Fact label={t("不变", "Unchanged")}>{summary.unchanged}</Fact>
          <Fact label={t("名册里有、文件里没有", "In the roll, not in the file")}>{summary.missing}</Fact>
        </>
      ) : null}
    </FactList>
  );
};

export const Preview = ({
  c,
  view,
}: {
  c: AppContext;
  view: ImportView & { preview: NonNullable<ImportView["preview"]> };
}) => {
  const { t, lang, formToken } = c.var;
  const { preview, job } = view;
  const { draft, differences, findings, errors, notes, version } = preview;
  const warnings = findings.filter(({ level }) => level === "warning");
  const faults = findings.filter(({ level }) => level === "error");
  const path = `${rollBase(c)}/import/${job.jobId}`;
  const changes = differences.added.length + differences.changed.length + differences.people.length;
  return (
    <>
      <ul>
        {notes.map((note) => (
          <li>{pick(note, lang)}</li>
        ))}
      </ul>
      {errors > 0 ? (
        <Callout
          tone="bad"
          title={t(`有 ${errors} 处错误，改好文件后重新上传`, `${errors} errors; correct the file and upload it again`)}
        >
          <ul>
            {faults.slice(0, SHOWN).map((finding) => (
              <li>{sayFinding(finding, lang)}</li>
            ))}
          </ul>
          {errors > Math.min(SHOWN, faults.length) ? <p>{t("其余错误没有列出。", "The rest is not listed.")}</p> : null}
        </Callout>
      ) : null}
      {warnings.length > 0 ? (
        <Details
          summary={t(`有 ${warnings.length} 处提醒，请看一看`, `${warnings.length} remarks to look at`)}
          open={errors === 0 && warnings.length <= 20}
        >
          <ul>
            {warnings.slice(0, SHOWN).map((finding) => (
              <li>{sayFinding(finding, lang)}</li>
            ))}
          </ul>
        </Details>
      ) : null}
      <Details summary={t("文件的前 20 个专有部分（读出来的样子）", "The first 20 units as they were read")}>
        <DataTable
          caption={t("读出的内容", "What was read")}
          quietCaption={true}
          rows={draft.units.slice(0, 20)}
          columns={[
            { label: t("行号", "Rows"), cell: ({ rows }) => rows.join("、") },
            { label: t("房号", "Unit"), head: true, cell: (unit) => unitLabel(unit) },
            { label: t("面积（㎡）", "Area (m²)"), number: true, cell: ({ areaDm2 }) => formatArea(areaDm2) },
            {
              label: t("业主", "Owners"),
              cell: ({ owners }) =>
                (owners ?? []).map(({ person }) => maskName(draft.people[person]!.facts.name)).join("、"),
            },
          ]}
        />
      </Details>
      {errors > 0 ? (
        <Actions>
          <ButtonLink href={`${rollBase(c)}/import`}>{t("重新上传", "Upload again")}</ButtonLink>
        </Actions>
      ) : (
        // With rows left out for their errors, differences would mislead: they are shown for a file without any.
        <DifferenceLists c={c} differences={differences} />
      )}
      {errors === 0 ? (
        <Form action={`${path}/confirm`} token={formToken} once={newOnce()} hidden={{ version: String(version) }}>
          {differences.missing.length > 0 ? (
            <>
              <h2>
                {t(
                  `文件里没有的专有部分（${differences.missing.length}）`,
                  `Units not in the file (${differences.missing.length})`,
                )}
              </h2>
              <CheckboxGroup
                name="retire"
                legend={t(
                  "不勾选的保持不变；勾选的自生效日起停用（不会删除，历史仍可查）",
                  "Left as they are unless ticked; ticked ones are retired from the day on (never deleted)",
                )}
                options={differences.missing.slice(0, SHOWN).map((unit) => ({
                  value: unit.unitId,
                  label: unitLabel(unit),
                  ...(unit.like === null
                    ? {}
                    : {
                        hint: t(
                          `文件里有相近的“${unit.like}”，可能丢了前面的 0`,
                          `the file has “${unit.like}”, which may have lost its zeros`,
                        ),
                      }),
                }))}
              />
            </>
          ) : null}
          {changes === 0 && differences.missing.length === 0 ? (
            <Callout
              tone="good"
              title={t("文件与名册一致，没有要改的", "The file agrees with the roll; there is nothing to change")}
            />
          ) : (
            <Actions>
              <Button>{t("确认，写入名册", "Confirm and write")}</Button>
            </Actions>
          )}
        </Form>
      ) : null}
      <PostButton action={`${path}/abandon`} token={formToken} look="quiet">
        {t("放弃这次导入", "Give this import up")}
      </PostButton>
    </>
  );
};
