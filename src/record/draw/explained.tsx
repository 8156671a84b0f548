/** How anybody draws lots again: here with another seed, or without this site, in words and as commands for a shell. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import type { T } from "../../platform/i18n.ts";
import { Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { SearchForm } from "../../platform/ui/forms.tsx";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { type Column, DataTable } from "../../platform/ui/tables.tsx";
import { type PublishedDraw, type ReplayRefusal, replayDraw, type Ticket } from "./rules.ts";

/** `first` is the lot that was drawn first, for the ticket of the example. */
export const DrawByHand = (props: { t: T; seed: string; purpose: string; first: string | number }) => {
  const { t, seed, purpose, first } = props;
  return (
    <Details summary={t("不用本站，自己怎么算？", "How to do it without this site")}>
      <p>
        {t(
          "1. 校验值 = SHA-256（“commonhold draw v1” ‖ 种子的32个字节）。",
          "1. Commitment = SHA-256 of “commonhold draw v1” followed by the 32 bytes of the seed.",
        )}
      </p>
      <p>
        {t(
          "2. 每个编号的签号 = SHA-256（种子 ‖ 用途 ‖ 一个零字节 ‖ 编号），按签号从小到大排。",
          "2. The ticket of each number = SHA-256 of seed, purpose, one zero byte and the number; smallest first.",
        )}
      </p>
      <p>
        <code>{`(printf 'commonhold draw v1'; printf '${seed}' | xxd -r -p) | sha256sum`}</code>
      </p>
      <p>
        <code>{`(printf '${seed}' | xxd -r -p; printf '${purpose}\\000${first}') | sha256sum`}</code>
      </p>
    </Details>
  );
};

/**
 * The published draw made again from the seed in the address (`?seed=`), else from the published one: every lot with its
 * ticket, or what differs. `here` is the page it stands on.
 */
export const DrawAgain = (props: {
  c: AppContext;
  here: string;
  seed: string;
  published: PublishedDraw;
  /** What stands beside each number: at least whose it is. */
  columns: readonly Column<Ticket>[];
}) => {
  const { c, here, seed, published } = props;
  const { t } = c.var;
  const asked = c.req.query("seed") ?? seed;
  const replayed = replayDraw(published, asked);
  return (
    <>
      <h2>{t("重抽一次", "Draw again")}</h2>
      <SearchForm action={`${here}#order`}>
        <Field name="seed" label={t("种子（64位十六进制）", "Seed (64 hex digits)")} value={asked} />
        <Button look="quiet">{t("重抽", "Draw")}</Button>
      </SearchForm>
      <section id="order">
        {replayed.ok ? (
          <>
            <Callout tone="good" title={t("与公布的一致", "As published")}>
              <p>
                {t(
                  "种子与封存的校验值相符，抽出的顺序与公布的相同。",
                  "The seed fits the commitment, and gives the order that was published.",
                )}
              </p>
            </Callout>
            <DataTable
              caption={t("抽签结果", "The draw")}
              rows={replayed.value}
              columns={[
                ...props.columns,
                {
                  label: t("签号（小的在前）", "Ticket (smallest first)"),
                  cell: ({ ticket }) => <code>{ticket}</code>,
                },
              ]}
            />
          </>
        ) : (
          <Differs t={t} refusal={replayed.error} />
        )}
      </section>
      <DrawByHand t={t} seed={seed} purpose={published.purpose} first={published.drawn[0] ?? 1} />
    </>
  );
};

const Differs = ({ t, refusal }: { t: T; refusal: ReplayRefusal }) => {
  switch (refusal.reason) {
    case "seed_malformed":
      return (
        <Callout tone="bad" title={t("这不是一个种子", "This is no seed")}>
          <p>
            {t(
              `应是${refusal.bytes}个字节，写成64位十六进制数字。`,
              `It has ${refusal.bytes} bytes, written as 64 hex digits.`,
            )}
          </p>
        </Callout>
      );
    case "another_seed":
      return (
        <Callout tone="bad" title={t("不是封存的种子，不能作数", "Not the seed that was committed to")}>
          <p>
            {t(
              `它的校验值是${refusal.commitment.slice(0, 16)}…，与封存的不同。用它会抽出：${refusal.order.join("、")}。`,
              `Its commitment is ${refusal.commitment.slice(0, 16)}…, another than was published. It would give: ${refusal.order.join(", ")}.`,
            )}
          </p>
        </Callout>
      );
    case "another_order":
      return (
        <Callout tone="bad" title={t("顺序与公布的不同", "Another order than was published")}>
          <p>
            {t(
              `封存的种子抽出的是：${refusal.order.join("、")}。请向街道反映。`,
              `The committed seed gives: ${refusal.order.join(", ")}. Please tell the street.`,
            )}
          </p>
        </Callout>
      );
  }
};
