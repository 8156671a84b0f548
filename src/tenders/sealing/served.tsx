/** Serving the browser's scripts under the hash of what they are, and how a page asks for them. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { Details } from "../../platform/ui/notices.tsx";
import { SEALING_SCRIPTS } from "./scripts.ts";

const [SEAL, PAGES] = SEALING_SCRIPTS;
/** Both files lie side by side, as pages.js imports ./seal.js; the address changes when either does. */
const FOLDER = `/sealing/${SEAL.sha256.slice(0, 12)}${PAGES.sha256.slice(0, 12)}`;
export const SEAL_PATH = `${FOLDER}/${SEAL.name}`;

/** GET /sealing/<hash>/seal.js and pages.js; mounted at the root. */
export const sealingScriptRoutes = new Hono<AppEnv>().get("/sealing/:version/:name", (c) => {
  const script = SEALING_SCRIPTS.find(({ name }) => name === c.req.param("name"));
  if (!script) return c.notFound();
  const isCurrent = c.req.path === `${FOLDER}/${script.name}`;
  return c.body(script.text, 200, {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "public, max-age=60",
  });
});

/** For a page's head. The core is named first with its hash: what pages.js imports is then that very file, or nothing. */
export const SealingScripts = () => (
  <>
    <script type="module" src={SEAL_PATH} integrity={SEAL.integrity} />
    <script type="module" src={`${FOLDER}/${PAGES.name}`} integrity={PAGES.integrity} />
  </>
);

/** What is shown to a reader who would compare: the files and their SHA-256. */
export const ScriptHashes = ({ c }: { c: AppContext }) => {
  const { t } = c.var;
  return (
    <Details summary={t("这一页用的程序，和它的校验值", "The program of this page, and its hash")}>
      <p>
        {t(
          "加密在您的浏览器里完成。程序是公开的，下面是它的SHA-256；可以下载后自己计算，与公开的源代码比较。",
          "Sealing is done in your browser. The program is public; below is its SHA-256. Download it, hash it yourself, and compare it with the published source.",
        )}
      </p>
      <ul>
        {SEALING_SCRIPTS.map(({ name, sha256 }) => (
          <li>
            <a href={`${FOLDER}/${name}`}>{name}</a> <code data-sha256={name}>{sha256}</code>
          </li>
        ))}
      </ul>
    </Details>
  );
};

/** What stands in place of a button until the script is there, and for good where it cannot run. */
export const NeedsScript = ({ c, paper }: { c: AppContext; paper?: boolean }) => {
  const { t } = c.var;
  return (
    <div class="note note-warn" data-until-ready>
      <p class="note-title">
        {t("这一步需要浏览器运行加密程序", "This step needs the browser to run the sealing program")}
      </p>
      <p>
        {t(
          "本站其他页面都不需要脚本，只有这一步例外：内容必须在离开您的电脑之前加密，服务器才看不到。如果这段话一直显示，说明脚本被关闭，或浏览器太旧（需要2020年以后的Chrome、Edge、Firefox或Safari）。",
          "No other page of this site needs a script. This one does: what you write must be sealed before it leaves your computer, so that the server cannot read it. Where this note stays, scripts are off or the browser is too old (Chrome, Edge, Firefox or Safari since 2020).",
        )}
      </p>
      {paper ? (
        <p>
          {t(
            "也可以在截止前把密封的纸质投标交到业委会办公室，由工作人员和一位监督人当面签收，开标时当众拆封。",
            "Or hand a sealed envelope to the committee's office before the closing; an officer and a witness sign for it, and it is opened in public.",
          )}
        </p>
      ) : null}
    </div>
  );
};
