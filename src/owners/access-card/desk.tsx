/** Cards at the desk: who has no number on the roll, giving out and revoking a card, and the letter that is printed. */
import { Hono } from "hono";
import { unitLabel } from "../../community/explained.ts";
import { dayOf } from "../../kernel/day.ts";
import { textOf, WholeRefusal } from "../../offices/forms.tsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { ErrorSummary, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { cardProblem } from "../problems.ts";
import { REVOKE_REASONS, type RevokeReason } from "../schema.ts";
import { cardAddress, codeOfCard, issueCard, readCard, revokeCard } from "./actions.ts";
import { mayIssueCard, showCardCode } from "./rules.ts";
import { type CardPartyRow, type CardRow, countWithoutNumber, listWithoutNumber } from "./store.ts";

/** Mounted under /c/:slug. */
export const cardDeskPages = new Hono<AppEnv>();

// A card opens an owner's corner: printing one is for those who may change the roll.
const writes = requires("roll.write");
const A_PAGE = 50;

const cardsHref = (slug: string): string => `/c/${slug}/desk/cards`;

const WHY_WORDS: Record<RevokeReason, Bilingual> = {
  replaced: { zh: "换发了新卡", en: "replaced by a new one" },
  lost: { zh: "丢失或可能被别人看到", en: "lost, or seen by others" },
  number_known: { zh: "已登记手机号，改用验证码", en: "a number is on the roll now" },
  no_longer_owner: { zh: "不再是业主", en: "no owner any more" },
  other: { zh: "其他", en: "another reason" },
};

const crumbs = (c: AppContext, deeper = false) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: `/c/${slug}/desk`, label: t("工作台", "Desk") },
    { href: `/c/${slug}/desk/roll`, label: t("名册", "Roll") },
    ...(deeper ? [{ href: cardsHref(slug), label: t("业主登录卡", "Owners' cards") }] : []),
  ];
};

cardDeskPages.get("/desk/cards", writes, async (c) => {
  const { t, lang, scene } = c.var;
  const asked = Number(/^[1-9]\d{0,4}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1);
  const [count, rows] = await scene.db.read(
    countWithoutNumber(scene),
    listWithoutNumber(scene, { limit: A_PAGE, offset: (asked - 1) * A_PAGE }),
  );
  const total = count[0]?.total ?? 0;
  const href = cardsHref(scene.community.slug);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("业主登录卡", "Owners' cards")} breadcrumb={crumbs(c)} wide>
      <h1>{t("业主登录卡", "Owners' cards")}</h1>
      <p>
        {t(
          `名册上没有手机号的业主有${total}位。给他们打印登录卡，凭卡和证件号后四位登录业主专页；有手机号的用验证码，不需要卡。`,
          `${total} owners have no mobile number on the roll. A printed card and the last four of the certificate let them into their corner; who has a number signs in by a code.`,
        )}
      </p>
      <DataTable
        caption={t("没有手机号的业主", "Owners without a number")}
        quietCaption
        rows={rows}
        empty={
          <EmptyState title={t("没有这样的业主", "There are none")}>
            <p>
              {t(
                "名册上每一位自然人业主都有手机号，可以用验证码登录。",
                "Every natural person on the roll has a mobile number and signs in by a code.",
              )}
            </p>
          </EmptyState>
        }
        columns={[
          {
            label: t("业主", "Owner"),
            head: true,
            cell: ({ partyId, maskedName }) => <a href={`${href}/${partyId}`}>{maskedName}</a>,
          },
          {
            label: t("房号", "Units"),
            cell: (row) =>
              row.units > 1
                ? t(`${unitLabel(row)} 等${row.units}处`, `${unitLabel(row)} and ${row.units - 1} more`)
                : unitLabel(row),
          },
          {
            label: t("登录卡", "Card"),
            cell: ({ issuedAt, firstUsedAt, hasCertificate }) =>
              issuedAt !== null ? (
                <>
                  <StatusWord tone="good">
                    {firstUsedAt === null ? t("已打印", "printed") : t("已使用", "in use")}
                  </StatusWord>{" "}
                  <small>{sayInstant(issuedAt, lang)}</small>
                </>
              ) : hasCertificate === 1 ? (
                <StatusWord tone="waiting">{t("还没有", "none yet")}</StatusWord>
              ) : (
                <StatusWord tone="note">{t("先登记证件号后四位", "certificate missing")}</StatusWord>
              ),
          },
        ]}
      />
      <Pager t={t} page={asked} pages={Math.ceil(total / A_PAGE)} href={(n) => `?page=${n}`} />
    </Page>,
  );
});

