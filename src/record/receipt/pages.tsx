/** The page where anyone brings a receipt and sees each step of checking it, and the verifier to keep for later. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { FileField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { logKey } from "../actions.ts";
import { canonicalJson, type Json } from "../canonical.ts";
import { meaningOf } from "../meanings.ts";
import { formatVkey } from "../note/key.ts";
import { offlineVerifier } from "../offline/page.ts";
import { recordProblem } from "../problems.ts";
import { shortCode } from "../rules.ts";
import { findLog } from "../store.ts";
import { listWitnesses } from "../witness/store.ts";
import { type Verification, verifyReceipt } from "./actions.ts";
import { findOpeningWords, type OpenedFact } from "./explained.ts";
import type { Step } from "./rules.ts";
import { FILE_FAULTS, STEP_TITLES, stepText, VERDICTS } from "./wording.ts";

/** Mounted under /c/:slug. */
export const receiptPages = new Hono<AppEnv>();

receiptPages.get("/verify", (c) => form(c, "", []));

receiptPages.post("/verify", async (c) => {
  const { lang, scene } = c.var;
  const body = await c.req.parseBody();
  const chosen = body.file;
  const pasted = typeof body.receipt === "string" ? body.receipt : "";
  // A file chosen on purpose goes before what may still stand in the box.
  const text = chosen instanceof File && chosen.size > 0 ? await chosen.text() : pasted;
  const verified = await verifyReceipt(scene, text);
  if (verified.ok) return report(c, verified.value);
  if (verified.error.reason !== "unreadable_receipt") return problemResponse(c, recordProblem(verified.error));
  const message = pick(FILE_FAULTS[verified.error.fault], lang);
  return form(c, pasted.length > 20_000 ? "" : pasted, [{ field: "receipt", message }]);
});

// To be saved while all is well and used when it is not: it needs no network, this site least of all.
receiptPages.get("/verify/offline.html", async (c) => {
  const { scene } = c.var;
  const [[log], witnesses] = await scene.db.read(findLog(scene), listWitnesses(scene));
  const key = logKey(scene, log);
  if (!key.ok) return problemResponse(c, recordProblem(key.error));
  const html = offlineVerifier({
    community: scene.community.name,
    vkey: formatVkey(key.value),
    witnesses: witnesses.map(({ label, vkey }) => ({ label, vkey })),
  });
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-disposition": `attachment; filename="verify-${scene.community.slug}.html"`,
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    },
  });
});

function form(c: AppContext, receipt: string, errors: readonly FieldError[]): Response | Promise<Response> {
  const { t, scene, formToken } = c.var;
  const base = `/c/${scene.community.slug}`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("核验回执", "Check a receipt")}
      breadcrumb={[{ href: `${base}/record`, label: t("公开记录", "The public record") }]}
      switchHref={errors.length > 0 ? `${base}/verify?lang=${t("en", "zh")}` : undefined}
    >
      <h1>{t("核验回执", "Check a receipt")}</h1>
      <p class="lead">
        {t(
          "选择您保存的回执文件，或粘贴它的内容。页面会一步一步算给您看，不需要登录。",
          "Choose the receipt you saved, or paste its text. Each step is worked out before you; no sign-in is needed.",
        )}
      </p>
      <Form action={`${base}/verify`} token={formToken} files>
        <ErrorSummary
          t={t}
          errors={errors}
          title={t("没有开始核验，什么都没有改动", "Nothing was checked, and nothing was changed")}
        />
        <FileField
          name="file"
          label={t("回执文件", "Receipt file")}
          hint=".json / .tlog-proof"
          accept=".json,.tlog-proof,.txt,application/json,text/plain"
          optional={t("或在下面粘贴", "or paste below")}
        />
        <TextArea
          name="receipt"
          label={t("回执内容", "Receipt text")}
          rows={6}
          value={receipt}
          error={errors[0]?.message}
          optional={t("选了文件就不用填", "not needed with a file")}
        />
        <Actions>
          <Button>{t("开始核验", "Check it")}</Button>
        </Actions>
      </Form>
      <Details summary={t("不想依赖本站？离线核验", "Rather not rely on this site? Check it offline")}>
        <p>
          {t(
            "保存下面这个网页，断网也能打开。它自己带着全部计算程序和本小区的公钥，不连接任何网站。把它和回执放在一起，几年以后也能用。",
            "Save this page; it opens without a network. It carries the whole program and this community's key and connects to nothing. Kept beside the receipt it still works years from now.",
          )}
        </p>
        <Actions>
          <ButtonLink
            look="quiet"
            href={`${base}/verify/offline.html`}
            download={`verify-${scene.community.slug}.html`}
          >
            {t("保存离线核验网页", "Save the offline verifier")}
          </ButtonLink>
        </Actions>
      </Details>
    </Page>,
    errors.length > 0 ? 422 : 200,
  );
}

