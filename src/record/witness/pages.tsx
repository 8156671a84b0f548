/** Who signs the checkpoints beside the log itself, how to become one, and the form by which an officer registers a key. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Details, EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { recordProblem } from "../problems.ts";
import { registerWitness } from "./actions.ts";
import { listLastCosigned, listWitnesses } from "./store.ts";

/** Mounted under /c/:slug. */
export const witnessPages = new Hono<AppEnv>();

witnessPages.get("/record/witnesses", async (c) => {
  const { t, lang, scene } = c.var;
  const base = `/c/${scene.community.slug}`;
  const [witnesses, last] = await scene.db.read(listWitnesses(scene), listLastCosigned(scene));
  const lastOf = new Map(last.map((one) => [`${one.keyName} ${one.keyId}`, one]));
  // A stranger may be an officer who has not signed in yet; whoever has, is shown what they may do.
  const actor = await c.var.findActor();
  const mayRegister = actor === null || actor.permissions.has("settings.manage");
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("见证人", "Witnesses")}
      breadcrumb={[{ href: `${base}/record`, label: t("公开记录", "The public record") }]}
    >
      <h1>{t("见证人", "Witnesses")}</h1>
      <p class="lead">
        {t(
          "见证人在检查点上再签一次名，说明“我看到的是这一份，而且它接着我上次看到的”。有了见证人，本站就没有办法给不同的人看不同的记录。",
          "A witness signs checkpoints too: “this is the one I saw, and it continues the one I saw before”. With witnesses this site cannot show different records to different people.",
        )}
      </p>
      <DataTable
        caption={t("登记过的见证人", "Registered witnesses")}
        rows={witnesses}
        columns={[
          { label: t("见证人", "Witness"), head: true, cell: ({ label }) => label },
          {
            label: t("最近见证", "Last signed"),
            cell: ({ keyName, keyId }) => {
              const one = lastOf.get(`${keyName} ${keyId}`);
              if (!one) return t("还没有", "not yet");
              const when = sayInstant(one.signedAt * 1000, lang);
              return t(`${when}，到第${one.size - 1}号`, `${when}, up to entry ${one.size - 1}`);
            },
          },
          { label: t("公钥", "Key"), cell: ({ vkey }) => <code>{vkey}</code> },
        ]}
        empty={
          <EmptyState title={t("还没有见证人", "No witnesses yet")}>
            {t(
              "街道、审计或业主小组都可以。业主委员会登记公钥以后，这里会显示。",
              "The street office, an auditor or a group of owners can be one. Once the committee has registered a key it is shown here.",
            )}
          </EmptyState>
        }
      />
      <Details summary={t("怎样做见证人", "How to be a witness")}>
        <ol>
          <li>
            {t(
              "用支持 C2SP tlog-cosignature 的程序生成一把密钥（类型 0x04），把公钥那一行交给业主委员会登记。",
              "Make a key (type 0x04) with a program that speaks C2SP tlog-cosignature, and give the line with the public key to the committee.",
            )}
          </li>
          <li>
            {t(
              "定时取最新检查点，确认它接着上一次的：",
              "Fetch the latest checkpoint now and then and make sure it continues the last one:",
            )}{" "}
            <code>GET {base}/log/checkpoint</code>
          </li>
          <li>
            {t("签名，把带签名的检查点原样送回：", "Sign it, and send the signed checkpoint back as it is:")}{" "}
            <code>POST {base}/log/cosignatures</code> <code>content-type: text/plain</code>
          </li>
        </ol>
      </Details>
      {mayRegister ? (
        <p>
          <a href={`${base}/record/witnesses/new`}>
            {t("登记见证人（需要有设置权限的职务）", "Register a witness (for officers who manage settings)")}
          </a>
        </p>
      ) : null}
    </Page>,
  );
});

witnessPages.get("/record/witnesses/new", requires("settings.manage"), (c) => form(c, { label: "", vkey: "" }, []));

witnessPages.post("/record/witnesses/new", requires("settings.manage"), async (c) => {
  const body = await c.req.parseBody();
  const text = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : "");
  const asked = { label: text("label"), vkey: text("vkey") };
  const registered = await registerWitness(staffScene(c), asked);
  if (registered.ok) return c.redirect(`/c/${c.var.scene.community.slug}/record/witnesses`, 303);
  const message = pick(recordProblem(registered.error).detail, c.var.lang);
  return form(c, asked, [{ field: registered.error.reason === "bad_label" ? "label" : "vkey", message }]);
});

function form(
  c: AppContext,
  values: { label: string; vkey: string },
  errors: readonly FieldError[],
): Response | Promise<Response> {
  const { t, scene, formToken } = c.var;
  const base = `/c/${scene.community.slug}`;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("登记见证人", "Register a witness")}
      breadcrumb={[{ href: `${base}/record/witnesses`, label: t("见证人", "Witnesses") }]}
    >
      <h1>{t("登记见证人", "Register a witness")}</h1>
      <p>
        {t(
          "登记会写入公开记录，不能撤回。请当面向见证人核对公钥。",
          "The registration is written to the public record and cannot be taken back. Check the key with the witness in person.",
        )}
      </p>
      <Form action={`${base}/record/witnesses/new`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="label"
          label={t("见证人是谁", "Who the witness is")}
          hint={t("例如：璧城街道办事处", "For example the street office")}
          value={values.label}
          error={errorFor(errors, "label")}
          maxlength={60}
        />
        <Field
          name="vkey"
          label={t("公钥", "Public key")}
          hint={t("一行文字：名称+编号+base64", "One line: name+key id+base64")}
          value={values.vkey}
          error={errorFor(errors, "vkey")}
          maxlength={400}
        />
        <Actions>
          <Button>{t("登记", "Register")}</Button>
        </Actions>
      </Form>
    </Page>,
    errors.length > 0 ? 422 : 200,
  );
}