cardDeskPages.get("/desk/cards/:partyId", writes, async (c) => {
  const found = await readCard(staffScene(c), c.req.param("partyId"));
  return found ? ownerPage(c, found) : c.notFound();
});

cardDeskPages.post("/desk/cards/:partyId/issue", writes, async (c) => {
  const partyId = c.req.param("partyId");
  const { after } = await textOf(c, "after");
  const issued = await issueCard(staffScene(c), partyId, /^\d{1,6}$/.test(after) ? Number(after) : 0);
  if (issued.ok) return c.redirect(`${cardsHref(c.var.scene.community.slug)}/${partyId}/letter`, 303);
  const found = await readCard(staffScene(c), partyId);
  return found ? ownerPage(c, found, cardProblem(issued.error)) : c.notFound();
});

cardDeskPages.post("/desk/cards/:partyId/revoke", writes, async (c) => {
  const partyId = c.req.param("partyId");
  const { card, why } = await textOf(c, "card", "why");
  const found = await readCard(staffScene(c), partyId);
  if (!found) return c.notFound();
  const reason = REVOKE_REASONS.find((known) => known === why && known !== "replaced");
  if (!reason) return ownerPage(c, found, undefined, c.var.t("请选择停用的原因", "Choose why it is revoked"));
  const revoked = await revokeCard(staffScene(c), { partyId, cardNo: Number(card) || 0, why: reason });
  if (!revoked.ok) return ownerPage(c, found, cardProblem(revoked.error));
  return c.redirect(`${cardsHref(c.var.scene.community.slug)}/${partyId}?revoked=1`, 303);
});

interface Found {
  readonly party: CardPartyRow;
  readonly cards: readonly CardRow[];
}

