/** Specimens of controls, tables and messages for /design. Examples only: nothing here is used by a page of the product. */
import type { Instant } from "../../kernel/day.ts";
import type { Lang, T } from "../i18n.ts";
import { Actions, Button, ButtonLink, PostButton } from "../ui/buttons.tsx";
import { CheckboxGroup, Confirm, RadioGroup } from "../ui/choices.tsx";
import { Fact, FactList, LinkList } from "../ui/facts.tsx";
import { DateTimeField, Field, FileField, Select, TextArea } from "../ui/fields.tsx";
import { ErrorSummary, errorFor, Fieldset, Form } from "../ui/forms.tsx";
import { Callout, Details, EmptyState, Refusal } from "../ui/notices.tsx";
import { StatusWord } from "../ui/status.tsx";
import { DataTable, Pager } from "../ui/tables.tsx";

export interface SpecimenProps {
  readonly t: T;
  readonly lang: Lang;
  readonly now: Instant;
}

const TOKENS = ["paper", "sheet", "ink", "soft", "line", "edge", "pine", "wash", "red", "amber", "seal"] as const;

export const TokenSpecimens = ({ t }: SpecimenProps) => (
  <>
    <ul class="multiples">
      {TOKENS.map((token) => (
        <li>
          <svg viewBox="0 0 64 24" aria-hidden="true">
            <rect width="64" height="24" fill={`var(--${token})`} stroke="var(--edge)" />
          </svg>
          <code>--{token}</code>
        </li>
      ))}
    </ul>
    <h3>{t("三级标题，宋体", "A heading of the third rank, in a Song face")}</h3>
    <p>
      {t(
        "正文用系统黑体，十八像素起，随手机的字号设置放大。行距一点七倍，每行不超过四十个字。",
        "Running text uses the system's sans face from eighteen pixels, grows with the telephone's own setting, and keeps lines under forty characters.",
      )}
    </p>
    <p class="hint">{t("提示文字，仍在十五像素以上。", "Hints stay above fifteen pixels.")}</p>
  </>
);

export const ControlSpecimens = ({ t }: SpecimenProps) => {
  const errors = [
    { field: "phone", message: t("手机号应为11位数字，现在是10位", "A phone number has 11 digits; this has 10") },
    { field: "channels", message: t("至少选择一种表决方式", "Choose at least one way of voting") },
  ];
  return (
    <>
      <Actions>
        <ButtonLink href="#controls">{t("去表决", "Vote")}</ButtonLink>
        <ButtonLink href="#controls" look="quiet">
          {t("先看材料", "Read the papers first")}
        </ButtonLink>
        <PostButton action="/design" token="" look="danger">
          {t("撤回会议", "Withdraw the meeting")}
        </PostButton>
        <PostButton action="/design" token="" look="link">
          {t("退出", "Sign out")}
        </PostButton>
      </Actions>
      <Form action="/design" token="">
        <ErrorSummary t={t} errors={errors} />
        <Fieldset
          legend={t("联系方式", "Contact")}
          hint={t("只用于送达，加密保存。", "Used for service only; stored encrypted.")}
        >
          <Field
            name="phone"
            label={t("手机号", "Phone")}
            type="tel"
            inputmode="tel"
            width={11}
            value="1380000000"
            error={errorFor(errors, "phone")}
          />
          <Field
            name="area"
            label={t("建筑面积（㎡）", "Area (m²)")}
            hint={t(
              "按不动产登记簿，最多两位小数，例如 89.66",
              "As in the property register, at most two decimals, such as 89.66",
            )}
            inputmode="decimal"
            width={6}
            value="89.66"
          />
        </Fieldset>
        <Select
          name="kind"
          label={t("房屋类型", "Kind")}
          prompt={t("请选择", "Choose")}
          options={[
            { value: "home", label: t("住宅", "Home") },
            { value: "shop", label: t("商业", "Shop") },
          ]}
          value="home"
        />
        <DateTimeField
          name="closesAt"
          label={t("表决截止时间", "Voting closes")}
          hint={t("北京时间", "Beijing time")}
          value="2026-12-08T18:00"
        />
        <DateTimeField name="from" kind="date" label={t("从哪一天起", "From which day")} value="2026-11-23" />
        <FileField
          name="roll"
          label={t("名册文件", "Roll file")}
          hint={t("Excel 或 CSV，不超过 10 MB", "Excel or CSV, up to 10 MB")}
          accept=".xlsx,.csv"
        />
        <TextArea
          name="reason"
          label={t("理由", "Reason")}
          optional={t("选填", "optional")}
          rows={3}
          value={t("电梯已运行十八年。", "The lifts have run for eighteen years.")}
        />
        <RadioGroup
          name="scope"
          legend={t("表决范围", "Scope")}
          value="estate"
          options={[
            { value: "estate", label: t("全小区", "The whole estate") },
            {
              value: "building",
              label: t("只在某几幢楼", "Some buildings"),
              hint: t("分母按所选楼幢重新计算", "Counted within them"),
            },
          ]}
        />
        <CheckboxGroup
          name="channels"
          legend={t("表决方式", "Ways of voting")}
          error={errorFor(errors, "channels")}
          options={[
            { value: "web", label: t("手机链接", "Link on a phone") },
            { value: "paper", label: t("纸质表决票", "Paper ballot") },
          ]}
        />
        <Confirm name="checked" label={t("我已逐户核对名册", "I have checked the roll unit by unit")} />
        <Actions>
          <Button>{t("保存", "Save")}</Button>
          <ButtonLink href="#controls" look="quiet">
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </>
  );
};

