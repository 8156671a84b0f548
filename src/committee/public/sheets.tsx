/** Paper of the committee: the notice of a meeting and the notice of a resolution, in the accustomed form, with a code that leads to the page. Markup only. */
import { Hono } from "hono";
import { matterText } from "../../assembly/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { chineseNumeral } from "../../platform/ui/shares.ts";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { shortCode } from "../../record/rules.ts";
import { committeeHref, readNumber, resolutionHref, sessionHref } from "../addresses.ts";
import { resolutionNumber } from "../sessions/minutes/rules.ts";
import { isPublic, readSession } from "../sessions/reading.ts";
import { findResolution } from "../sessions/resolutions/store.ts";
import { bySessionNumber } from "../sessions/store.ts";
import { decidingWords } from "../words.ts";

export const committeeSheets = new Hono<AppEnv>();

const back = (c: AppContext, href: string, label: string) => [
  { href: committeeHref(c.var.scene.community.slug), label: c.var.t("业主委员会", "Committee") },
  { href, label },
];

committeeSheets.get("/committee/meetings/:number/notice", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug, name } = scene.community;
  const number = readNumber(c.req.param("number"));
  const view = number === null ? null : await readSession(scene, bySessionNumber(scene, number));
  if (!view || !isPublic(view.row)) return c.notFound();
  const { row, items, mandateNumber, practice } = view;
  const { noticedAt } = row;
  if (noticedAt === null) return c.notFound();
  const href = sessionHref(slug, row.number);
  return c.html(
    <Page {...frameOf(c)} title={t("会议公告", "Notice")} breadcrumb={back(c, href, row.title)}>
      <NoticeSheet
        t={t}
        title={t("业主委员会会议公告", "Meeting of the owners' committee")}
        number={row.title}
        to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
        lead={
          <p>
            {t(
              `${row.calledBy === "members" ? "经三分之一以上委员提议，" : ""}第${mandateNumber}届业主委员会定于${row.holdsAt === null ? "" : sayInstant(row.holdsAt, lang)}在${row.place}召开会议。现将会议内容公告如下：`,
              `The committee (no. ${mandateNumber})${row.calledBy === "members" ? ", a third of its members having asked for it," : ""} meets on ${row.holdsAt === null ? "" : sayInstant(row.holdsAt, lang)} at ${row.place}. The agenda is as follows.`,
            )}
          </p>
        }
        sections={[
          {
            heading: t("会议议题", "Agenda"),
            body: items.map((item) => (
              <>
                <p>
                  <strong>
                    {t(`（${chineseNumeral(item.itemNo)}）`, `(${item.itemNo}) `)}
                    {item.title}
                  </strong>
                </p>
                {item.text.split(/\n+/).map((line) => (
                  <p>{line}</p>
                ))}
                {item.matter === 0 ? null : (
                  <p>
                    {t("依据业主大会的授权，事项：", "Under the owners' authorisation; matter: ")}
                    {pick(matterText(item.matter), lang)}
                  </p>
                )}
              </>
            )),
          },
          {
            heading: t("怎样议事", "How it decides"),
            body: (
              <p>
                {t(
                  `${decidingWords(practice).zh}委员不能委托他人代为出席。会议记录在会后${practice.publishDays.value}日内公布，业主可以查阅。`,
                  `${decidingWords(practice).en} Nobody attends for another. The minutes are published within ${practice.publishDays.value} days; owners may read them.`,
                )}
              </p>
            ),
          },
        ]}
        signedBy={[t(`${name}业主委员会`, `Owners' committee of ${name}`)]}
        date={sayDay(dayOf(noticedAt), lang)}
        qr={{ text: `${scene.origin}${href}`, label: t("扫码看议题和会议记录", "Scan for agenda and minutes") }}
      />
    </Page>,
  );
});

committeeSheets.get("/committee/resolutions/:year/:number/notice", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug, name } = scene.community;
  const [year, number] = [readNumber(c.req.param("year")), readNumber(c.req.param("number"))];
  if (year === null || number === null) return c.notFound();
  const [rows] = await scene.db.read(findResolution(scene, year, number));
  const row = rows[0];
  if (!row) return c.notFound();
  const href = resolutionHref(slug, year, number);
  const code = resolutionNumber(year, number);
  return c.html(
    <Page {...frameOf(c)} title={`${code} ${row.title}`} breadcrumb={back(c, href, code)}>
      <NoticeSheet
        t={t}
        title={t("业主委员会决议公告", "Resolution of the owners' committee")}
        number={t(`${name}业委${code}`, `${name} ${code}`)}
        to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
        lead={
          <>
            <p>
              {t(
                `${sayDay(row.adoptedOn, lang)}召开的业主委员会会议通过如下决议：`,
                `The committee's meeting of ${sayDay(row.adoptedOn, lang)} resolved as follows:`,
              )}
            </p>
            {row.correctsNumber === null ? null : (
              <p>
                {t(
                  `本决议更正${resolutionNumber(row.correctsYear ?? 0, row.correctsNumber)}。`,
                  `It corrects ${resolutionNumber(row.correctsYear ?? 0, row.correctsNumber)}.`,
                )}
              </p>
            )}
          </>
        }
        sections={[
          { heading: row.title, body: row.text.split(/\n+/).map((line) => <p>{line}</p>) },
          {
            heading: t("表决情况", "Votes"),
            body: (
              <p>
                {t(
                  `全体${row.whole}人，同意${row.inFavour}票，反对${row.against}票，弃权${row.abstaining}票${row.recused > 0 ? `，回避${row.recused}人` : ""}，依法通过。`,
                  `Of ${row.whole}: ${row.inFavour} for, ${row.against} against, ${row.abstaining} abstaining${row.recused > 0 ? `, ${row.recused} recused` : ""}. Carried.`,
                )}
              </p>
            ),
          },
          {
            heading: t("查阅和异议", "Reading and objecting"),
            body: (
              <p>
                {t(
                  `会议记录已公布，业主可以查阅。本决议已写入公开记录，编号${shortCode(row.leafHash)}。业主认为决定侵害其合法权益的，可以自知道或者应当知道之日起一年内请求人民法院撤销（《民法典》第二百八十条；法释〔2009〕7号第十二条）。`,
                  `The minutes are published. The resolution is in the public record under ${shortCode(row.leafHash)}. An owner whose rights it infringes may ask the court to revoke it within one year (Civil Code art. 280; Judicial Interpretation art. 12).`,
                )}
              </p>
            ),
          },
        ]}
        signedBy={[t(`${name}业主委员会`, `Owners' committee of ${name}`)]}
        date={sayDay(dayOf(row.publishedAt), lang)}
        qr={{ text: `${scene.origin}${href}`, label: t("扫码核对", "Scan to check") }}
      />
    </Page>,
  );
});
