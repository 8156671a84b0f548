/** Taking a statement in at the desk, and how far one of many lines is. Markup and forms only. */
import { Hono } from "hono";
import { requires } from "../../../platform/access.ts";
import { type AppEnv, staffScene } from "../../../platform/context.ts";
import { type FormBody, files, one } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { PostButton } from "../../../platform/ui/buttons.tsx";
import { CoverageBars } from "../../../platform/ui/charts.tsx";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { unpacked } from "../../assets/import-desk.tsx";
import { readCount } from "../../books/addresses.ts";
import { findBankAccount } from "../actions.ts";
import { bankAccountHref, matchingHref, runningHref } from "../addresses.ts";
import { accountName, accountPage, bankCrumbs } from "../pages.tsx";
import { COLUMN_KINDS, type ColumnKind, type Mapping } from "../rules.ts";
import { A_PART, type Taken, takeNextPart, takeStatement, viewRunning } from "./actions.ts";
import type { StatementFile } from "./reading.ts";

/** Mounted at /c/:slug. */
export const deskTakingRoutes = new Hono<AppEnv>();
const takes = requires("ledger.draft");

/** The columns that were chosen; null where the form had none to choose. */
function readMapping(body: FormBody): Mapping | null {
  const chosen: Partial<Record<ColumnKind, number>> = {};
  let asked = false;
  for (const kind of COLUMN_KINDS) {
    if (body[`column.${kind}`] === undefined) continue;
    asked = true;
    const at = readCount(one(body, `column.${kind}`));
    if (at !== null) chosen[kind] = at;
  }
  return asked ? chosen : null;
}

deskTakingRoutes.post("/desk/ledger/bank/:accountId/statement", takes, async (c) => {
  const accountId = c.req.param("accountId");
  const body = await c.req.parseBody({ all: true });
  const sent = files(body, "file")[0];
  const held = one(body, "held");
  const file: StatementFile = sent
    ? { name: sent.name, bytes: new Uint8Array(await sent.arrayBuffer()) }
    : { name: one(body, "name") || "—", bytes: unpacked(held) };
  const chosen = readMapping(body);
  const taken = await takeStatement(staffScene(c), accountId, file, chosen, one(body, "_once") || newOnce());
  if (!taken.ok) return accountPage(c, accountId, { refusal: taken.error, file, chosen });
  const { slug } = c.var.scene.community;
  if (taken.value.left > 0) return c.redirect(runningHref(slug, accountId), 303);
  return c.redirect(takenHref(slug, accountId, taken.value), 303);
});

const takenHref = (slug: string, accountId: string, { added, known }: Pick<Taken, "added" | "known">): string =>
  `${bankAccountHref(slug, accountId)}?added=${added}&known=${known}`;

// ——— A statement of many lines on its way in ———

deskTakingRoutes.get("/desk/ledger/bank/:accountId/running", requires("ledger.read"), async (c) => {
  const { t, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const accountId = c.req.param("accountId");
  const account = await findBankAccount(scene, accountId);
  if (!account) return c.notFound();
  const running = await viewRunning(scene, accountId);
  const here = runningHref(slug, accountId);
  const title = t("正在导入银行流水", "Taking a statement in");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={[...bankCrumbs(c), { href: bankAccountHref(slug, accountId), label: accountName(account) }]}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      {running ? (
        <>
          <CoverageBars
            unit={t("笔", " lines")}
            lines={[{ label: running.fileName, part: running.added - running.left, whole: running.added }]}
          />
          <p>
            {t(
              `还有${running.left}笔。文件已经全部读过、没有错误；${running.known}笔以前导入过，跳过了。`,
              `${running.left} lines are left. The whole file was read and found right; ${running.known} lines were here already.`,
            )}
          </p>
          {actor.permissions.has("ledger.draft") ? (
            <PostButton action={here} token={formToken}>
              {t(`接着导入下一批，最多${A_PART}笔`, `Put the next part in, at most ${A_PART} lines`)}
            </PostButton>
          ) : null}
          <p class="hint">
            {t(
              "可以关掉这个页面：几分钟内会自动接着导入。同一份文件再传一次，也是接着导入，不会重复。",
              "You may close this page: it goes on by itself within minutes. Sending the same file again goes on too and adds nothing twice.",
            )}{" "}
            <a href={here}>{t("看最新进度", "How far it is now")}</a>
          </p>
        </>
      ) : (
        <EmptyState title={t("全部导入了", "All of it is in")}>
          <a href={matchingHref(slug, accountId)}>{t("接着和凭证核对", "Match them with the vouchers")}</a>
        </EmptyState>
      )}
    </Page>,
  );
});

deskTakingRoutes.post("/desk/ledger/bank/:accountId/running", takes, async (c) => {
  const { scene } = c.var;
  const accountId = c.req.param("accountId");
  const running = await viewRunning(scene, accountId);
  const left = await takeNextPart(scene, accountId);
  const { slug } = scene.community;
  return c.redirect(running && left === 0 ? takenHref(slug, accountId, running) : runningHref(slug, accountId), 303);
});
