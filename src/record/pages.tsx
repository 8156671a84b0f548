/** The public record for people: what it is, what was written lately, and where it is looked up. One entry stands in entry-pages.tsx; for programs see log-routes.ts. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../platform/context.ts";
import { frameOf } from "../platform/frame.ts";
import { pick } from "../platform/i18n.ts";
import { Page } from "../platform/layout.tsx";
import { Actions, Button, ButtonLink } from "../platform/ui/buttons.tsx";
import { Fact, FactList } from "../platform/ui/facts.tsx";
import { Field } from "../platform/ui/fields.tsx";
import { SearchForm } from "../platform/ui/forms.tsx";
import { sayInstant } from "../platform/ui/moments.ts";
import { Details, EmptyState } from "../platform/ui/notices.tsx";
import { DataTable, Pager } from "../platform/ui/tables.tsx";
import { meaningOf } from "./meanings.ts";
import { VerifierOffered } from "./offline/download.tsx";
import { readShortCode, shortCode } from "./rules.ts";
import {
  countLeaves,
  findLatestCheckpoint,
  findLeavesByPrefix,
  type Leaf,
  listLeavesAbout,
  listNewestLeaves,
  type StoredCheckpoint,
} from "./store.ts";
import { type Cosignature, listCosignatures, listLastCosigned } from "./witness/store.ts";

const ENTRIES_A_PAGE = 20;
const ENTRIES_ABOUT = 100;

/** Mounted under /c/:slug. */
export const recordPages = new Hono<AppEnv>();

const pageNumber = (text: string | undefined): number | null =>
  text === undefined ? 1 : /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : null;

recordPages.get("/record", async (c) => {
  const { scene, t } = c.var;
  const code = c.req.query("code");
  if (code !== undefined && code.trim() !== "") return lookUp(c, code);
  const page = pageNumber(c.req.query("page"));
  if (page === null) return c.notFound();
  const [[count], [checkpoint], cosignatures, last, leaves] = await scene.db.read(
    countLeaves(scene),
    findLatestCheckpoint(scene),
    listCosignatures(scene),
    listLastCosigned(scene),
    listNewestLeaves(scene, (page - 1) * ENTRIES_A_PAGE, ENTRIES_A_PAGE),
  );
  const size = count?.size ?? 0;
  const pages = Math.max(1, Math.ceil(size / ENTRIES_A_PAGE));
  if (page > pages) return c.notFound();
  const base = `/c/${scene.community.slug}`;
  return c.html(
    <Page {...frameOf(c)} title={t("公开记录", "The public record")}>
      <h1>{t("公开记录", "The public record")}</h1>
      {page === 1 ? <Explanation c={c} /> : null}
      {page === 1 ? <LookUpForm c={c} /> : null}
      {page === 1 && size > 0 ? (
        <Sealed c={c} size={size} checkpoint={checkpoint} cosignatures={cosignatures} last={last} />
      ) : null}
      <h2 id="entries">{t("记下的事项，新的在前", "What was recorded, newest first")}</h2>
      <EntryTable c={c} leaves={leaves} caption={t(`公开记录，共${size}条`, `The record, ${size} entries`)} />
      <Pager t={t} page={page} pages={pages} href={(n) => `${base}/record?page=${n}#entries`} />
      {page === 1 ? <ForPrograms c={c} /> : null}
    </Page>,
  );
});

