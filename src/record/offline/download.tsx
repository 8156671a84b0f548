/** The independent verifier to take away: one archive with its files and how it is run here, and what the page of the record says of it. */
import { Hono } from "hono";
import { startOf } from "../../kernel/day.ts";
import { zipOf } from "../../platform/archive.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { VERIFIER_FILES, VERIFIER_SHA256 } from "./verifier-copy.ts";

/** Mounted under /c/:slug. */
export const verifierDownload = new Hono<AppEnv>();

const hrefOf = (slug: string): string => `/c/${slug}/record/verifier.zip`;
// The same files give the same bytes, whenever they are asked for.
const DATED = startOf("2026-01-01");

const readmeOf = (address: string): string => `独立核对程序 · The independent verifier

只需要 Node 20 或更新的版本（https://nodejs.org），不用安装别的东西。它不含本站服务器的任何代码。
It needs Node 20 or newer (https://nodejs.org) and nothing else, and holds none of this site's server code.

  node verifier/verify.mjs ${address} --state seen.json

第一次会记住公钥和看到的记录，以后每次再运行，记录被改写就会说出来。
The first run remembers the key and what it saw; every later run tells if the record was rewritten.

  node verifier/verify.mjs --help

您是从被核对的网站下载的：请与公开的源代码比对，或请懂的人看一看。
You have this from the very site it checks: compare it with the published source, or ask somebody who can.

  cd verifier && sha256sum *.mjs | sha256sum
  ${VERIFIER_SHA256}
`;

verifierDownload.get("/record/verifier.zip", (c) => {
  const { scene } = c.var;
  const { slug } = scene.community;
  const files = VERIFIER_FILES.map(({ name, text }) => ({ path: `verifier/${name}`, text }));
  const bytes = zipOf([{ path: "README.txt", text: readmeOf(`${scene.origin}/c/${slug}`) }, ...files], DATED);
  return c.body(bytes, 200, {
    "content-type": "application/zip",
    "content-disposition": 'attachment; filename="commonhold-verifier.zip"',
  });
});

/** What a neighbour is told of it, with the command for this community. */
export const VerifierOffered = ({ c }: { c: AppContext }) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return (
    <>
      <p>
        {t(
          "信不过本站，可以自己算：下载核对程序，在自己的电脑上用 Node 20 运行。它从公开的资料重新计算每一条记录、每次计票、每笔账、每次抽签和评审名次，说出核对了什么、什么不能核对。",
          "Do not take this site's word: download the verifier and run it with Node 20 on your own computer. From what is public it recomputes every entry, count, account, draw and ranking, and says what it checked and what it could not.",
        )}
      </p>
      <p>
        <a href={hrefOf(slug)}>{t("下载核对程序", "Download the verifier")}</a>
        {t("（与服务器没有一行共同的代码）", " (shares no line of code with the server)")}
      </p>
      <p>
        <code>{`node verifier/verify.mjs ${scene.origin}/c/${slug} --state seen.json`}</code>
      </p>
      <p>
        {t(
          "全部文件的校验值，可与公开的源代码比对：",
          "Hash of all its files, to be compared with the published source:",
        )}{" "}
        <code>{VERIFIER_SHA256}</code>
      </p>
    </>
  );
};
