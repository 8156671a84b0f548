/** The group that runs an election at the desk: its list drafted by one, checked and published by another. Objections are objection-pages.tsx; the acts actions.ts. */

import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import { readMethod } from "../method/rules.ts";
import { electionProblem } from "../problems.ts";
import type { ElectionRow } from "../store.ts";
import { groupName, PART_WORDS } from "../words.ts";
import { type GroupRow, openGroupDraft, publishGroup, reviewGroup, saveGroupDraft } from "./actions.ts";
import { rowField } from "./problems.ts";
import { GROUP_PARTS, groupUntil, LONGEST_DOCUMENT, LONGEST_HOME, LONGEST_NAME, MOST_MEMBERS } from "./rules.ts";
import { Findings, MemberTable, openMembers, type ShownMember } from "./section.tsx";
import { listGroup } from "./store.ts";

/** Mounted under /c/:slug. */
export const groupPages = new Hono<AppEnv>();
const drafts = requires("election.prepare", "election.call");
const publishes = requires("election.call", "election.decide");

const FEWEST_ROWS = 7;
const EMPTY: GroupRow = { name: "", phone: "", part: "", isChair: false, home: "", memberNo: null };

/** The rows out of a posted form, in their order; those left out of it are empty. */
function rowsOf(body: FormBody): GroupRow[] {
  const count = Math.min(Number(/^\d{1,2}$/.exec(one(body, "rows"))?.[0] ?? 0), MOST_MEMBERS + 1);
  return Array.from({ length: count }, (_, at) => ({
    name: one(body, rowField("name", at)),
    phone: one(body, rowField("phone", at)),
    part: one(body, rowField("part", at)),
    isChair: one(body, rowField("chair", at)) === "yes",
    home: one(body, rowField("home", at)),
    memberNo: /^\d{1,2}$/.test(one(body, rowField("member", at))) ? Number(one(body, rowField("member", at))) : null,
  }));
}

interface Typed {
  readonly document: string;
  readonly rows: readonly GroupRow[];
}

const rowOfMember = ({ name, part, isChair, home, memberNo }: ShownMember): GroupRow => ({
  name,
  phone: "",
  part,
  isChair: isChair === 1,
  home,
  memberNo,
});

async function groupPage(
  c: AppContext,
  row: ElectionRow,
  given?: { readonly typed: Typed; readonly problem?: Problem },
) {
  const { t, scene, formToken, actor } = c.var;
  const base = electionBaseOf(c, row);
  const [stored] = await scene.db.read(listGroup(scene, row.electionId));
  const members = await openMembers(c, stored);
  const draft = await openGroupDraft(scene, row);
  const typed: Typed = given?.typed ?? {
    document: draft?.document ?? "",
    rows: draft ? draft.members.map((member) => ({ ...member, memberNo: null })) : members.map(rowOfMember),
  };
  const rows = [
    ...typed.rows,
    ...Array.from({ length: Math.max(0, FEWEST_ROWS - typed.rows.length) }, (): GroupRow => EMPTY),
  ];
  const errors = problemErrors(c, given?.problem);
  const title = t(`${groupName(row.kind).zh}名单`, `The list of ${groupName(row.kind).en.toLowerCase()}`);
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/group"
      title={title}
      done={t(
        "名单草稿已保存，等另一位有权的人核对公布。",
        "The draft is saved, for another person to check and publish.",
      )}
      problem={given?.problem}
    >
      <p>
        {t(
          "单数，业主不少于一半，组长由街道、乡镇代表担任（《业主大会和业主委员会指导规则》第十条）。公布以后，名单上的人担任小组职务，可以登录办理选举。",
          "An odd number, at least half of them owners, headed by the street or town (Guiding Rules art. 10). Once published, those listed hold a post of the group and can sign in to run the election.",
        )}
      </p>
      {members.length > 0 ? (
        <>
          <h2>{t("已公布的名单", "The list as published")}</h2>
          <MemberTable c={c} members={members} />
          <p class="hint">
            {t(
              "变更以后要重新公布，异议期重新计算。",
              "A changed list is published anew, and the period of objection begins again.",
            )}
          </p>
        </>
      ) : null}
      {draft && actor.personId !== row.groupDraftedBy ? (
        <Callout tone="info" title={t("有一份名单等待公布", "A list waits to be published")}>
          <p>
            {actor.permissions.has("election.call") || actor.permissions.has("election.decide") ? (
              <a href={`${base}/group/publish`}>{t("核对并公布", "Check and publish")}</a>
            ) : (
              t(
                "由街道或小组组长核对公布。您保存的会代替它。",
                "The street or the head checks and publishes it. What you save replaces it.",
              )
            )}
          </p>
        </Callout>
      ) : null}
      <h2>{members.length > 0 ? t("新的名单", "The new list") : t("拟定名单", "Draft the list")}</h2>
      <Form
        action={`${base}/group`}
        token={formToken}
        hidden={{ version: String(row.version), rows: String(rows.length) }}
      >
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="document"
          label={t("依据的文件或会议", "Document or meeting it rests on")}
          hint={t("例如：街道〔2026〕12号。会公开。", "Such as a number and date. It is public.")}
          maxlength={LONGEST_DOCUMENT}
          value={typed.document}
          error={errorFor(errors, "document")}
        />
        {rows.map((member, at) => (
          <MemberFields c={c} member={member} at={at} errors={errors} />
        ))}
        <p class="hint">{t("不用的行留空。", "Leave the lines you do not need empty.")}</p>
        <Actions>
          <Button name="act" value="save">
            {t("保存名单草稿", "Save the draft")}
          </Button>
          {rows.length < MOST_MEMBERS ? (
            <Button look="quiet" name="act" value="more">
              {t("再加两行", "Two more lines")}
            </Button>
          ) : null}
          <ButtonLink look="quiet" href={base}>
            {t("回到选举", "Back")}
          </ButtonLink>
        </Actions>
      </Form>
    </ElectionDesk>,
    (given?.problem?.status ?? 200) as 422,
  );
}

