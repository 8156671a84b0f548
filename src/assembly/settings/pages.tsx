/** The community's own practice: each rule with its explanation, its clause, and who set it when. A change is a new version, in the record. */
import { Hono } from "hono";
import { findPerson, openName } from "../../offices/people/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { ErrorSummary, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Details } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type SettingsRefusal, saveSettings } from "./actions.ts";
import { settingText, valueWords } from "./explained.ts";
import { formOfRules, RuleFields, type RuleForm, ruleErrors, ruleFormOf } from "./fields.tsx";
import { DEFAULT_RULES, type MeetingRules, rulesFromForm, SETTING_NAMES, type SettingName } from "./rules.ts";
import { listSettingHistory, listSettings, rulesFromRows, type SettingRow, settingName } from "./store.ts";

export const settingsPages = new Hono<AppEnv>();
const HISTORY = 50;

interface Loaded {
  readonly rows: readonly SettingRow[];
  readonly history: readonly SettingRow[];
  /** Names of those who set something, by id. */
  readonly names: ReadonlyMap<string, string>;
}

async function load(c: AppContext): Promise<Loaded> {
  const { scene } = c.var;
  const [rows, history] = await scene.db.read(listSettings(scene), listSettingHistory(scene, HISTORY));
  const ids = [...new Set([...rows, ...history].map(({ setBy }) => setBy))];
  const people = await scene.db.readMany(ids.map((id) => findPerson(scene, id)));
  const names = await Promise.all(
    people.flat().map(async (person): Promise<[string, string]> => [person.personId, await openName(scene, person)]),
  );
  return { rows, history, names: new Map(names) };
}

const versionField = (name: SettingName): string => `${name}.version`;

settingsPages.get("/desk/settings", requires("settings.manage", "meeting.draft", "audit.read"), async (c) => {
  const loaded = await load(c);
  const rules = rulesFromRows(loaded.rows);
  return settingsPage(c, loaded, rules, formOfRules(rules));
});

function settingsPage(
  c: AppContext,
  loaded: Loaded,
  rules: MeetingRules,
  form: RuleForm,
  errors: readonly FieldError[] = [],
  problem?: Problem,
) {
  const { t, lang, scene, formToken, actor } = c.var;
  const { slug } = scene.community;
  const byName = new Map(loaded.rows.map((row) => [settingName(row.key), row]));
  const who = (row: SettingRow): string =>
    loaded.names.get(row.setBy) ?? t("已离任人员", "someone no longer in office");
  const note = (name: SettingName): string => {
    const row = byName.get(name);
    return row
      ? t(
          `${who(row)}于${sayInstant(row.setAt, lang)}设定（第${row.version}版）`,
          `Set by ${who(row)} on ${sayInstant(row.setAt, lang)} (version ${row.version})`,
        )
      : t("没有设定过，用默认值", "Never set; the default holds");
  };
  const hidden = Object.fromEntries(
    SETTING_NAMES.map((name) => [versionField(name), String(byName.get(name)?.version ?? 0)]),
  );
  const fields = <RuleFields t={t} rules={rules} form={form} errors={errors} note={note} />;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("本小区的规则", "Rules of this community")}
      switchHref={`/c/${slug}/desk/settings?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: `/c/${slug}/desk`, label: t("工作台", "Desk") }]}
    >
      <h1>{t("本小区的规则", "Rules of this community")}</h1>
      <p>
        {t(
          "法律没有统一规定、各地或各小区做法不同的地方，在这里按议事规则设定。每次修改都是新的一版，写入公开记录；已经公告的会议不受影响。",
          "Where the law leaves it to the place or the rules of procedure, it is set here. A change is a new version, in the public record; a meeting whose notice is given keeps its own.",
        )}
      </p>
      <Refused c={c} problem={problem} />
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the public record")} />
      <ErrorSummary t={t} errors={errors} />
      {actor.permissions.has("settings.manage") ? (
        <Form action={`/c/${slug}/desk/settings`} token={formToken} hidden={hidden}>
          {fields}
          <Actions>
            <Button>{t("保存规则", "Save rules")}</Button>
          </Actions>
        </Form>
      ) : (
        <DataTable
          caption={t("现在的规则", "Rules in force")}
          rows={SETTING_NAMES}
          columns={[
            {
              label: t("规则", "Rule"),
              head: true,
              cell: (name) => t(settingText(name).title.zh, settingText(name).title.en),
            },
            { label: t("取值", "Value"), cell: (name) => t(valueWords(name, rules).zh, valueWords(name, rules).en) },
            { label: t("依据", "Ground"), cell: (name) => rules[name].clause || "—" },
            { label: t("由谁设定", "Set by"), cell: (name) => note(name) },
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
            {
              label: t("规则", "Rule"),
              head: true,
              cell: (row) => {
                const name = settingName(row.key);
                return name ? t(settingText(name).title.zh, settingText(name).title.en) : row.key;
              },
            },
            { label: t("版本", "Version"), number: true, cell: (row) => row.version },
            { label: t("改为", "Became"), cell: (row) => valueOfVersion(row, t) },
            { label: t("依据", "Ground"), cell: (row) => row.clause || "—" },
            { label: t("时间", "When"), cell: (row) => sayInstant(row.setAt, lang) },
            { label: t("由谁设定", "By"), cell: who },
          ]}
        />
      </Details>
    </Page>,
    problem ? (problem.status as 409) : errors.length > 0 ? 422 : 200,
  );
}

function valueOfVersion(row: SettingRow, t: AppContext["var"]["t"]): string {
  const name = settingName(row.key);
  if (!name) return row.value;
  const rules = { ...DEFAULT_RULES, [name]: { value: JSON.parse(row.value) as unknown, clause: row.clause } };
  const { zh, en } = valueWords(name, rules as MeetingRules);
  return t(zh, en);
}

function settingsProblem(refusal: Extract<SettingsRefusal, { reason: "settings_changed_meanwhile" }>): Problem {
  const titles = refusal.settings.map((name) => settingText(name).title);
  return {
    code: "settings-changed-meanwhile",
    status: 409,
    title: { zh: "规则在此期间被别人改过", en: "Somebody changed the rules in the meantime" },
    detail: {
      zh: `涉及：${titles.map(({ zh }) => zh).join("、")}。这次没有保存，您填写的内容还在下面。`,
      en: `It concerns: ${titles.map(({ en }) => en).join(", ")}. Nothing was saved; what you typed is below.`,
    },
    next: { zh: "请核对后再保存一次。", en: "Check it and save again." },
  };
}

settingsPages.post("/desk/settings", requires("settings.manage"), async (c) => {
  const { t, scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const loaded = await load(c);
  const current = rulesFromRows(loaded.rows);
  const form = ruleFormOf(body);
  const read = rulesFromForm(form, current);
  if (!read.ok) return settingsPage(c, loaded, current, form, ruleErrors(read.error, t));
  const seen = Object.fromEntries(
    SETTING_NAMES.map((name) => {
      const text = one(body, versionField(name));
      return [name, /^\d{1,7}$/.test(text) ? Number(text) : 0];
    }),
  );
  const saved = await saveSettings(staffScene(c), read.value, seen);
  if (saved.ok) return c.redirect(`/c/${scene.community.slug}/desk/settings?done=1`, 303);
  return saved.error.reason === "rules_faulty"
    ? settingsPage(c, loaded, current, form, ruleErrors(saved.error.faults, t))
    : settingsPage(c, loaded, current, form, [], settingsProblem(saved.error));
});