const Explanation = ({ c }: { c: AppContext }) => {
  const { t } = c.var;
  const base = `/c/${c.var.scene.community.slug}`;
  return (
    <>
      <p class="lead">
        {t(
          "小区的每件大事，都按先后记在这本册子上：发通知、冻结名册、每一张表决票、计票、公布结果、谁任职谁离任。写上去就不能改，也不能抽掉。",
          "Everything that matters here is written in this book in order: notices, frozen rolls, every ballot, counts, results, who takes office and who leaves. What is written cannot be changed or taken out.",
        )}
      </p>
      <Details summary={t("为什么说改不了？", "Why can it not be changed?")}>
        <ul>
          <li>
            {t(
              "每一条都算出一个校验值，像指纹一样：改动一个字，指纹就完全不同。",
              "Each entry has a fingerprint: change one character and the fingerprint is another.",
            )}
          </li>
          <li>
            {t(
              "所有指纹逐层合并成一个总指纹，每隔几分钟签名公布一次，叫检查点。旧的总指纹永远是新的一部分，改动旧记录就对不上。",
              "All fingerprints are joined, layer by layer, into one, which is signed and published every few minutes as a checkpoint. The old one is always part of the new one, so a change to old entries shows.",
            )}
          </li>
          <li>
            {t(
              "街道、审计或业主小组可以做见证人，在检查点上再签一次名。这样连本站的运营者也不能给不同的人看不同的册子。",
              "The street office, an auditor or a group of owners can sign the checkpoints too. Then not even the operator of this site can show different books to different people.",
            )}
          </li>
          <li>
            {t(
              "记录里没有姓名、电话、证件号，也没有谁投了什么。需要保密的内容只留密封值，本人凭回执可以核对。",
              "There are no names, phone numbers or certificate numbers in it, nor who voted what. What is secret stands there sealed; whoever holds the receipt can check their own.",
            )}
          </li>
        </ul>
      </Details>
      <Actions>
        <ButtonLink href={`${base}/verify`}>{t("核验我的回执", "Check my receipt")}</ButtonLink>
      </Actions>
    </>
  );
};

const LookUpForm = ({ c, value, error }: { c: AppContext; value?: string; error?: string }) => {
  const { t } = c.var;
  return (
    <SearchForm action={`/c/${c.var.scene.community.slug}/record`}>
      <Field
        name="code"
        label={t("用短码查一条记录", "Find an entry by its short code")}
        hint={t(
          "回执上的20个字符，大小写、空格和短横都可以",
          "The 20 characters on the receipt; capitals, spaces and hyphens do not matter",
        )}
        type="search"
        value={value}
        error={error}
        maxlength={60}
      />
      <Button look="quiet">{t("查找", "Find")}</Button>
    </SearchForm>
  );
};

/** A short code leads to its entry; a wrong one is shown again with the reason beside it. */
async function lookUp(c: AppContext, code: string): Promise<Response> {
  const { scene, t } = c.var;
  const digits = readShortCode(code);
  if (digits) {
    const [found] = await scene.db.read(findLeavesByPrefix(scene, digits));
    if (found[0]) return c.redirect(`/c/${scene.community.slug}/record/entries/${found[0].seq}`, 302);
  }
  const error = digits
    ? t(
        "本小区的记录里没有这个短码，请再核对一遍。",
        "This community's record has no such code; please check it again.",
      )
    : t(
        "短码是20个字母和数字，请核对有没有漏掉或多写。",
        "A short code has 20 letters and digits; please check for missing or extra ones.",
      );
  return c.html(
    <Page {...frameOf(c)} title={t("公开记录", "The public record")}>
      <h1>{t("没有找到这条记录", "The entry was not found")}</h1>
      <LookUpForm c={c} value={code.slice(0, 60)} error={error} />
      <p>
        <a href={`/c/${scene.community.slug}/record`}>{t("返回公开记录", "Back to the record")}</a>
      </p>
    </Page>,
    digits ? 404 : 422,
  );
}

/** How far the signatures reach, and whose they are. */
const Sealed = (props: {
  c: AppContext;
  size: number;
  checkpoint: StoredCheckpoint | undefined;
  cosignatures: readonly Cosignature[];
  last: readonly Cosignature[];
}) => {
  const { c, size, checkpoint, cosignatures, last } = props;
  const { t, lang } = c.var;
  const waiting = size - (checkpoint?.size ?? 0);
  return (
    <section aria-labelledby="sealed">
      <h2 id="sealed">{t("最新检查点", "Latest checkpoint")}</h2>
      <FactList>
        <Fact label={t("签名覆盖", "Signed over")}>
          {checkpoint
            ? t(
                `第0号至第${checkpoint.size - 1}号，共${checkpoint.size}条`,
                `entries 0 to ${checkpoint.size - 1}, ${checkpoint.size} in all`,
              )
            : t("还没有检查点", "no checkpoint yet")}
        </Fact>
        {checkpoint ? <Fact label={t("签名时间", "Signed on")}>{sayInstant(checkpoint.madeAt, lang)}</Fact> : null}
        {checkpoint ? (
          <Fact label={t("总校验值", "Root")}>
            <code>{checkpoint.root}</code>
          </Fact>
        ) : null}
        <Fact label={t("等待签名", "Waiting")}>
          {waiting === 0
            ? t("没有", "none")
            : t(`${waiting}条，几分钟内签名`, `${waiting}, to be signed over within minutes`)}
        </Fact>
        <Fact label={t("见证人", "Witnesses")}>
          {cosignatures.length > 0
            ? cosignatures.map(({ label, signedAt }) => (
                <div>
                  {label}：{sayInstant(signedAt * 1000, lang)}
                </div>
              ))
            : t("这个检查点还没有见证人签名", "no witness has signed this checkpoint yet")}
          {last
            .filter(({ size: at }) => at !== checkpoint?.size)
            .map(({ label, size: at }) => (
              <div>{t(`${label}：见证到第${at - 1}号`, `${label}: signed up to entry ${at - 1}`)}</div>
            ))}
        </Fact>
      </FactList>
      <p>
        <a href={`/c/${c.var.scene.community.slug}/record/witnesses`}>
          {t("谁是见证人，怎样做见证人", "Who the witnesses are, and how to be one")}
        </a>
      </p>
    </section>
  );
};

