/** The opening as it is shown, to everybody and at the desk: how far it is, the bids as read out, who signed. Markup only. */

import { formatYuan } from "../../kernel/money.ts";
import { isPostKind } from "../../offices/rules.ts";
import { POST_WORDS } from "../../offices/words.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { sayAuthor } from "../acting.ts";
import { phaseOf } from "../rules.ts";
import type { Lot, Scheme } from "../scheme/rules.ts";
import type { KeyholderRow } from "../sealing/rules.ts";
import type { TenderRow } from "../store.ts";
import { lotsOfOpening } from "./actions.ts";
import { sayTotal } from "./opened.ts";
import { sayVoid } from "./rules.ts";
import type { OpenedBidRow, OpeningRow, OpeningSignatureRow } from "./store.ts";

const postName = (post: string, lang: AppContext["var"]["lang"]): string =>
  isPostKind(post) ? pick(POST_WORDS[post], lang) : post;

/** How far an opening is that was not read out yet. No price, and of nobody whether theirs is open. */
export const OpeningState = (props: {
  c: AppContext;
  row: TenderRow;
  opening: OpeningRow | undefined;
  keys: readonly KeyholderRow[];
  released: readonly { readonly seat: number; readonly at: number }[];
}) => {
  const { c, row, opening, keys, released } = props;
  const { t, lang, now } = c.var;
  if (!opening) {
    const phase = phaseOf(row, now);
    const at = row.closesAt === null ? "" : sayInstant(row.closesAt, lang);
    return (
      <EmptyState title={t("还没有开标", "Not opened yet")}>
        {phase === "opening_due" || phase === "closed"
          ? t("投标已截止，等主持人宣布开始。", "Bids have closed; the opening is about to begin.")
          : row.closesAt === null
            ? t("公告发出后才有开标时间。", "The notice will say when.")
            : t(
                `${at}投标截止，同一时间在这里公开开标，欢迎到场或在手机上看。`,
                `Bids close at ${at} and are opened here at that time. Come, or follow on a phone.`,
              )}
      </EmptyState>
    );
  }
  const lots = lotsOfOpening(opening);
  return (
    <>
      <p>
        {t(
          `${sayInstant(opening.begunAt, lang)}开始开标。截止前的全部记录已由第${opening.checkpointSize}号检查点签名。`,
          `Begun at ${sayInstant(opening.begunAt, lang)}. Everything before the closing is signed by the checkpoint of size ${opening.checkpointSize}.`,
        )}
      </p>
      <DataTable
        caption={t("各标段的投标", "Bids by lot")}
        keep
        rows={lots}
        columns={[
          { label: t("标段", "Lot"), cell: ({ lotNo }) => t(`第${lotNo}标段`, `Lot ${lotNo}`), head: true },
          { label: t("份数", "Bids"), cell: ({ bids }) => bids, number: true },
          {
            label: t("开标", "Opened"),
            cell: ({ opens }) =>
              opens ? (
                <StatusWord tone="active">{t("开标", "opened")}</StatusWord>
              ) : (
                <StatusWord tone="bad">
                  {t("不足三家，不予开标（招标投标法第二十八条）", "fewer than three: not opened (TB 28)")}
                </StatusWord>
              ),
          },
        ]}
      />
      {row.openedAt === null && row.state === "closed" ? (
        <>
          <h2>{t("保管人交出钥匙", "Keyholders")}</h2>
          <ul>
            {keys.map(({ seat, post }) => {
              const at = released.find((one) => one.seat === seat)?.at;
              return (
                <li>
                  {postName(post, lang)}：
                  {at === undefined ? (
                    <StatusWord tone="waiting">{t("尚未交出", "not yet")}</StatusWord>
                  ) : (
                    <StatusWord tone="good">
                      {t(`${sayInstant(at, lang)}已交出`, `released at ${sayInstant(at, lang)}`)}
                    </StatusWord>
                  )}
                </li>
              );
            })}
          </ul>
          <p class="hint">
            {t(
              "任意两位交出即可；投标人也可以用自己的钥匙文件开启自己的投标。",
              "Any two suffice; bidders may open theirs with their own key file.",
            )}
          </p>
        </>
      ) : null}
    </>
  );
};

/** The bids of one lot as they were read out. */
const LotTable = ({ c, lot, bids }: { c: AppContext; lot: Lot; bids: readonly OpenedBidRow[] }) => {
  const { t, scene } = c.var;
  const pricesOf = (bid: OpenedBidRow) => JSON.parse(bid.prices) as Record<string, number>;
  return (
    <DataTable
      caption={`${t(`第${lot.lotNo}标段`, `Lot ${lot.lotNo}`)} ${lot.title}`}
      rows={bids}
      columns={[
        {
          label: t("投标人", "Bidder"),
          cell: (bid) => (
            <>
              {bid.bidderNo}. {bid.name}
            </>
          ),
          head: true,
        },
        ...lot.prices.map(({ key, label, unit }) => ({
          label: `${label}（${unit}）`,
          cell: (bid: OpenedBidRow) => {
            const fen = pricesOf(bid)[key];
            return fen === undefined ? "—" : formatYuan(fen);
          },
          number: true,
        })),
        {
          label: t("全期合计（元）", "Over the term (¥)"),
          cell: (bid) => (bid.totalHundredths === null ? "—" : sayTotal(bid.totalHundredths)),
          number: true,
        },
        {
          label: t("结果", "Result"),
          cell: (bid) => (
            <>
              {bid.voidWhy === null ? (
                <StatusWord tone="good">{t("有效", "stands")}</StatusWord>
              ) : (
                <StatusWord tone="bad">{t(`作废：${bid.voidWhy}`, `void: ${sayVoid(bid.voidWhy, t)}`)}</StatusWord>
              )}{" "}
              <a class="screen" href={`/c/${scene.community.slug}/record/${bid.leafHash}`}>
                {t("记录", "entry")}
              </a>
            </>
          ),
        },
      ]}
    />
  );
};

export const BidsReadOut = (props: { c: AppContext; scheme: Scheme; bids: readonly OpenedBidRow[] }) => (
  <>
    {props.scheme.lots
      .map((lot) => ({ lot, bids: props.bids.filter(({ lotNo }) => lotNo === lot.lotNo) }))
      .filter(({ bids }) => bids.length > 0)
      .map(({ lot, bids }) => (
        <LotTable c={props.c} lot={lot} bids={bids} />
      ))}
  </>
);

export const Signatures = ({ c, signed }: { c: AppContext; signed: readonly OpeningSignatureRow[] }) => {
  const { t, lang } = c.var;
  if (signed.length === 0)
    return (
      <Callout tone="warn">
        <p>{t("还没有人签名。", "Nobody has signed yet.")}</p>
      </Callout>
    );
  return (
    <ul>
      {signed.map(({ words, at }) => (
        <li>
          {sayAuthor(words, t)} · {sayInstant(at, lang)}
        </li>
      ))}
    </ul>
  );
};