/** What the owner of a receipt kept, in words where the kind of entry has them; the bytes that were hashed stand folded beside. */
const Kept = (props: { c: AppContext; pointer: string; value: Json; facts: readonly OpenedFact[] | null }) => {
  const { t, lang } = props.c.var;
  const { pointer, value, facts } = props;
  const text = <code>{typeof value === "string" ? value : canonicalJson(value)}</code>;
  return (
    <>
      <h2>{t("您保存的内容", "What you kept")}</h2>
      {facts ? (
        <>
          <FactList>
            {facts.map((fact) => (
              <Fact label={pick(fact.label, lang)}>{pick(fact.text, lang)}</Fact>
            ))}
          </FactList>
          <Details summary={t("核验所用的原文", "The text that was checked")}>
            <p>{text}</p>
          </Details>
        </>
      ) : (
        <FactList>
          <Fact label={pointer}>{text}</Fact>
        </FactList>
      )}
    </>
  );
};

const TONES = { passed: "good", failed: "bad", skipped: "off" } as const;

async function report(c: AppContext, { receipt, report, witnesses }: Verification): Promise<Response> {
  const { t, lang, scene } = c.var;
  const { entry } = report;
  // What does not fit its commitment is not put into words: a false choice would read like a true one.
  const fits = report.steps.some(({ name, outcome }) => name === "openings" && outcome === "passed");
  const kept = await Promise.all(
    receipt.openings.map(async ({ pointer, value }) => {
      const say = fits && typeof entry?.type === "string" ? findOpeningWords(entry.type, pointer) : undefined;
      return { pointer, value, facts: say && entry ? await say(scene, entry, value) : null };
    }),
  );
  const base = `/c/${scene.community.slug}`;
  const verdict = VERDICTS[report.verdict];
  const tone = { proved: "good", promised: "warn", failed: "bad" } as const;
  const word = (step: Step) =>
    ({ passed: t("通过", "holds"), failed: t("不通过", "does not hold"), skipped: t("未核对", "not checked") })[
      step.outcome
    ];
  const type = report.entry?.type;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("核验结果", "What was checked")}
      breadcrumb={[
        { href: `${base}/record`, label: t("公开记录", "The public record") },
        { href: `${base}/verify`, label: t("核验回执", "Check a receipt") },
      ]}
      switchHref={`${base}/verify?lang=${t("en", "zh")}`}
    >
      <h1>{pick(verdict.title, lang)}</h1>
      <Callout tone={tone[report.verdict]}>
        <p>{pick(verdict.text, lang)}</p>
      </Callout>
      <h2>{t("核验了什么", "What was checked")}</h2>
      <ol class="checks">
        {report.steps.map((step) => (
          <li>
            <p>
              <StatusWord tone={TONES[step.outcome]}>{word(step)}</StatusWord>{" "}
              <b>{pick(STEP_TITLES[step.name], lang)}</b>
            </p>
            <p>{pick(stepText(step), lang)}</p>
          </li>
        ))}
      </ol>
      <h2>{t("这份回执说的是", "What the receipt is about")}</h2>
      <FactList>
        {typeof type === "string" ? <Fact label={t("事项", "What")}>{pick(meaningOf(type).title, lang)}</Fact> : null}
        <Fact label={t("编号", "No.")}>{String(receipt.seq)}</Fact>
        <Fact label={t("短码", "Short code")}>
          <code>{shortCode(report.leafHash)}</code>
        </Fact>
        {report.checkpoint ? (
          <Fact label={t("检查点", "Checkpoint")}>
            {t(`覆盖前${report.checkpoint.size}条`, `over the first ${report.checkpoint.size} entries`)}
          </Fact>
        ) : null}
        {report.cosigned.length > 0 ? (
          <Fact label={t("见证人", "Witnesses")}>
            {report.cosigned.map(({ name, timeSeconds }) => (
              <div>
                {witnesses.find(({ keyName }) => keyName === name)?.label ?? name}：
                {sayInstant(timeSeconds * 1000, lang)}
              </div>
            ))}
          </Fact>
        ) : null}
      </FactList>
      {kept.map(({ pointer, value, facts }) => (
        <Kept c={c} pointer={pointer} value={value} facts={facts} />
      ))}
      <Actions>
        <ButtonLink href={`${base}/verify`}>{t("再核验一份", "Check another")}</ButtonLink>
        {report.verdict === "failed" ? null : (
          <ButtonLink look="quiet" href={`${base}/record/${report.leafHash}`}>
            {t("查看这条记录", "See the entry")}
          </ButtonLink>
        )}
      </Actions>
    </Page>,
  );
}