const EntryTable = ({ c, leaves, caption }: { c: AppContext; leaves: readonly Leaf[]; caption: string }) => {
  const { t, lang } = c.var;
  const base = `/c/${c.var.scene.community.slug}`;
  return (
    <DataTable
      caption={caption}
      quietCaption
      rows={leaves}
      columns={[
        {
          label: t("事项", "What"),
          head: true,
          cell: (leaf) => <a href={`${base}/record/entries/${leaf.seq}`}>{pick(meaningOf(leaf.type).title, lang)}</a>,
        },
        { label: t("编号", "No."), cell: (leaf) => String(leaf.seq), number: true },
        { label: t("时间", "When"), cell: (leaf) => sayInstant(leaf.at, lang) },
        { label: t("短码", "Short code"), cell: (leaf) => <code>{shortCode(leaf.leafHash)}</code> },
      ]}
      empty={
        <EmptyState title={t("还没有任何记录", "Nothing is recorded yet")}>
          {t("小区办理第一件事时，这里就会有第一条。", "The first act of this community will be the first entry.")}
        </EmptyState>
      }
    />
  );
};

const ForPrograms = ({ c }: { c: AppContext }) => {
  const { t } = c.var;
  const log = `/c/${c.var.scene.community.slug}/log`;
  return (
    <Details summary={t("自己核对整本记录", "Check the whole record yourself")}>
      <VerifierOffered c={c} />
      <p>
        {t(
          "这本记录按 C2SP tlog-tiles 公布，任何人都可以整本下载，重新计算每一个校验值。",
          "The record is published as C2SP tlog-tiles; anyone can copy it whole and recompute every hash.",
        )}
      </p>
      <ul>
        <li>
          <a href={`${log}/vkey`}>{t("公钥", "Public key")}</a> <code>{log}/vkey</code>
        </li>
        <li>
          <a href={`${log}/checkpoint`}>{t("最新检查点", "Latest checkpoint")}</a> <code>{log}/checkpoint</code>
        </li>
        <li>
          {t("校验值", "Hashes")} <code>{log}/tile/0/000.p/1</code>
        </li>
        <li>
          {t("原文", "Entries")} <code>{log}/tile/entries/000.p/1</code>
        </li>
      </ul>
    </Details>
  );
};

recordPages.get("/record/about/:subject", async (c) => {
  const { scene, t } = c.var;
  const from = /^[0-9]{1,15}$/.test(c.req.query("from") ?? "0") ? Number(c.req.query("from") ?? "0") : 0;
  const subject = c.req.param("subject");
  const [leaves] = await scene.db.read(listLeavesAbout(scene, subject, from, ENTRIES_ABOUT + 1));
  if (leaves.length === 0) return c.notFound();
  const shown = leaves.slice(0, ENTRIES_ABOUT);
  const more = leaves[ENTRIES_ABOUT];
  const base = `/c/${scene.community.slug}`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("一件事的全部记录", "Everything recorded about one matter")}
      breadcrumb={[{ href: `${base}/record`, label: t("公开记录", "The public record") }]}
    >
      <h1>{t("一件事的全部记录", "Everything recorded about one matter")}</h1>
      <EntryTable c={c} leaves={shown} caption={t("按先后排列", "In order")} />
      {more ? (
        <p>
          <a rel="next" href={`${base}/record/about/${encodeURIComponent(subject)}?from=${more.seq}`}>
            {t("后面的记录 →", "Later entries →")}
          </a>
        </p>
      ) : null}
    </Page>,
  );
});
