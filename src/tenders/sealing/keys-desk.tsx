/** A keyholder's page at the desk: who holds the keys, making one's own, and the rehearsal. The private key never comes here. */
import { Hono } from "hono";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { POST_WORDS } from "../../offices/words.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { problemResponse } from "../../platform/problem.tsx";
import { Done } from "../../platform/refused.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { deskTenderHref, deskTendersHref } from "../addresses.ts";
import { tenderKeyOf } from "../desk/frame.tsx";
import { findTender, type TenderRow } from "../store.ts";
import { rehearse, takeKey } from "./actions.ts";
import { keysHref, sealingExplainedHref } from "./addresses.ts";
import type { Sealed } from "./browser/seal.js";
import { PasswordField, ScriptForm } from "./forms.tsx";
import { keyProblem } from "./problems.ts";
import { type KeyholderRow, keyholderOf, keyholdersReady, mayMakeKey, type Seat, seatOf } from "./rules.ts";
import { scriptWords } from "./script-words.ts";
import { NeedsScript, ScriptHashes, SealingScripts } from "./served.tsx";
import { KEYHOLDER_SETTINGS, type KeyPost, postsOf } from "./settings.ts";
import { countKeysAndBids, findRehearsal, listKeyholders, type RehearsalRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const tenderKeyPages = new Hono<AppEnv>();
const reads = requires("tender.read", "tender.decide", "tender.witness");

/** Who holds which key, and what is still to do; for the desk and, without persons, for everybody. */
export const KeyholderTable = (props: { c: AppContext; rows: readonly KeyholderRow[]; posts: readonly KeyPost[] }) => {
  const { c, rows, posts } = props;
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("三把开标钥匙", "The three opening keys")}
      rows={posts.map((post, at) => ({ post, seat: at + 1, key: rows.find(({ seat }) => seat === at + 1) }))}
      columns={[
        { label: t("钥匙", "Key"), cell: ({ seat }) => t(`第${seat}把`, `Key ${seat}`), head: true },
        {
          label: t("保管人", "Held by"),
          cell: ({ post, key }) => pick(POST_WORDS[(key?.post as KeyPost | undefined) ?? post], lang),
        },
        {
          label: t("状态", "State"),
          cell: ({ key }) =>
            key === undefined ? (
              <StatusWord tone="waiting">{t("还没有生成", "not made yet")}</StatusWord>
            ) : key.rehearsedAt === null ? (
              <StatusWord tone="note">{t("已生成，还没有演练", "made, not rehearsed")}</StatusWord>
            ) : (
              <StatusWord tone="good">
                {t(`${sayInstant(key.rehearsedAt, lang)}演练通过`, `rehearsed ${sayInstant(key.rehearsedAt, lang)}`)}
              </StatusWord>
            ),
        },
        {
          label: t("公钥指纹", "Fingerprint"),
          cell: ({ key }) =>
            key ? <a href={`/c/${c.var.scene.community.slug}/record/${key.leafHash}`}>{key.kid.slice(0, 12)}…</a> : "—",
        },
      ]}
    />
  );
};

tenderKeyPages.get("/desk/tenders/:number/keys", reads, async (c) => {
  const { scene } = c.var;
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const [[row], rows, [rehearsal], [count], settings] = await scene.db.read(
    findTender(scene, key),
    listKeyholders(scene, key),
    findRehearsal(scene, key),
    countKeysAndBids(scene, key),
    listSettings(scene, KEYHOLDER_SETTINGS),
  );
  if (!row) return c.notFound();
  const posts = postsOf(valuesFromRows(KEYHOLDER_SETTINGS, settings));
  return c.html(
    <KeysPage c={c} row={row} rows={rows} rehearsal={rehearsal} hasBids={count!.bids === 1} posts={posts} />,
  );
});

interface KeysShown {
  readonly c: AppContext;
  readonly row: TenderRow;
  readonly rows: readonly KeyholderRow[];
  readonly rehearsal: RehearsalRow | undefined;
  readonly hasBids: boolean;
  readonly posts: readonly KeyPost[];
}

