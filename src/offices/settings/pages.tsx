/** The page of a kit of settings: each with its explanation, source and clause, who set it when, and every change. Markup and one form. */
import { Hono } from "hono";
import { type Permission, requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, Refusal } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { findPerson, openName } from "../people/store.ts";
import { saveSettings } from "./actions.ts";
import {
  type Fault,
  type Kit,
  namesOf,
  type Shape,
  type Spec,
  type Specs,
  type TypedForm,
  type Values,
  valuesFromForm,
  valuesFromRows,
  wordsOfFault,
  wordsOfValue,
} from "./rules.ts";
import { listSettingHistory, listSettings, type SettingRow } from "./store.ts";

const HISTORY = 50;

export interface SettingsPage<P extends Specs> {
  readonly kit: Kit<P>;
  /** Below /c/:slug, such as `/desk/committee/settings`. */
  readonly path: string;
  readonly title: Bilingual;
  readonly intro: Bilingual;
  readonly manage: Permission;
  /** Who may look without changing. */
  readonly see: readonly Permission[];
}

interface Loaded<P extends Specs> {
  readonly rows: readonly SettingRow[];
  readonly history: readonly SettingRow[];
  readonly names: ReadonlyMap<string, string>;
  readonly values: Values<P>;
}

async function load<P extends Specs>(c: AppContext, kit: Kit<P>): Promise<Loaded<P>> {
  const { scene } = c.var;
  const [rows, history] = await scene.db.read(listSettings(scene, kit), listSettingHistory(scene, kit, HISTORY));
  const ids = [...new Set(history.map(({ setBy }) => setBy))];
  const people = await scene.db.readMany(ids.map((id) => findPerson(scene, id)));
  const names = await Promise.all(
    people.flat().map(async (person): Promise<[string, string]> => [person.personId, await openName(scene, person)]),
  );
  return { rows, history, names: new Map(names), values: valuesFromRows(kit, rows) };
}

const typedOf = <P extends Specs>(kit: Kit<P>, values: Values<P>): TypedForm =>
  Object.fromEntries(
    namesOf(kit).flatMap((name): [string, string | readonly string[]][] => {
      const { value, clause } = values[name] as { value: unknown; clause: string };
      const text =
        typeof value === "boolean" ? (value ? "yes" : "no") : Array.isArray(value) ? value.map(String) : String(value);
      return [
        [name, text],
        [`${name}.clause`, clause],
      ];
    }),
  );

const fieldOf = (fault: Fault): string =>
  fault.reason === "clause_needed" || fault.reason === "clause_too_long" ? `${fault.setting}.clause` : fault.setting;

const texts = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const ValueField = (props: {
  c: AppContext;
  name: string;
  shape: Shape;
  form: TypedForm;
  error: string | undefined;
}) => {
  const { c, name, shape, form, error } = props;
  const { t } = c.var;
  const value = texts(form[name]);
  const label = t("取值", "Value");
  switch (shape.kind) {
    case "whole":
      return <Field name={name} label={label} value={value[0]} error={error} inputmode="numeric" width={6} />;
    case "flag":
    case "choice": {
      const options =
        shape.kind === "flag"
          ? [
              { value: "yes", label: t("是", "Yes") },
              { value: "no", label: t("否", "No") },
            ]
          : Object.entries(shape.choices).map(([each, { zh, en }]) => ({ value: each, label: t(zh, en) }));
      return <RadioGroup name={name} legend={label} value={value[0]} error={error} options={options} />;
    }
    case "several":
      return (
        <>
          {/* Boxes that are all empty send nothing; this says that they were asked. */}
          <input type="hidden" name={name} value="" />
          <CheckboxGroup
            name={name}
            legend={label}
            values={value}
            error={error}
            options={Object.entries(shape.choices).map(([each, { zh, en }]) => ({ value: each, label: t(zh, en) }))}
          />
        </>
      );
  }
};

const OneSetting = (props: {
  c: AppContext;
  name: string;
  one: Spec;
  form: TypedForm;
  errors: readonly FieldError[];
  note: string;
}) => {
  const { c, name, one, form, errors } = props;
  const { t } = c.var;
  return (
    <Fieldset legend={t(one.title.zh, one.title.en)} hint={t(one.explanation.zh, one.explanation.en)}>
      <ValueField c={c} name={name} shape={one.shape} form={form} error={errorFor(errors, name)} />
      <Field
        name={`${name}.clause`}
        label={t("依据的条款", "Clause it rests on")}
        value={texts(form[`${name}.clause`])[0]}
        error={errorFor(errors, `${name}.clause`)}
        optional={t("用默认值时可不填", "may stay empty at the default")}
        maxlength={300}
        {...(one.whenNeeded ? { hint: t(`${one.whenNeeded.zh}时必填`, `needed for ${one.whenNeeded.en}`) } : {})}
      />
      <p class="hint">
        {t("默认值的来源：", "Where the default comes from: ")}
        {t(one.source.zh, one.source.en)}
      </p>
      <p class="hint">{props.note}</p>
    </Fieldset>
  );
};

