/** The draw of the order: what was committed to, what was revealed, and drawing it again, here or with two commands. A GET that shows; changes nothing. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import type { AppEnv } from "../../platform/context.ts";
import { Page } from "../../platform/layout.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { DrawAgain } from "../../record/draw/explained.tsx";
import { electionHref, electionsHref, readElectionNumber } from "../addresses.ts";
import { drawHref } from "../nominations/words.ts";
import { byElectionNumber, findElection } from "../store.ts";
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
  // Of those who stand, or stood when the paper was fixed.
  const names = new Map(
    candidates
      .filter(({ withdrawnAt, withdrawnFrozen }) => withdrawnAt === null || withdrawnFrozen === 1)
      .map(({ number: of, publicName }) => [of, publicName]),
  );
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
        <DrawAgain
          c={c}
          here={drawHref(slug, number)}
          seed={draw.seed}
          published={{
            commitment: seed.commitment,
            purpose: draw.purpose,
            lots: JSON.parse(draw.lots) as number[],
            drawn: JSON.parse(draw.drawn) as number[],
          }}
          columns={[
            {
              label: t("顺序", "Order"),
              head: true,
              cell: ({ number: of }, at) =>
                t(
                  `${at + 1}. ${of}号提名　${names.get(of) ?? "（已退出）"}`,
                  `${at + 1}. no. ${of}, ${names.get(of) ?? "withdrawn"}`,
                ),
            },
          ]}
        />
      ) : null}
    </Page>,
  );
});
