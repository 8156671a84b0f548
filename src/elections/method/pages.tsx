/** The method of an election at the desk: read in sentences, changed setting by setting until it is frozen. The act is actions.ts. */

import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one, several } from "../../platform/form-body.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { ErrorSummary, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import { READS } from "../desk/reads.ts";
import { electionProblem } from "../problems.ts";
import type { ElectionRow } from "../store.ts";
import { saveMethod } from "./actions.ts";
import { MethodFields } from "./fields.tsx";
import { formOfMethod, METHOD_NAMES, METHOD_SHAPES, type MethodForm, mayChangeSetting, readMethod } from "./rules.ts";
import { MethodTable, MethodWords } from "./section.tsx";

/** Mounted under /c/:slug. */
export const methodPages = new Hono<AppEnv>();
const sets = requires("election.prepare", "election.decide");

/** The fields out of a posted form; a setting that was not asked keeps what holds. */
const methodFormOf = (body: Parameters<typeof one>[0]): MethodForm =>
  Object.fromEntries(
    METHOD_NAMES.flatMap((name): [string, string | readonly string[]][] => {
      const values = several(body, name);
      const clause = several(body, `${name}.clause`)[0];
      return [
        ...(values.length === 0
          ? []
          : ([[name, METHOD_SHAPES[name].kind === "several" ? values : (values[0] ?? "")]] as [
              string,
              string | readonly string[],
            ][])),
        ...(clause === undefined ? [] : ([[`${name}.clause`, clause]] as [string, string][])),
      ];
    }),
  );

function methodPage(c: AppContext, row: ElectionRow, typed?: { readonly form: MethodForm; readonly problem: Problem }) {
  const { t, formToken, actor } = c.var;
  const base = electionBaseOf(c, row);
  const method = readMethod(row.method);
  const errors = problemErrors(c, typed?.problem);
  const open = METHOD_NAMES.some((name) => mayChangeSetting(name, row.state));
  const maySet = actor.permissions.has("election.prepare") || actor.permissions.has("election.decide");
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/method"
      title={t("选举办法", "The method of the election")}
      done={t("已保存，并写入公开记录", "Saved, and in the public record")}
      problem={typed?.problem}
    >
      <Callout title={t("业主会读到", "What owners read")}>
        <MethodWords c={c} row={row} method={method} />
      </Callout>
      {open && maySet ? (
        <>
          <p class="hint">
            {t(
              "每一项都有默认值和来源；与默认不同的，写明依据的条款。候选人公布时冻结。",
              "Each has a default and its source; where yours differs, cite the clause. It is frozen when candidates are published.",
            )}
          </p>
          <Form action={`${base}/method`} token={formToken} hidden={{ version: String(row.version) }}>
            <ErrorSummary t={t} errors={errors} />
            <MethodFields
              c={c}
              method={method}
              form={{ ...formOfMethod(method), ...typed?.form }}
              state={row.state}
              errors={errors}
            />
            <Actions>
              <Button>{t("保存选举办法", "Save the method")}</Button>
              <ButtonLink look="quiet" href={base}>
                {t("不修改", "Leave it")}
              </ButtonLink>
            </Actions>
          </Form>
        </>
      ) : (
        <>
          {row.methodHash === null ? null : (
            <p class="hint">
              {t("已冻结。校验值：", "Frozen. Hash: ")}
              <code>{row.methodHash}</code>
            </p>
          )}
          <MethodTable c={c} method={method} />
        </>
      )}
    </ElectionDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

methodPages.get("/desk/elections/:number/method", requires(...READS), async (c) => {
  const row = await electionOf(c);
  return row ? methodPage(c, row) : c.notFound();
});

methodPages.post("/desk/elections/:number/method", sets, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const form = methodFormOf(body);
  const version = /^\d{1,9}$/.test(one(body, "version")) ? Number(one(body, "version")) : 0;
  const saved = await saveMethod(staffScene(c), row.electionId, form, version);
  if (!saved.ok) return methodPage(c, row, { form, problem: electionProblem(saved.error) });
  return c.redirect(`${electionBaseOf(c, row)}/method?done=1`, 303);
});