export const TableSpecimens = ({ t }: SpecimenProps) => {
  const units = [
    { unit: "1幢 1-101", owner: t("陈*华", "Chen *"), kind: t("住宅", "Home"), area: "89.66", state: "good" as const },
    {
      unit: "1幢 1-102",
      owner: t("王* 李*", "Wang *, Li *"),
      kind: t("住宅", "Home"),
      area: "118.20",
      state: "waiting" as const,
    },
    {
      unit: "S-3",
      owner: t("重庆某某商贸公司", "A trading company"),
      kind: t("商业", "Shop"),
      area: "1042.50",
      state: "note" as const,
    },
  ];
  const word = {
    good: t("已送达", "Delivered"),
    waiting: t("未送达", "Not yet"),
    note: t("退回", "Returned"),
  };
  return (
    <>
      <DataTable
        caption={t("名册（示例）", "Roll (example)")}
        rows={units}
        columns={[
          { label: t("房号", "Unit"), cell: (u) => u.unit, head: true },
          { label: t("业主", "Owner"), cell: (u) => u.owner },
          { label: t("类型", "Kind"), cell: (u) => u.kind },
          { label: t("面积（㎡）", "Area (m²)"), cell: (u) => u.area, number: true },
          { label: t("送达", "Service"), cell: (u) => <StatusWord tone={u.state}>{word[u.state]}</StatusWord> },
        ]}
        foot={[t("合计3套", "3 units"), "", "", "1250.36", ""]}
      />
      <Pager t={t} page={2} pages={9} href={(n) => `?page=${n}#tables`} />
      <FactList>
        <Fact label={t("召集人", "Convener")}>{t("金桂苑业主委员会", "The owners' committee")}</Fact>
        <Fact label={t("表决期间", "Voting")}>
          {t("2026年11月23日9:00至12月8日24:00", "23 Nov 2026, 9:00 to 8 Dec 2026, 24:00")}
        </Fact>
        <Fact label={t("您的票权", "Your weight")}>
          {t(
            "1人，207.86㎡（两套住宅，登记为同一业主，按一人计）",
            "1 owner, 207.86 m² (two homes of one owner count as one)",
          )}
        </Fact>
      </FactList>
      <LinkList
        items={[
          {
            href: "#a",
            title: t("审批会议公告", "Approve the notice"),
            note: t("今天18:00前，否则公告期不足15天", "By 18:00 today, or the notice is shorter than 15 days"),
            status: <StatusWord tone="note">{t("今天到期", "Due today")}</StatusWord>,
          },
          {
            href: "#b",
            title: t("答复3条名册异议", "Answer 3 objections to the roll"),
            status: <StatusWord tone="waiting">{t("还有2天", "2 days left")}</StatusWord>,
          },
        ]}
      />
      <p>
        <StatusWord tone="waiting">{t("公告中", "In notice")}</StatusWord>{" "}
        <StatusWord tone="active">{t("正在表决", "Open")}</StatusWord>{" "}
        <StatusWord tone="good">{t("通过", "Carried")}</StatusWord>{" "}
        <StatusWord tone="bad">{t("未通过", "Lost")}</StatusWord>{" "}
        <StatusWord tone="off">{t("已撤回", "Withdrawn")}</StatusWord>{" "}
        <StatusWord tone="note">{t("待核对", "To check")}</StatusWord>
      </p>
    </>
  );
};

export const MessageSpecimens = ({ t }: SpecimenProps) => (
  <>
    <Callout title={t("您还没有表决", "You have not voted yet")}>
      <p>{t("共3项议题，大约需要五分钟。", "Three questions, about five minutes.")}</p>
    </Callout>
    <Callout tone="good" title={t("已收到您的表决票", "Your ballot is recorded")} />
    <Callout tone="warn" title={t("名册中有两套房屋的面积为合同面积", "Two units have areas from contracts")}>
      <p>{t("登记后请更正，更正会公开。", "Correct them after registration; corrections are public.")}</p>
    </Callout>
    <Refusal
      t={t}
      what={t("这张表决票没有被接收", "This ballot was not accepted")}
      why={t(
        "1幢1-101已于12月3日由您本人用手机表决，按本次会议规则，提交后不能更改。",
        "Unit 1-101 has voted on 3 December by phone; under this meeting's rules a ballot is final.",
      )}
      article={t("本次会议表决规则第四条", "Rules of this meeting, section 4")}
      next={<a href="#ballot">{t("查看您的回执", "See your receipt")}</a>}
    />
    <EmptyState
      title={t("还没有会议", "No meetings yet")}
      action={<ButtonLink href="#messages">{t("起草会议", "Draft a meeting")}</ButtonLink>}
    >
      {t("会议的公告、议题和结果会列在这里。", "Notices, questions and results of meetings will stand here.")}
    </EmptyState>
    <Details summary={t("为什么按一人计？", "Why do we count as one?")}>
      <p>{t("共有人推选一人表决，所代表的人数为一人。", "Co-owners choose one to vote, and count as one.")}</p>
    </Details>
  </>
);
