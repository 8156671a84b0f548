/** The group's list as an A4 公告 to be printed and posted: the same facts as the page, in the accustomed form. */
import { Hono } from "hono";
import { findEstate, listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay, sayDeadline } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { electionHref, electionsHref, readElectionNumber } from "../addresses.ts";
import { readMethod } from "../method/rules.ts";
import { byElectionNumber, type ElectionRow, findElection } from "../store.ts";
import { groupName } from "../words.ts";
import { groupUntil } from "./rules.ts";
import { MemberTable, openMembers, type ShownMember } from "./section.tsx";
import { listGroup } from "./store.ts";

/** Mounted under /c/:slug. */
export const groupNoticePages = new Hono<AppEnv>();

groupNoticePages.get("/elections/:number/group/notice", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readElectionNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byElectionNumber(scene, number);
  const [rows, stored, estates, openNow] = await scene.db.read(
    findElection(scene, key),
    listGroup(scene, key),
    findEstate(scene),
    listOpenNow(scene),
  );
  const row = rows[0];
  if (!row || row.groupPublishedAt === null) return c.notFound();
  const members = await openMembers(c, stored);
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("打印小组名单公告", "The notice of the group in print")}
      breadcrumb={[
        { href: electionsHref(slug), label: t("业主委员会选举", "Elections") },
        { href: electionHref(slug, row.number), label: row.title },
      ]}
    >
      <div class="screen">
        <Callout>
          <p>
            {t(
              "用浏览器的“打印”即可打在A4纸上张贴；纸上只有公告本身。",
              "Print it from the browser on A4; on paper only the sheet itself is left.",
            )}
          </p>
        </Callout>
      </div>
      <GroupSheet
        c={c}
        row={row}
        publishedAt={row.groupPublishedAt}
        members={members}
        street={estates[0]?.street ?? ""}
      />
    </Page>,
  );
});

const GroupSheet = (props: {
  c: AppContext;
  row: ElectionRow;
  publishedAt: number;
  members: readonly ShownMember[];
  street: string;
}) => {
  const { c, row, publishedAt, members, street } = props;
  const { t, lang, scene } = c.var;
  const { name, slug } = scene.community;
  const group = groupName(row.kind);
  const owners = members.filter(({ part }) => part === "owners").length;
  const until = sayDeadline(groupUntil(publishedAt, readMethod(row.method).groupPublicationDays.value), lang);
  const address = `${scene.origin}${electionHref(slug, row.number)}`;
  return (
    <NoticeSheet
      t={t}
      title={t(`关于${name}${group.zh}成员名单的公告`, `Members of ${group.en.toLowerCase()}, ${name}`)}
      to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
      lead={
        <p>
          {t(
            `为做好${row.title}，依照《业主大会和业主委员会指导规则》第十条、第十一条，${group.zh}已经成立，共${members.length}人，其中业主代表${owners}人。现将成员名单公告如下：`,
            `For ${row.title}, ${group.en.toLowerCase()} was formed by arts. 10 and 11 of the Guiding Rules. It has ${members.length} members, ${owners} of them owners.`,
          )}
        </p>
      }
      sections={[
        { heading: t("成员名单", "Members"), body: <MemberTable c={c} members={members} /> },
        {
          heading: t("异议", "Objections"),
          body: (
            <p>
              {t(
                `业主对名单有异议的，请在${until}以前书面交到${street}办事处，或扫描下方二维码登录后提出。异议答复以后才开始提名候选人。`,
                `Owners who object do so by ${until}, in writing to the ${street} office or after signing in by the code below. Nominations open when every objection is answered.`,
              )}
            </p>
          ),
        },
        {
          heading: t("小组的职责", "What the group does"),
          body: (
            <p>
              {t(
                "组织提名、审核候选人资格、公布候选人名单，筹备业主大会表决。每一步都写入公开记录。",
                "It takes nominations, checks eligibility, publishes the candidates and prepares the vote. Every step stands in the public record.",
              )}
            </p>
          ),
        },
      ]}
      signedBy={[t(`${street}办事处`, `${street} office`), pick(group, lang)]}
      date={sayDay(dayOf(publishedAt), lang)}
      qr={{ text: address, label: t("扫码查看选举进程", "Scan for the course of the election") }}
    />
  );
};
