/** One entry of the record: what it means, its text, its proof, and its files to keep. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { Hono } from "hono";
import { formatArea } from "../kernel/area.ts";
import type { AppContext, AppEnv } from "../platform/context.ts";
import { frameOf } from "../platform/frame.ts";
import { pick } from "../platform/i18n.ts";
import { Page } from "../platform/layout.tsx";
import { problemResponse } from "../platform/problem.tsx";
import { Actions, ButtonLink } from "../platform/ui/buttons.tsx";
import { Fact, FactList } from "../platform/ui/facts.tsx";
import { sayInstant } from "../platform/ui/moments.ts";
import { Callout, Details } from "../platform/ui/notices.tsx";
import { StatusWord } from "../platform/ui/status.tsx";
import { type EntryProof, proofFor, receiptFor } from "./actions.ts";
import { canonicalJson, type JsonObject, parseCanonical } from "./canonical.ts";
import { isInstantKey, keyWord, meaningOf } from "./meanings.ts";
import { type RecordRefusal, recordProblem } from "./problems.ts";
import { receiptFileFor } from "./receipt/actions.ts";
import { shortCode } from "./rules.ts";
import { findLeaf, findLeafByHash, type Leaf } from "./store.ts";

/** Mounted under /c/:slug. */
export const entryPages = new Hono<AppEnv>();

entryPages.get("/record/entries/:seq{(?:0|[1-9][0-9]{0,14})}", async (c) => {
  const { scene } = c.var;
  const seq = Number(c.req.param("seq"));
  const proof = await proofFor(scene, seq);
  if (proof.ok) return entryPage(c, proof.value.leaf, proof.value, null);
  if (proof.error.reason === "unknown_entry") return c.notFound();
  const [[leaf]] = await scene.db.read(findLeaf(scene, seq));
  return leaf ? entryPage(c, leaf, null, proof.error) : c.notFound();
});

// What a QR code or a link holds: the hash stays right even where the number was misread.
entryPages.get("/record/:hash{[0-9a-f]{64}}", async (c) => {
  const { scene } = c.var;
  const [[leaf]] = await scene.db.read(findLeafByHash(scene, c.req.param("hash")));
  if (!leaf) return c.notFound();
  return c.redirect(`/c/${scene.community.slug}/record/entries/${leaf.seq}`, 302);
});

entryPages.get("/record/:file{[0-9a-f]{64}\\.tlog-proof}", async (c) => {
  const leafHash = c.req.param("file").slice(0, 64);
  const receipt = await receiptFor(c.var.scene, leafHash);
  if (!receipt.ok) return problemResponse(c, recordProblem(receipt.error));
  const { proof, seq } = receipt.value;
  if (proof === null) return problemResponse(c, recordProblem({ reason: "not_covered", seq, size: 0 }));
  return file(proof, `${shortCode(leafHash)}.tlog-proof`, "text/plain; charset=utf-8");
});

entryPages.get("/record/:file{[0-9a-f]{64}\\.json}", async (c) => {
  const leafHash = c.req.param("file").slice(0, 64);
  const receipt = await receiptFileFor(c.var.scene, leafHash);
  if (!receipt.ok) return problemResponse(c, recordProblem(receipt.error));
  return file(receipt.value, `receipt-${shortCode(leafHash)}.json`, "application/json; charset=utf-8");
});

const file = (body: string, name: string, type: string): Response =>
  new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    },
  });

