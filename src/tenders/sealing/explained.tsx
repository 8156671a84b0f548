/** The page that says in plain words why nobody reads a price before the opening, and what that does not promise. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { tendersHref } from "../addresses.ts";
import { sealingExplainedHref } from "./addresses.ts";
import { ScriptHashes } from "./served.tsx";

/** Mounted at /c/:slug, ahead of the page of one tender. */
export const sealingExplainedPages = new Hono<AppEnv>();

sealingExplainedPages.get("/tenders/sealed", (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("为什么开标前谁也看不到报价", "Why nobody sees a price before the opening")}
      switchHref={`${sealingExplainedHref(slug)}?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: tendersHref(slug), label: t("选聘", "Tenders") }]}
    >
      <h1>{t("为什么开标前谁也看不到报价", "Why nobody sees a price before the opening")}</h1>
      <p class="lead">
        {t(
          "不是因为我们答应不看，而是因为看不了。",
          "Not because we promise not to look, but because looking gives nothing.",
        )}
      </p>
      <h2>{t("一把锁，三把钥匙，两把才能开", "One lock, three keys, two of which open")}</h2>
      <ol>
        <li>
          {t(
            "公告前，三位保管人（例如业委会、街道、监督员）各在自己的电脑上生成一把钥匙，文件和口令自己保存。系统只有公开的那一半，只能用来上锁，不能开锁。",
            "Before the notice three keyholders, such as the committee, the street and the supervisor, each make a key on their own computer and keep file and passphrase. The system has the public halves only: they lock and cannot unlock.",
          )}
        </li>
        <li>
          {t(
            "公告前还要演练：每位保管人都要打开一份试标，证明钥匙和口令都在。",
            "They rehearse before the notice: each opens a test bid, which shows that file and passphrase are there.",
          )}
        </li>
        <li>
          {t(
            "投标人在自己的浏览器里给报价和文件上锁，每份用一把新的密钥。这把密钥拆成三份，各锁给一位保管人；任意两份能拼回密钥，一份拼不出任何东西：对每一个可能的密钥，都有一种拼法与这一份相符。",
            "A bidder locks prices and documents in its own browser, each with a fresh key. That key is split in three, one part locked for each keyholder. Any two parts give it back; one gives nothing, for whatever key one guesses there is a second part that fits it.",
          )}
        </li>
        <li>
          {t(
            "上传的只有上了锁的内容和校验值。报价单都补成一样长，从长短看不出价格高低。",
            "Only what is locked is sent, with its hashes. Price sheets are padded to one size, so that their length is no hint.",
          )}
        </li>
        <li>
          {t(
            "截止后公开开标：投标人用自己的钥匙文件，或任意两位保管人各交出一份，就能打开。保管人只能一次交出全部，不能只漏掉某一家。",
            "After the closing the bids are opened in public: by bidders' own key files, or by two keyholders. A keyholder releases all parts at once, so nobody's is left out.",
          )}
        </li>
      </ol>
      <h2>{t("谁想偷看，会怎样", "Who would look, and what comes of it")}</h2>
      <dl class="facts">
        <div>
          <dt>{t("服务器和运营者", "The server, its operator")}</dt>
          <dd>
            {t(
              "只有密文和校验值。把全部数据库和文件都拿走，也算不出一个价格。",
              "They hold ciphertext and hashes. The whole database and every file together give not one price.",
            )}
          </dd>
        </div>
        <div>
          <dt>{t("一位保管人", "One keyholder")}</dt>
          <dd>
            {t(
              "即使和服务器联手，也只有三份中的一份，什么也打不开；不肯交或者乱交，另外两位照样能开，投标人自己也能开。",
              "Even together with the server they have one part of three, which opens nothing. Where they refuse or lie, the other two open, and so does the bidder.",
            )}
          </dd>
        </div>
        <div>
          <dt>{t("投标人自己", "The bidder itself")}</dt>
          <dd>
            {t(
              "提交时公开承诺了内容和密钥的校验值，开标时换成别的内容会被发现。",
              "It committed to the hashes of content and key when it handed in. Opening to anything else is found out.",
            )}
          </dd>
        </div>
        <div>
          <dt>{t("别的投标人", "Another bidder")}</dt>
          <dd>
            {t(
              "密文里锁着投标人、标段和截止时间；拿别人的密文当自己的，打不开。",
              "Bidder, lot and closing time are locked in. Somebody else's ciphertext handed in as one's own does not open.",
            )}
          </dd>
        </div>
      </dl>
      <Callout tone="warn" title={t("它不能防什么", "What it does not stop")}>
        <ul>
          <li>
            {t(
              "两位保管人串通，任何时候都能打开。所以三位要来自不同的方面。",
              "Two keyholders who conspire can open at any time. That is why they come from different bodies.",
            )}
          </li>
          <li>
            {t(
              "投标人的电脑被人控制，或者自己把报价告诉别人。",
              "A bidder's computer in somebody's hands, or a bidder who tells its price.",
            )}
          </li>
          <li>
            {t(
              "服务器把加密程序换掉。程序的校验值公开在下面，可以在提交前与源代码比较。",
              "A server that hands out another program. Its hash is below: compare it with the source before you hand in.",
            )}
          </li>
          <li>
            {t(
              "截止前收到过几次提交，从公开记录里数得出来；是谁、有几家，看不出来。",
              "How many deliveries came in can be counted in the public record; whose, and of how many bidders, cannot.",
            )}
          </li>
        </ul>
      </Callout>
      <h2>{t("开标后任何人都能核对", "After the opening anyone checks it")}</h2>
      <p>
        {t(
          "每一份报价单的密文、承诺和钥匙都会公布。在开标页面按一下，您的浏览器就会把每一份重新打开，与公布的价格比较；也可以用自己的程序核对，格式和示例都是公开的。",
          "Ciphertext, commitments and key of every price sheet are published. One press on the page of the opening makes your own browser open each again and compare it with the published prices; formats and examples are public for a program of your own.",
        )}
      </p>
      <ScriptHashes c={c} />
    </Page>,
  );
});