const MemberFields = (props: { c: AppContext; member: GroupRow; at: number; errors: readonly FieldError[] }) => {
  const { c, member, at, errors } = props;
  const { t, lang } = c.var;
  const field = (name: string) => rowField(name, at);
  const isKnown = member.memberNo !== null;
  return (
    <Fieldset legend={t(`第${at + 1}人`, `Person ${at + 1}`)}>
      {isKnown ? <input type="hidden" name={field("member")} value={String(member.memberNo)} /> : null}
      <Field
        name={field("name")}
        label={t("姓名", "Name")}
        value={member.name}
        error={errorFor(errors, field("name"))}
        maxlength={LONGEST_NAME}
        width={20}
      />
      <Field
        name={field("phone")}
        label={t("手机号", "Mobile number")}
        hint={
          isKnown
            ? t("已登记过，不变的可不填", "Known; leave it empty if it is the same")
            : t("登录时接收验证码，不公开", "Receives the sign-in code; not public")
        }
        type="tel"
        inputmode="tel"
        value={member.phone}
        error={errorFor(errors, field("phone"))}
        width={20}
      />
      <Select
        name={field("part")}
        label={t("代表哪一方", "For whom")}
        prompt={t("请选择", "Choose")}
        value={member.part}
        error={errorFor(errors, field("part"))}
        options={GROUP_PARTS.map((part) => ({ value: part, label: pick(PART_WORDS[part], lang) }))}
      />
      <Field
        name={field("home")}
        label={t("房屋（业主代表填写）", "Home (owners only)")}
        hint={t("例如：2栋 1单元 0301。公布时只写楼栋。", "Such as 2栋 1单元 0301. Only the building is published.")}
        value={member.home}
        error={errorFor(errors, field("home"))}
        maxlength={LONGEST_HOME}
        optional={t("其他各方不填", "others leave it empty")}
      />
      <Confirm name={field("chair")} label={t("担任组长", "Heads the group")} checked={member.isChair} />
    </Fieldset>
  );
};

groupPages.get("/desk/elections/:number/group", drafts, async (c) => {
  const row = await electionOf(c);
  return row ? groupPage(c, row) : c.notFound();
});

groupPages.post("/desk/elections/:number/group", drafts, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed: Typed = { document: one(body, "document"), rows: rowsOf(body) };
  if (one(body, "act") === "more")
    return groupPage(c, row, { typed: { ...typed, rows: [...typed.rows, EMPTY, EMPTY].slice(0, MOST_MEMBERS) } });
  const version = /^\d{1,9}$/.test(one(body, "version")) ? Number(one(body, "version")) : 0;
  const saved = await saveGroupDraft(staffScene(c), row.electionId, { ...typed, version });
  if (!saved.ok) return groupPage(c, row, { typed, problem: electionProblem(saved.error) });
  return c.redirect(`${electionBaseOf(c, row)}/group?done=1`, 303);
});

