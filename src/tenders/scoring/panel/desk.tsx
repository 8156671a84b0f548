/** The panel of one tender at the desk: seeds, draw, members, replacing one. Markup and forms only. */

import { Hono } from "hono";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { newOnce } from "../../../platform/frame.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { Field } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { Callout } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { tenderHref } from "../../addresses.ts";
import { TenderDesk, tenderBaseOf, tenderKeyOf } from "../../desk/frame.tsx";
import { scoringProblem } from "../problems.ts";
import {
  appointRepresentative,
  drawPanel,
  findPanelled,
  type PanelRefusal,
  preparePanel,
  sendLinkAgain,
} from "./actions.ts";
import { replaceMember } from "./leaving.ts";
import { type MemberRow, memberSeal, sits } from "./store.ts";

/** Mounted under /c/:slug. */
export const panelDeskPages = new Hono<AppEnv>();
const reads = requires("tender.draft", "tender.decide");
const drafts = requires("tender.draft");
const decides = requires("tender.decide");

import { poolHref } from "./pool-desk.tsx";

// ——— The panel ———

type Panelled = NonNullable<Awaited<ReturnType<typeof findPanelled>>>;

async function foundOf(c: AppContext): Promise<Panelled | null> {
  const key = tenderKeyOf(c);
  return key === null ? null : findPanelled(c.var.scene, key);
}