const KeysPage = ({ c, row, rows, rehearsal, hasBids, posts }: KeysShown) => {
  const { t, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const mine = keyholderOf(rows, actor.personId);
  const seat =
    mine?.seat ??
    seatOf(
      actor.posts.map(({ kind }) => kind),
      posts,
    );
  const share = mine && rehearsal ? (JSON.parse(rehearsal.part) as Sealed) : null;
  const data = {
    page: "keys",
    at: keysHref(slug, row.number),
    token: formToken,
    fileName: `opening-key-${slug}-${row.number}-${seat ?? 0}`,
    words: scriptWords(t),
    rehearsal: share && mine ? { share: share.shares[mine.seat - 1], ctHash: share.ctHash } : null,
  };
  const ready = keyholdersReady(rows);
  return (
    <Page
      {...frameOf(c, "staff")}
      title={t("开标钥匙", "Opening keys")}
      head={<SealingScripts />}
      breadcrumb={[
        { href: `/c/${slug}/desk`, label: t("工作台", "Desk") },
        { href: deskTendersHref(slug), label: t("选聘", "Tenders") },
        { href: deskTenderHref(slug, row.number), label: row.title },
      ]}
    >
      <h1>{t("开标钥匙", "Opening keys")}</h1>
      <Done c={c} words={t("演练通过，并写入公开记录", "Rehearsed, and in the public record")} />
      <p class="lead">
        {t(
          "投标在投标人的电脑上加密，开标前谁也看不到，包括本系统。三位保管人各有一把钥匙，开标时任意两位就能打开。",
          "Bids are sealed on the bidder's computer; nobody reads them before the opening, this system included. Three keyholders have a key each; any two open.",
        )}{" "}
        <a href={sealingExplainedHref(slug)}>{t("为什么谁也看不到", "Why nobody can")}</a>
      </p>
      <KeyholderTable c={c} rows={rows} posts={posts} />
      {ready.ok ? (
        <Callout
          tone="good"
          title={t("三把钥匙都已生成并演练过，可以收投标", "All three are made and rehearsed: bids can be taken")}
        />
      ) : null}
      <div data-sealing={JSON.stringify(data)}>
        {seat === null ? (
          <Callout>
            <p>{t("您的职务不保管钥匙。", "Your office holds no key.")}</p>
          </Callout>
        ) : (
          <MyKey c={c} row={row} rows={rows} seat={seat} mine={mine} canRehearse={share !== null} hasBids={hasBids} />
        )}
      </div>
      <ScriptHashes c={c} />
    </Page>
  );
};

const MyKey = (props: {
  c: AppContext;
  row: TenderRow;
  rows: readonly KeyholderRow[];
  seat: Seat;
  mine: KeyholderRow | undefined;
  canRehearse: boolean;
  hasBids: boolean;
}) => {
  const { c, row, rows, seat, mine, canRehearse, hasBids } = props;
  const { t } = c.var;
  const held = rows.find((one) => one.seat === seat);
  const may = mayMakeKey(row.state, rows, seat, c.var.actor.personId, "x", hasBids);
  return (
    <>
      <NeedsScript c={c} />
      {canRehearse && mine?.rehearsedAt === null ? (
        <section>
          <h2>{t("演练：打开试标", "Rehearse: open the test bid")}</h2>
          <p>
            {t(
              "选择您保存的钥匙文件，输入口令。通过就说明开标那天打得开。",
              "Choose the key file you saved and type the passphrase. If it opens now, it will on the day.",
            )}
          </p>
          <ScriptForm act="rehearse" button={t("打开试标", "Open the test bid")}>
            <KeyFileFields c={c} prefix="rehearse" />
          </ScriptForm>
        </section>
      ) : null}
      {mine && !canRehearse && !may.ok ? null : mine && !canRehearse ? (
        <p>
          {t("等另外的保管人生成钥匙后，请回来演练。", "Come back to rehearse once the others have made their keys.")}
        </p>
      ) : null}
      {may.ok ? (
        <section>
          <h2>{held ? t("更换钥匙", "Replace the key") : t(`生成第${seat}把钥匙`, `Make key ${seat}`)}</h2>
          <p>
            {held
              ? t(
                  "只在文件或口令丢失时更换。更换会公开，三位保管人都要重新演练；收到第一份投标后不能再换。",
                  "Only where file or passphrase is lost. It is made public, all three rehearse again, and after the first bid it cannot be done.",
                )
              : t(
                  "钥匙在您的电脑上生成。请把下载的文件存到只有您能打开的地方（例如U盘），口令记在另一处。丢了哪一样都打不开，系统没有副本。",
                  "The key is made on your computer. Keep the file where only you can reach it, such as a USB stick, and the passphrase elsewhere. Without either it does not open, and the system has no copy.",
                )}
          </p>
          <ScriptForm
            act="make"
            button={
              held ? t("生成新钥匙并更换", "Make a new key") : t("生成钥匙并下载文件", "Make the key and save its file")
            }
            file={t("再次保存钥匙文件", "Save the key file again")}
          >
            <PasswordField
              name="passphrase"
              id="make-passphrase"
              label={t("口令", "Passphrase")}
              hint={t(
                "至少10个字符，几个不相关的词最好记",
                "10 characters at least; a few unrelated words are easiest",
              )}
              isNew
            />
            <PasswordField name="again" id="make-again" label={t("再输入一次口令", "The passphrase again")} isNew />
            {held ? (
              <div class="field">
                <label for="make-why">{t("更换的原因（公开）", "Why it is replaced (public)")}</label>
                <input id="make-why" name="why" required />
              </div>
            ) : null}
          </ScriptForm>
        </section>
      ) : hasBids && mine ? (
        <p>
          {t(
            "已经收到投标，钥匙不能再换。请妥善保管到开标。",
            "Bids have come in; the key cannot be replaced any more. Keep it safe until the opening.",
          )}
        </p>
      ) : null}
    </>
  );
};

/** The two fields that open a key file. */
export const KeyFileFields = ({ c, prefix }: { c: AppContext; prefix: string }) => {
  const { t } = c.var;
  return (
    <>
      <div class="field">
        <label for={`${prefix}-file`}>{t("钥匙文件", "Key file")}</label>
        <input type="file" id={`${prefix}-file`} name="file" accept=".jwe" />
      </div>
      <PasswordField name="passphrase" id={`${prefix}-passphrase`} label={t("口令", "Passphrase")} />
    </>
  );
};

tenderKeyPages.post("/desk/tenders/:number/keys", reads, async (c) => {
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const made = await takeKey(staffScene(c), key, { jwk: readJwk(one(body, "jwk")), why: one(body, "why") });
  return made.ok ? c.json({ seat: made.value.seat, kid: made.value.kid }) : problemResponse(c, keyProblem(made.error));
});

function readJwk(text: string): Parameters<typeof takeKey>[2]["jwk"] {
  const none = { kty: "", crv: "", x: "", y: "", kid: "" };
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null ? { ...none, ...read } : none;
  } catch {
    return none;
  }
}

tenderKeyPages.post("/desk/tenders/:number/keys/rehearse", reads, async (c) => {
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const done = await rehearse(staffScene(c), key, one(body, "share"));
  return done.ok ? c.json(done.value) : problemResponse(c, keyProblem(done.error));
});