function ownerPage(c: AppContext, { party, cards }: Found, problem?: Problem, whyMissing?: string) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${cardsHref(scene.community.slug)}/${party.partyId}`;
  const inForce = cards.find(({ revokedAt }) => revokedAt === null);
  const may = mayIssueCard({
    owns: party.owns === 1,
    isPerson: party.kind === "natural",
    hasNumber: party.phoneHash !== null,
    hasCertificate: party.idTailHash !== null,
  });
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("登录卡", "Card")}
      breadcrumb={crumbs(c, true)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{t(`${party.maskedName}的登录卡`, `Card of ${party.maskedName}`)}</h1>
      <WholeRefusal c={c} problem={problem} />
      {c.req.query("revoked") === "1" && !inForce ? (
        <Callout
          tone="good"
          title={t("已停用，用它登录的都已退出", "Revoked; whoever had signed in by it is signed out")}
        />
      ) : null}
      {inForce ? (
        <>
          <FactList>
            <Fact label={t("现在有效的", "In force")}>{t(`第${inForce.cardNo}张`, `card ${inForce.cardNo}`)}</Fact>
            <Fact label={t("打印", "Printed")}>{sayInstant(inForce.issuedAt, lang)}</Fact>
            <Fact label={t("第一次使用", "First used")}>
              {inForce.firstUsedAt === null ? t("还没有", "not yet") : sayInstant(inForce.firstUsedAt, lang)}
            </Fact>
            <Fact label={t("连续试错", "Wrong tries in a row")}>{inForce.failedAttempts}</Fact>
          </FactList>
          <Actions>
            <ButtonLink href={`${here}/letter`}>{t("打印这张卡", "Print this card")}</ButtonLink>
          </Actions>
        </>
      ) : problem || !may.ok ? null : (
        <p>
          {t(
            "打印以后当面交给本人，或者装进信封投递。不要拍照、不要张贴。谁打印的，写进公开记录。",
            "Hand it over in person or in an envelope. Do not photograph or post it. Who printed it stands in the public record.",
          )}
        </p>
      )}
      {!may.ok && !problem ? <WholeRefusal c={c} problem={cardProblem(may.error)} /> : null}
      {!may.ok && may.error.reason !== "not_an_owner" ? (
        <Actions>
          <ButtonLink href={`/c/${scene.community.slug}/desk/roll/parties/${party.partyId}/contact`}>
            {t("在名册里登记手机号或证件", "Enter a number or certificate in the roll")}
          </ButtonLink>
        </Actions>
      ) : null}
      {may.ok ? (
        <PostButton
          action={`${here}/issue`}
          token={formToken}
          hidden={{ after: String(cards[0]?.cardNo ?? 0) }}
          look={inForce ? "quiet" : "primary"}
        >
          {inForce ? t("换发一张新卡，旧卡停用", "Issue a new card in its place") : t("打印登录卡", "Print a card")}
        </PostButton>
      ) : null}
      {inForce ? (
        <Details summary={t("停用这张卡", "Revoke this card")} open={whyMissing !== undefined}>
          <Form action={`${here}/revoke`} token={formToken} hidden={{ card: String(inForce.cardNo) }}>
            <ErrorSummary t={t} errors={whyMissing ? [{ field: "why", message: whyMissing }] : []} />
            <RadioGroup
              name="why"
              legend={t("为什么停用", "Why")}
              error={whyMissing}
              options={REVOKE_REASONS.filter((why) => why !== "replaced").map((why) => ({
                value: why,
                label: pick(WHY_WORDS[why], lang),
              }))}
            />
            <Actions>
              <Button look="danger">{t("停用", "Revoke")}</Button>
            </Actions>
          </Form>
        </Details>
      ) : null}
      {cards.some(({ revokedAt }) => revokedAt !== null) ? (
        <DataTable
          caption={t("以前的卡", "Earlier cards")}
          rows={cards.filter(({ revokedAt }) => revokedAt !== null)}
          columns={[
            { label: t("第几张", "Card"), head: true, cell: ({ cardNo }) => cardNo },
            { label: t("打印", "Printed"), cell: ({ issuedAt }) => sayInstant(issuedAt, lang) },
            { label: t("停用", "Revoked"), cell: ({ revokedAt }) => sayInstant(revokedAt ?? 0, lang) },
            { label: t("原因", "Why"), cell: ({ revokedWhy }) => pick(WHY_WORDS[revokedWhy ?? "other"], lang) },
          ]}
        />
      ) : null}
    </Page>,
    problem ? (problem.status as 409) : whyMissing ? 422 : 200,
  );
}

cardDeskPages.get("/desk/cards/:partyId/letter", writes, async (c) => {
  const { t, lang, scene } = c.var;
  const found = await readCard(staffScene(c), c.req.param("partyId"));
  const card = found?.cards.find(({ revokedAt }) => revokedAt === null);
  if (!found || !card) return c.notFound();
  const { party } = found;
  const code = showCardCode(codeOfCard(scene, card));
  const host = new URL(scene.origin).host;
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("打印登录卡", "Print the card")} breadcrumb={crumbs(c, true)}>
      <div class="screen">
        <Callout tone="warn" title={t("这张卡只属于一位业主", "This card belongs to one owner")}>
          <p>
            {t(
              "打印后当面交给本人或装进信封。不要拍照、不要张贴。登录还要核对证件号后四位。",
              "Print it, hand it over or put it into an envelope. Do not photograph or post it. The last four of the certificate are asked for too.",
            )}
          </p>
        </Callout>
      </div>
      <NoticeSheet
        t={t}
        title={t("业主登录卡", "Owner's card")}
        to={t(`${party.maskedName}业主：`, `To ${party.maskedName}:`)}
        lead={
          <p>
            {t(
              `名册上没有您的手机号。凭这张卡和您的证件号后四位，可以登录${scene.community.name}的业主专页：看自己在名册上的登记，签署提议，推荐候选人。`,
              `The roll has no mobile number of yours. This card and the last four of your certificate let you into your corner of ${scene.community.name}: see your entry in the roll, sign petitions, nominate.`,
            )}
          </p>
        }
        sections={[
          {
            heading: t("扫码登录", "By scanning"),
            body: <p>{t("用手机扫下面的二维码。", "Scan the code below with a telephone.")}</p>,
          },
          {
            heading: t("输入代码登录", "By typing"),
            body: (
              <>
                <p>
                  {t("在浏览器打开", "Open ")}
                  <strong>
                    {host}/c/{scene.community.slug}/my/card
                  </strong>
                  {t("，输入代码：", " and type the code:")}
                </p>
                <p class="sheet-title">
                  <span class="num">{code}</span>
                </p>
              </>
            ),
          },
          {
            heading: t("请注意", "Please note"),
            body: (
              <p>
                {t(
                  "卡请收好，不要拍照发给别人。丢了请马上告诉业委会秘书，旧卡当场停用、换一张新的。投票用的是另外发给您家的表决链接或者纸质表决票。",
                  "Keep the card, and send nobody a picture of it. If it is lost, tell the secretary at once: it is revoked and you get another. Votes are cast by the link or paper ballot given to your household.",
                )}
              </p>
            ),
          },
        ]}
        signedBy={[t(`${scene.community.name}业主委员会`, `Owners' committee of ${scene.community.name}`)]}
        date={sayDay(dayOf(card.issuedAt), lang)}
        qr={{ text: cardAddress(scene, card), label: t("扫码登录", "Scan to sign in") }}
      />
    </Page>,
  );
});