function entryPage(
  c: AppContext,
  leaf: Leaf,
  proof: EntryProof | null,
  refusal: RecordRefusal | null,
): Response | Promise<Response> {
  const { t, lang, scene } = c.var;
  const base = `/c/${scene.community.slug}`;
  const meaning = meaningOf(leaf.type);
  const problem = refusal && refusal.reason !== "not_covered" ? recordProblem(refusal) : null;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t(`记录第${leaf.seq}号`, `Entry ${leaf.seq}`)}
      breadcrumb={[{ href: `${base}/record`, label: t("公开记录", "The public record") }]}
    >
      <h1>{pick(meaning.title, lang)}</h1>
      <p class="lead">{pick(meaning.text, lang)}</p>
      {problem ? (
        <Callout tone="bad" title={pick(problem.title, lang)}>
          <p>{pick(problem.detail, lang)}</p>
          {problem.next ? <p>{pick(problem.next, lang)}</p> : null}
        </Callout>
      ) : null}
      <FactList>
        <Fact label={t("编号", "No.")}>{String(leaf.seq)}</Fact>
        <Fact label={t("写入时间", "Written")}>{sayInstant(leaf.at, lang)}</Fact>
        <Fact label={t("短码", "Short code")}>
          <code>{shortCode(leaf.leafHash)}</code>
        </Fact>
        <Fact label={t("状态", "State")}>
          {problem ? (
            <StatusWord tone="bad">{t("与签过名的内容对不上", "does not agree with what was signed")}</StatusWord>
          ) : proof ? (
            <StatusWord tone="good">{t("已由检查点签名", "signed over by a checkpoint")}</StatusWord>
          ) : (
            <StatusWord tone="waiting">
              {t("等待签名，通常几分钟", "waiting for a checkpoint, usually minutes")}
            </StatusWord>
          )}
        </Fact>
      </FactList>
      <h2>{t("写了什么", "What it says")}</h2>
      <Content c={c} entry={leaf.entry} />
      <Actions>
        <ButtonLink href={`${base}/record/${leaf.leafHash}.json`} download={`receipt-${shortCode(leaf.leafHash)}.json`}>
          {t("保存这条记录和证明", "Save this entry and its proof")}
        </ButtonLink>
        {problem ? null : (
          <ButtonLink
            look="quiet"
            href={`${base}/record/${leaf.leafHash}.tlog-proof`}
            download={`${shortCode(leaf.leafHash)}.tlog-proof`}
          >
            {t("保存 .tlog-proof", "Save the .tlog-proof")}
          </ButtonLink>
        )}
        <ButtonLink look="quiet" href={`${base}/verify`}>
          {t("核验回执", "Check a receipt")}
        </ButtonLink>
      </Actions>
      <Details summary={t("原文与校验值", "The exact text and its hash")}>
        <p>{t("下面一行是参与计算的原文，一个字节不差。", "This line is exactly what is hashed, byte for byte.")}</p>
        <pre>{leaf.entry}</pre>
        <p>
          {t("校验值：SHA-256(0x00 ‖ 原文)", "Hash: SHA-256(0x00 ‖ text)")}
          <br />
          <code>{leaf.leafHash}</code>
        </p>
      </Details>
      {proof ? <ProofSteps c={c} proof={proof} /> : null}
      <nav class="pager" aria-label={t("前后记录", "Entries before and after")}>
        {leaf.seq > 0 ? (
          <a rel="prev" href={`${base}/record/entries/${leaf.seq - 1}`}>
            {t(`← 第${leaf.seq - 1}号`, `← No. ${leaf.seq - 1}`)}
          </a>
        ) : (
          <span />
        )}
        <a rel="next" href={`${base}/record/entries/${leaf.seq + 1}`}>
          {t(`第${leaf.seq + 1}号 →`, `No. ${leaf.seq + 1} →`)}
        </a>
      </nav>
    </Page>,
  );
}

/** The entry's members in words; one that is no canonical JSON any more is shown as it stands. */
const Content = ({ c, entry }: { c: AppContext; entry: string }) => {
  const { t, lang } = c.var;
  const parsed = parseCanonical(entry);
  if (!parsed.ok || typeof parsed.value !== "object" || parsed.value === null || Array.isArray(parsed.value))
    return <pre>{entry}</pre>;
  // What happened first, the entry's own wrapping after it; the time stands above already.
  const { at: _, type, v, ...payload } = parsed.value as JsonObject;
  return (
    <FactList>
      {Object.entries({ ...payload, type: type ?? "", v: v ?? 0 }).map(([key, value]) => (
        <Fact label={pick(keyWord(key), lang)}>
          {value === "" || value === null ? (
            t("（无）", "(none)")
          ) : isInstantKey(key) && typeof value === "number" ? (
            sayInstant(value, lang)
          ) : key.endsWith("Dm2") && typeof value === "number" ? (
            `${formatArea(value)}㎡`
          ) : typeof value === "string" && /[^\x20-\x7e]/.test(value) ? (
            value
          ) : (
            <code>{typeof value === "string" ? value : canonicalJson(value)}</code>
          )}
        </Fact>
      ))}
    </FactList>
  );
};

const ProofSteps = ({ c, proof }: { c: AppContext; proof: EntryProof }) => {
  const { t } = c.var;
  return (
    <Details summary={t("证明：怎样从这一条算到签过名的总校验值", "Proof: from this entry to the signed root")}>
      <p>
        {t(
          `从上面的校验值开始，依次与下列${proof.hashes.length}个值合并（SHA-256(0x01 ‖ 左 ‖ 右)），最后得到检查点里的总校验值。`,
          `Starting from the hash above, join these ${proof.hashes.length} values one by one (SHA-256(0x01 ‖ left ‖ right)); the last result is the root in the checkpoint.`,
        )}
      </p>
      {proof.hashes.length > 0 ? (
        <ol>
          {proof.hashes.map((hash) => (
            <li>
              <code>{bytesToHex(hash)}</code>
            </li>
          ))}
        </ol>
      ) : null}
      <p>
        {t("总校验值", "Root")}：<code>{proof.checkpoint.root}</code>
      </p>
      <pre>{proof.checkpoint.note}</pre>
    </Details>
  );
};
