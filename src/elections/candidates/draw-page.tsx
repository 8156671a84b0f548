/** The draw of the order: what was committed to, what was revealed, and drawing it again, here or with two commands. A GET that shows; changes nothing. */

import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { Page } from "../../platform/layout.tsx";
import { Button } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { SearchForm } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { DrawByHand } from "../../record/draw/explained.tsx";
import { electionHref, electionsHref, readElectionNumber } from "../addresses.ts";
import { drawHref } from "../nominations/words.ts";
import { byElectionNumber, findElection } from "../store.ts";
import { type PublishedDraw, type ReplayRefusal, replayOrder } from "./order/rules.ts";
import { findDraw, findSeed } from "./order/store.ts";
import { listCandidates } from "./store.ts";

/** Mounted under /c/:slug. */
export const drawPages = new Hono<AppEnv>();

drawPages.get("/elections/:number/draw", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const number = readElectionNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byElectionNumber(scene, number);
  const [elections, seeds, draws, candidates, openNow] = await scene.db.read(
    findElection(scene, key),
    findSeed(scene, key),
    findDraw(scene, key),
    listCandidates(scene, key),
    listOpenNow(scene),
  );
  const [election, seed, draw] = [elections[0], seeds[0], draws[0]];
  if (!election || !seed) return c.notFound();
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("候选人顺序的抽签", "The draw of the candidates' order")}
      breadcrumb={[
        { href: electionsHref(slug), label: t("业主委员会选举", "Elections") },
        { href: electionHref(slug, number), label: election.title },
      ]}
    >
      <h1>{t("候选人顺序的抽签", "The draw of the candidates' order")}</h1>
      <p class="lead">
        {t(
          "排在前面的候选人容易多得票，所以顺序由抽签决定。种子在还没有一个提名的时候就封存了，公布名单时才揭开：谁也不能为了某个人换一个种子。",
          "Whoever stands first on a paper tends to get more votes, so the order is drawn. The seed was sealed before the first name came in, and revealed with the list: nobody could choose one for anybody.",
        )}
      </p>
      <FactList>
        <Fact label={t("封存", "Committed")}>{sayInstant(seed.committedAt, lang)}</Fact>
        <Fact label={t("封存的校验值", "Commitment")}>
          <code>{seed.commitment}</code>
          <br />
          <a href={`/c/${slug}/record/${seed.leafHash}`}>{t("公开记录里的这一条", "Its entry in the record")}</a>
        </Fact>
        {draw ? (
          <>
            <Fact label={t("揭开的种子", "Seed revealed")}>
              <code>{draw.seed}</code>
            </Fact>
            <Fact label={t("用途", "Purpose")}>
              <code>{draw.purpose}</code>
            </Fact>
          </>
        ) : (
          <Fact label={t("揭开", "Revealed")}>{t("公布候选人时", "with the list of candidates")}</Fact>
        )}
      </FactList>
      {draw ? (
        <Replay
          c={c}
          here={drawHref(slug, number)}
          seed={draw.seed}
          names={
            new Map(
              candidates
                .filter(({ withdrawnAt, withdrawnFrozen }) => withdrawnAt === null || withdrawnFrozen === 1)
                .map(({ number: of, publicName }) => [of, publicName]),
            )
          }
          published={{
            commitment: seed.commitment,
            purpose: draw.purpose,
            lots: JSON.parse(draw.lots) as number[],
            drawn: JSON.parse(draw.drawn) as number[],
          }}
        />
      ) : null}
    </Page>,
  );
});

const Replay = (props: {
  c: AppContext;
  here: string;
  seed: string;
  /** Of those who stand, or stood when the paper was fixed. */
  names: ReadonlyMap<number, string>;
  published: PublishedDraw;
}) => {
  const { c, here, published } = props;
  const { t } = c.var;
  const asked = c.req.query("seed");
  const replayed = replayOrder(published, asked ?? props.seed);
  return (
    <>
      <h2>{t("重抽一次", "Draw again")}</h2>
      <SearchForm action={`${here}#order`}>
        <Field name="seed" label={t("种子（64位十六进制）", "Seed (64 hex digits)")} value={asked ?? props.seed} />
        <Button look="quiet">{t("重抽", "Draw")}</Button>
      </SearchForm>
      <section id="order">
        {replayed.ok ? (
          <>
            <Callout tone="good" title={t("与公布的一致", "As published")}>
              <p>
                {t(
                  "种子与封存的校验值相符，抽出的顺序与公布的顺序相同。",
                  "The seed fits the commitment, and gives the order that was published.",
                )}
              </p>
            </Callout>
            <DataTable
              caption={t("抽签结果", "The draw")}
              rows={replayed.value.order}
              columns={[
                {
                  label: t("顺序", "Order"),
                  head: true,
                  cell: ({ number }, at) =>
                    t(
                      `${at + 1}. ${number}号提名　${props.names.get(number) ?? "（已退出）"}`,
                      `${at + 1}. no. ${number}, ${props.names.get(number) ?? "withdrawn"}`,
                    ),
                },
                {
                  label: t("签号（小的在前）", "Ticket (smallest first)"),
                  cell: ({ ticket }) => <code>{ticket}</code>,
                },
              ]}
            />
          </>
        ) : (
          <Differs c={c} refusal={replayed.error} />
        )}
      </section>
      <DrawByHand t={t} seed={props.seed} purpose={published.purpose} first={published.drawn[0] ?? 1} />
    </>
  );
};

const Differs = ({ c, refusal }: { c: AppContext; refusal: ReplayRefusal }) => {
  const { t } = c.var;
  if (refusal.reason === "seed_malformed")
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
  const order = refusal.order.join(t("、", ", "));
  return refusal.reason === "another_seed" ? (
    <Callout tone="bad" title={t("不是封存的种子，不能作数", "Not the seed that was committed to")}>
      <p>
        {t(
          `它的校验值是${refusal.commitment.slice(0, 16)}…，与封存的不同。用它会抽出：${order}。`,
          `Its commitment is ${refusal.commitment.slice(0, 16)}…, another than was published. It would give: ${order}.`,
        )}
      </p>
    </Callout>
  ) : (
    <Callout tone="bad" title={t("顺序与公布的不同", "Another order than was published")}>
      <p>
        {t(
          `封存的种子抽出的是：${order}。请向街道反映。`,
          `The committed seed gives: ${order}. Please tell the street.`,
        )}
      </p>
    </Callout>
  );
};