// ——— Publishing ———

async function publishPage(c: AppContext, row: ElectionRow, problem?: Problem) {
  const { t, lang, scene, formToken, now, actor } = c.var;
  const base = electionBaseOf(c, row);
  const review = await reviewGroup(scene, row);
  const until = sayDeadline(groupUntil(now, readMethod(row.method).groupPublicationDays.value), lang);
  const faulty = review?.findings.some(({ holds }) => !holds) ?? true;
  const own = row.groupDraftedBy === actor.personId;
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/group/publish"
      title={t("核对并公布小组名单", "Check and publish the group's list")}
      problem={problem}
    >
      {review === null ? (
        <p>{t("没有等待公布的名单。", "No list waits to be published.")}</p>
      ) : (
        <>
          <DataTable
            caption={t("名单", "The list")}
            quietCaption
            rows={review.draft.members}
            columns={[
              { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
              {
                label: t("职务", "Post"),
                cell: ({ isChair }) => (isChair ? t("组长", "Head") : t("成员", "Member")),
              },
              {
                label: t("代表", "For"),
                cell: ({ part, home }) =>
                  `${pick(PART_WORDS[part], lang)}${home === "" ? "" : t(`（${home}）`, ` (${home})`)}`,
              },
              { label: t("手机号", "Mobile"), cell: ({ phone }) => phone },
            ]}
          />
          <p>
            {t("依据：", "Ground: ")}
            {review.draft.document}
          </p>
          <h2>{t("组成是否符合规定", "Whether it is composed as it must be")}</h2>
          <Findings c={c} findings={review.findings} />
          {review.notOnRoll.length > 0 ? (
            <Callout tone="warn" title={t("名册里没有对上", "Not matched on the roll")}>
              <p>
                {t(
                  `今天的名册里，这些房屋没有登记同名的业主：${review.notOnRoll.map(({ name, home }) => `${name}（${home}）`).join("、")}。单位业主委派的代表属于这种情况；其他的请核对。`,
                  `On the roll of today no owner of this name has this home: ${review.notOnRoll.map(({ name, home }) => `${name} (${home})`).join(", ")}. A company's delegate is such a case; check the others.`,
                )}
              </p>
            </Callout>
          ) : null}
          {own ? (
            <Callout tone="info" title={t("由另一位有权的人公布", "Another person publishes it")}>
              <p>
                {t(
                  "名单是您拟定的。小组成员会得到职权，所以拟定和公布要由两个人分别做。",
                  "You drafted it. Its members get powers, so one drafts and another publishes.",
                )}
              </p>
            </Callout>
          ) : faulty ? (
            <p>{t("名单改好以后才能公布。", "It can be published once it is corrected.")}</p>
          ) : (
            <Form action={`${base}/group/publish`} token={formToken} hidden={{ version: String(row.version) }}>
              <p>
                {t(
                  `公布以后，名单上的人从今天起担任小组职务；业主可以提出异议，到${until}为止。`,
                  `Once published, those listed hold a post of the group from today; owners may object until ${until}.`,
                )}
              </p>
              <Actions>
                <Button>{t("公布名单", "Publish the list")}</Button>
                <ButtonLink look="quiet" href={base}>
                  {t("先不公布", "Not now")}
                </ButtonLink>
              </Actions>
            </Form>
          )}
        </>
      )}
    </ElectionDesk>,
    (problem?.status ?? 200) as 409,
  );
}

groupPages.get("/desk/elections/:number/group/publish", publishes, async (c) => {
  const row = await electionOf(c);
  return row ? publishPage(c, row) : c.notFound();
});

groupPages.post("/desk/elections/:number/group/publish", publishes, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const seen = one(await c.req.parseBody({ all: true }), "version");
  const version = /^\d{1,9}$/.test(seen) ? Number(seen) : 0;
  const published = await publishGroup(staffScene(c), row.electionId, version);
  if (!published.ok) return publishPage(c, row, electionProblem(published.error));
  return c.redirect(`${electionBaseOf(c, row)}?done=1`, 303);
});