async function panelPage(
  c: AppContext,
  found: Panelled,
  problem?: Problem,
  typed: Readonly<Record<string, string>> = {},
) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { tender, scheme, panel, members } = found;
  const base = `${tenderBaseOf(c, tender)}/panel`;
  const isDecider = actor.permissions.has("tender.decide");
  const isDrafter = actor.permissions.has("tender.draft");
  const errors = problemErrors(c, problem);
  const names = new Map(
    await Promise.all(
      members.map(
        async ({ memberNo, nameSealed }) =>
          [
            memberNo,
            isDrafter ? await scene.keys.open(nameSealed, memberSeal(scene, tender.tenderId, memberNo)) : "",
          ] as const,
      ),
    ),
  );
  const sitting = members.filter(sits);
  const places = panel
    ? panel.size - panel.experts - sitting.filter(({ kind }) => kind === "representative").length
    : 0;
  const isOpen = tender.state === "opened" || tender.state === "qualified";
  return c.html(
    <TenderDesk
      c={c}
      row={tender}
      path="/panel"
      title={t("评审组", "The panel")}
      done={t("已记录", "Recorded")}
      problem={problem}
    >
      <p class="lead">
        {t(
          `评审组${scheme.panel.size}人，其中专家${scheme.panel.experts}人从专家库抽取（《招标投标法》第三十七条：五人以上单数，专家不少于三分之二）。名单在公示中标候选人以前保密。`,
          `${scheme.panel.size} members, ${scheme.panel.experts} of them experts drawn from the pool (TB 37: odd, five or more, two thirds experts). Names are withheld until the candidates are published.`,
        )}
      </p>
      {panel ? (
        <FactList>
          <Fact label={t("封存种子", "Seeds committed")}>
            {sayInstant(panel.preparedAt, lang)}
            {tender.openedAt !== null && panel.preparedAt >= tender.openedAt
              ? t("（开标以后）", " (after the opening)")
              : t("（开标以前）", " (before the opening)")}
          </Fact>
          <Fact label={t("抽取", "Drawn")}>
            {panel.drawnAt === null ? t("还没有", "not yet") : sayInstant(panel.drawnAt, lang)}
          </Fact>
          <Fact label={t("重抽一遍", "Draw again")}>
            <a href={`${tenderHref(scene.community.slug, tender.number)}/panel-draw`}>
              {t("公开的抽签页面", "the public page of the draw")}
            </a>
          </Fact>
        </FactList>
      ) : (
        <Callout tone="warn" title={t("先封存种子", "Commit to the seeds first")}>
          <p>
            {t(
              "系统生成两个随机种子，只公布校验值：一个用来抽专家，一个用来抽同分的次序。最好在开标以前办，谁也不能挑。",
              "Two random seeds are made and only their commitments published: one for the draw, one for ties. Best before the opening, when nobody could choose.",
            )}
          </p>
          {isDecider ? (
            <PostButton action={`${base}/prepare`} token={formToken}>
              {t("封存种子", "Commit to the seeds")}
            </PostButton>
          ) : null}
        </Callout>
      )}
      {panel && panel.drawn === null && isOpen && isDecider ? (
        <Actions>
          <PostButton action={`${base}/draw`} token={formToken}>
            {t("抽取专家，并发出邀请", "Draw the experts and ask them")}
          </PostButton>
        </Actions>
      ) : null}
      {members.length > 0 ? (
        <DataTable
          caption={t("成员", "Members")}
          rows={members}
          columns={[
            { label: t("编号", "No."), head: true, cell: ({ memberNo }) => String(memberNo) },
            { label: t("姓名", "Name"), cell: ({ memberNo }) => names.get(memberNo) || t("不显示", "withheld") },
            { label: t("身份", "As"), cell: (row) => sayKind(c, row) },
            { label: t("进展", "Where it stands"), cell: (row) => <MemberState c={c} row={row} /> },
            {
              label: t("办理", "Acts"),
              cell: (row) =>
                sits(row) && panel?.scoringClosedAt == null && isOpen ? (
                  <>
                    {isDecider ? <a href={`${base}/${row.memberNo}/replace`}>{t("更换", "replace")}</a> : null}
                    {isDrafter ? (
                      <PostButton
                        action={`${base}/${row.memberNo}/link`}
                        token={formToken}
                        once={newOnce()}
                        look="link"
                      >
                        {t("重发链接", "send the link again")}
                      </PostButton>
                    ) : null}
                  </>
                ) : (
                  "—"
                ),
            },
          ]}
        />
      ) : null}
      {panel && isOpen && places > 0 && isDecider ? (
        <>
          <h2>{t(`招标人代表（还有${places}个席位）`, `The tenderer's representative (${places} seats)`)}</h2>
          <Form action={`${base}/representatives`} token={formToken} once={typed._once ?? newOnce()}>
            <ErrorSummary t={t} errors={errors} />
            <Field name="name" label={t("姓名", "Name")} value={typed.name ?? ""} error={errorFor(errors, "name")} />
            <Field
              name="phone"
              label={t("手机号", "Mobile number")}
              inputmode="tel"
              value={typed.phone ?? ""}
              error={errorFor(errors, "phone")}
            />
            <Field
              name="organisation"
              label={t("所在单位或职务", "Organisation or post")}
              value={typed.organisation ?? ""}
              optional={t("选填", "optional")}
              error={errorFor(errors, "organisation")}
            />
            <Actions>
              <Button>{t("确定代表，并发出邀请", "Name and ask them")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
      <p>
        <a href={poolHref(scene.community.slug)}>{t("专家库", "Pool of experts")}</a>
      </p>
    </TenderDesk>,
    (problem?.status ?? 200) as 422,
  );
}

const sayKind = (c: AppContext, { kind, expertNo, speciality, inPlaceOf }: MemberRow): string => {
  const { t } = c.var;
  const as =
    kind === "expert"
      ? t(`${expertNo}号专家，${speciality}`, `expert ${expertNo}, ${speciality}`)
      : t("招标人代表", "the tenderer's representative");
  return inPlaceOf === null ? as : t(`${as}（接替${inPlaceOf}号）`, `${as} (in place of ${inPlaceOf})`);
};

const MemberState = ({ c, row }: { c: AppContext; row: MemberRow }) => {
  const { t } = c.var;
  if (row.leftAt !== null)
    return <StatusWord tone="off">{t(`已退出：${row.leftWhy ?? ""}`, `left: ${row.leftWhy ?? ""}`)}</StatusWord>;
  if (row.revealedAt !== null) return <StatusWord tone="good">{t("评分表已揭开", "sheet revealed")}</StatusWord>;
  if (row.committedAt !== null) return <StatusWord tone="good">{t("评分表已封存", "sheet committed")}</StatusWord>;
  if (row.answeredAt !== null) return <StatusWord tone="active">{t("已声明无利害关系", "declared no tie")}</StatusWord>;
  return <StatusWord tone="waiting">{t("等待申报", "waiting for the declaration")}</StatusWord>;
};

panelDeskPages.get("/desk/tenders/:number/panel", reads, async (c) => {
  const found = await foundOf(c);
  return found ? panelPage(c, found) : c.notFound();
});

type Acted = { readonly ok: true } | { readonly ok: false; readonly error: PanelRefusal };
/** A post of this page: back to it, or the page again with the refusal. */
function post(
  path: string,
  gate: ReturnType<typeof requires>,
  act: (c: AppContext, found: Panelled, typed: Readonly<Record<string, string>>) => Promise<Acted>,
): void {
  panelDeskPages.post(`/desk/tenders/:number/panel${path}`, gate, async (c) => {
    const found = await foundOf(c);
    if (!found) return c.notFound();
    const body = await c.req.parseBody({ all: true });
    const typed = Object.fromEntries(Object.keys(body).map((name) => [name, one(body, name)]));
    const acted = await act(c, found, typed);
    if (acted.ok) return c.redirect(`${tenderBaseOf(c, found.tender)}/panel?done=1`, 303);
    return panelPage(c, (await foundOf(c)) ?? found, scoringProblem(acted.error), typed);
  });
}
const memberNoOf = (c: AppContext): number => {
  const text = c.req.param("member") ?? "";
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
};

post("/prepare", decides, (c, { tender }) => preparePanel(staffScene(c), tender.tenderId));
post("/draw", decides, (c, { tender }) => drawPanel(staffScene(c), tender.tenderId));
post("/representatives", decides, (c, { tender }, typed) =>
  appointRepresentative(
    staffScene(c),
    tender.tenderId,
    { name: typed.name ?? "", phone: typed.phone ?? "", organisation: typed.organisation ?? "" },
    typed._once ?? "",
  ),
);
post("/:member/link", drafts, (c, { tender }, typed) =>
  sendLinkAgain(staffScene(c), tender.tenderId, memberNoOf(c), typed._once ?? ""),
);

function replacePage(c: AppContext, { tender }: Panelled, memberNo: number, problem?: Problem, why = "") {
  const { t, formToken } = c.var;
  const errors = problemErrors(c, problem);
  const path = `/panel/${memberNo}/replace`;
  return c.html(
    <TenderDesk
      c={c}
      row={tender}
      path={path}
      title={t(`更换${memberNo}号成员`, `Replace member ${memberNo}`)}
      problem={problem}
    >
      <p class="lead">
        {t(
          "专家由抽签次序中的下一位接替，不能另选；理由记录在案，公示时只公布原因的类别。",
          "The next of the draw takes an expert's seat; nobody is chosen. The reason is kept, and only its kind made public.",
        )}
      </p>
      <Form action={`${tenderBaseOf(c, tender)}${path}`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <RadioGroup
          name="cause"
          legend={t("原因", "Cause")}
          value="related"
          options={[
            { value: "related", label: t("与投标人或业委会委员有利害关系", "Tied to a bidder or to the committee") },
            { value: "absent", label: t("联系不上，或不能参加", "Not to be reached, or unable to take part") },
          ]}
        />
        <Field name="why" label={t("理由", "Reason")} value={why} maxlength={120} error={errorFor(errors, "why")} />
        <Actions>
          <Button>{t("更换", "Replace")}</Button>
          <ButtonLink look="quiet" href={`${tenderBaseOf(c, tender)}/panel`}>
            {t("不更换", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </TenderDesk>,
    (problem?.status ?? 200) as 422,
  );
}
panelDeskPages.get("/desk/tenders/:number/panel/:member/replace", decides, async (c) => {
  const found = await foundOf(c);
  const memberNo = memberNoOf(c);
  return found?.members.some((row) => row.memberNo === memberNo && sits(row))
    ? replacePage(c, found, memberNo)
    : c.notFound();
});
panelDeskPages.post("/desk/tenders/:number/panel/:member/replace", decides, async (c) => {
  const found = await foundOf(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const why = one(body, "why");
  const cause = one(body, "cause") === "absent" ? ("absent" as const) : ("related" as const);
  const done = await replaceMember(staffScene(c), found.tender.tenderId, memberNoOf(c), { cause, why });
  return done.ok
    ? c.redirect(`${tenderBaseOf(c, found.tender)}/panel?done=1`, 303)
    : replacePage(c, found, memberNoOf(c), scoringProblem(done.error), why);
});