/** The routes of one kit: its page and its form. */
export function settingsRoutes<P extends Specs>(of: SettingsPage<P>): Hono<AppEnv> {
  const { kit, path } = of;
  const routes = new Hono<AppEnv>();

  const page = (
    c: AppContext,
    loaded: Loaded<P>,
    form: TypedForm,
    errors: readonly FieldError[] = [],
    refused?: { readonly what: string; readonly why: string },
  ) => {
    const { t, lang, scene, formToken, actor } = c.var;
    const base = `/c/${scene.community.slug}`;
    const byKey = new Map(loaded.rows.map((row) => [row.key, row]));
    const who = (row: SettingRow): string =>
      loaded.names.get(row.setBy) ?? t("已离任人员", "someone no longer in office");
    const note = (name: string): string => {
      const row = byKey.get(kit.prefix + name);
      return row
        ? t(
            `${who(row)}于${sayInstant(row.setAt, lang)}设定（第${row.version}版）`,
            `Set by ${who(row)} on ${sayInstant(row.setAt, lang)} (version ${row.version})`,
          )
        : t("没有设定过，用默认值", "Never set; the default holds");
    };
    const titleOf = (name: string): string => {
      const title = kit.specs[name]?.title;
      return title ? t(title.zh, title.en) : name;
    };
    const words = (name: string, value: unknown): string => {
      const one = kit.specs[name];
      if (!one) return String(value);
      const { zh, en } = wordsOfValue(one.shape, value);
      return t(zh, en);
    };
    const hidden = Object.fromEntries(
      namesOf(kit).map((name) => [`${name}.version`, String(byKey.get(kit.prefix + name)?.version ?? 0)]),
    );
    return c.html(
      <Page
        {...frameOf(c, "staff")}
        title={t(of.title.zh, of.title.en)}
        switchHref={`${base}${path}?lang=${t("en", "zh")}`}
        breadcrumb={[{ href: `${base}/desk`, label: t("工作台", "Desk") }]}
      >
        <h1>{t(of.title.zh, of.title.en)}</h1>
        <p>{t(of.intro.zh, of.intro.en)}</p>
        {refused ? <Refusal t={t} what={refused.what} why={refused.why} /> : null}
        {c.req.query("done") === undefined ? null : (
          <Callout tone="good" title={t("已保存，并写入公开记录", "Saved, and in the public record")} />
        )}
        <ErrorSummary t={t} errors={errors} />
        {actor.permissions.has(of.manage) ? (
          <Form action={`${base}${path}`} token={formToken} hidden={hidden}>
            {namesOf(kit).map((name) => (
              <OneSetting c={c} name={name} one={kit.specs[name]!} form={form} errors={errors} note={note(name)} />
            ))}
            <Actions>
              <Button>{t("保存", "Save")}</Button>
            </Actions>
          </Form>
        ) : (
          <DataTable
            caption={t("现在的规则", "Rules in force")}
            rows={namesOf(kit)}
            columns={[
              { label: t("规则", "Rule"), head: true, cell: titleOf },
              { label: t("取值", "Value"), cell: (name) => words(name, loaded.values[name].value) },
              { label: t("依据", "Ground"), cell: (name) => loaded.values[name].clause || "—" },
              { label: t("由谁设定", "Set by"), cell: note },
            ]}
          />
        )}
        <Details summary={t("修改记录", "History")}>
          <DataTable
            caption={t("修改记录", "History")}
            quietCaption={true}
            rows={loaded.history}
            empty={<p>{t("还没有修改过。", "Nothing was changed yet.")}</p>}
            columns={[
              { label: t("规则", "Rule"), head: true, cell: (row) => titleOf(row.key.slice(kit.prefix.length)) },
              { label: t("版本", "Version"), number: true, cell: (row) => row.version },
              {
                label: t("改为", "Became"),
                cell: (row) => words(row.key.slice(kit.prefix.length), JSON.parse(row.value) as unknown),
              },
              { label: t("依据", "Ground"), cell: (row) => row.clause || "—" },
              { label: t("时间", "When"), cell: (row) => sayInstant(row.setAt, lang) },
              { label: t("由谁设定", "By"), cell: who },
            ]}
          />
        </Details>
      </Page>,
      refused ? 409 : errors.length > 0 ? 422 : 200,
    );
  };

  const errorsOf = (c: AppContext, faults: readonly Fault[]): FieldError[] =>
    faults.map((fault) => {
      const { zh, en } = wordsOfFault(
        fault,
        kit.specs[fault.setting]?.title ?? { zh: fault.setting, en: fault.setting },
      );
      return { field: fieldOf(fault), message: c.var.t(zh, en) };
    });

  routes.get(path, requires(of.manage, ...of.see), async (c) => {
    const loaded = await load(c, kit);
    return page(c, loaded, typedOf(kit, loaded.values));
  });

  routes.post(path, requires(of.manage), async (c) => {
    const { t, scene } = c.var;
    const body = await c.req.parseBody({ all: true });
    const loaded = await load(c, kit);
    const typed: TypedForm = Object.fromEntries(
      Object.entries(body).map(([name, value]) => [
        name,
        Array.isArray(value)
          ? value.filter((each): each is string => typeof each === "string")
          : typeof value === "string"
            ? value
            : "",
      ]),
    );
    const form = { ...typedOf(kit, loaded.values), ...typed };
    const read = valuesFromForm(kit, typed, loaded.values);
    if (!read.ok) return page(c, loaded, form, errorsOf(c, read.error));
    const seen = Object.fromEntries(
      namesOf(kit).map((name) => {
        const version = typed[`${name}.version`];
        return [name, typeof version === "string" && /^\d{1,7}$/.test(version) ? Number(version) : 0];
      }),
    );
    const saved = await saveSettings(staffScene(c), kit, read.value, seen);
    if (saved.ok) return c.redirect(`/c/${scene.community.slug}${path}?done=1`, 303);
    if (saved.error.reason === "settings_faulty") return page(c, loaded, form, errorsOf(c, saved.error.faults));
    return page(c, loaded, form, [], {
      what: t("规则在此期间被别人改过", "Somebody changed the rules in the meantime"),
      why: t(
        "这次没有保存，您填写的内容还在下面。请核对后再保存一次。",
        "Nothing was saved; what you typed is below. Check it and save again.",
      ),
    });
  });
  return routes;
}
