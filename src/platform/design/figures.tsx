/** Specimens of steps, bars, sums, ballots and paper for /design. The figures are made up to stand just on, above and below each line. */
import { addDays, DAY_MS, dayOf } from "../../kernel/day.ts";
import { MORE_THAN_HALF, THREE_QUARTERS, TWO_THIRDS } from "../../kernel/weight.ts";
import { BallotItem, ReceiptCard } from "../ui/ballots.tsx";
import { ButtonLink } from "../ui/buttons.tsx";
import { CoverageBars, ResultBars, Turnout, TurnoutBar, TurnoutByBuilding } from "../ui/charts.tsx";
import { InequalityLine } from "../ui/inequality.tsx";
import { sayDay } from "../ui/moments.ts";
import { NoticeSheet, Slip, Slips } from "../ui/sheets.tsx";
import { Clock, Steps } from "../ui/steps.tsx";
import { DataTable } from "../ui/tables.tsx";
import type { SpecimenProps } from "./parts.tsx";

const w = (owners: number, areaDm2: number) => ({ owners, areaDm2 });

export const FigureSpecimens = ({ t, lang, now }: SpecimenProps) => {
  const names = [
    t("起草", "Draft"),
    t("公告", "Notice"),
    t("表决", "Open"),
    t("截止", "Closed"),
    t("计票", "Counted"),
    t("公布", "Published"),
    t("生效", "Final"),
  ];
  const steps = names.map((name, at) => ({
    name,
    when: at > 4 ? undefined : sayDay(addDays(dayOf(now), (at - 2) * 15), lang),
  }));
  const law = t("《民法典》第二百七十八条第二款", "Civil Code art. 278(2)");
  return (
    <>
      <Steps t={t} label={t("会议进程", "Course of the meeting")} steps={steps} current={2} />
      <Steps
        t={t}
        label={t("撤回的会议", "A withdrawn meeting")}
        steps={steps.slice(0, 3)}
        current={1}
        stopped={t("已撤回", "Withdrawn")}
      />
      <Clock t={t} lang={lang} label={t("表决截止", "Voting closes")} at={now + 2 * DAY_MS + 13_000_000} now={now} />
      <Clock t={t} lang={lang} label={t("表决截止", "Voting closes")} at={now + 3_000_000} now={now} />
      <h3>{t("参与率", "Turnout")}</h3>
      <Turnout t={t} voted={w(158, 1_680_250)} total={w(232, 2_688_400)} />
      <TurnoutBar t={t} axis="owners" part={544} whole={817} label={t("差一人到线", "One owner short of the line")} />
      <h3>{t("各幢", "By building")}</h3>
      <TurnoutByBuilding
        t={t}
        buildings={[
          { name: t("1幢", "Building 1"), href: "#figures", voted: w(61, 650_000), total: w(80, 830_000) },
          { name: t("2幢", "Building 2"), href: "#figures", voted: w(40, 420_000), total: w(84, 900_000) },
          { name: t("3幢", "Building 3"), href: "#figures", voted: w(49, 520_000), total: w(60, 640_000) },
          { name: t("商铺", "Shops"), voted: w(8, 90_250), total: w(8, 318_400) },
        ]}
      />
      <h3>{t("多少个有", "How many have it")}</h3>
      <CoverageBars
        unit={t("个", "")}
        lines={[
          { label: t("建立了小区党支部", "With a party branch"), part: 180, whole: 300 },
          {
            label: t("业委会登记为法人", "Legal persons"),
            part: 78,
            whole: 300,
            note: t("22个小区暂无登记", "nothing recorded of 22"),
          },
        ]}
      />
      <h3>{t("结果", "Result")}</h3>
      <ResultBars
        t={t}
        participated={w(646, 9_250_876)}
        options={[
          { label: t("同意", "For"), votes: w(411, 5_872_934), line: MORE_THAN_HALF },
          { label: t("反对", "Against"), votes: w(180, 2_600_000) },
          { label: t("弃权", "Abstain"), votes: w(55, 777_942) },
        ]}
      />
      <h3>{t("算式", "Sums")}</h3>
      <InequalityLine
        t={t}
        subject={t("参与表决的业主", "Owners who took part:")}
        axis="owners"
        part={646}
        whole={817}
        of={t("小区全部业主", "all ")}
        line={TWO_THIRDS}
        article={law}
      />
      <InequalityLine
        t={t}
        subject={t("参与表决的专有部分面积", "Area that took part:")}
        axis="area"
        part={9_250_876}
        whole={11_534_434}
        of={t("小区全部面积", "all ")}
        line={TWO_THIRDS}
        article={law}
      />
      <InequalityLine
        t={t}
        subject={t("同意的业主", "Owners in favour:")}
        axis="owners"
        part={323}
        whole={646}
        of={t("参与表决的业主", "the participating ")}
        line={MORE_THAN_HALF}
        article={law}
      />
      <InequalityLine
        t={t}
        subject={t("同意的业主", "Owners in favour:")}
        axis="owners"
        part={484}
        whole={646}
        of={t("参与表决的业主", "the participating ")}
        line={THREE_QUARTERS}
        article={law}
      />
    </>
  );
};

export const BallotSpecimens = ({ t, lang, now }: SpecimenProps) => (
  <>
    <BallotItem
      t={t}
      at={1}
      of={3}
      title={t("更换1至3幢六部电梯", "Replace the six lifts of buildings 1 to 3")}
      name="item-1"
      passes={t(
        "过半数同意，且占参与面积过半数，即通过",
        "Carried by more than half of those taking part, by owners and by area",
      )}
      papers={[{ href: "#ballot", label: t("更换方案与报价", "Plan and offers"), note: "PDF · 320 KB" }]}
      options={[
        { value: "for", label: t("同意", "For") },
        { value: "against", label: t("反对", "Against") },
        { value: "abstain", label: t("弃权", "Abstain") },
      ]}
      value="for"
    >
      <p>{t("使用维修资金118万元，分两期施工。", "1,180,000 yuan from the maintenance fund, in two stages.")}</p>
    </BallotItem>
    <BallotItem
      t={t}
      at={2}
      of={3}
      title={t("选择物业服务方式", "Choose how the estate is managed")}
      name="item-2"
      most={2}
      passes={t("得票过半数的方案入选", "Options with more than half are chosen")}
      error={t("选了3项，最多选2项", "Three are ticked; two at most")}
      values={["a"]}
      options={[
        {
          value: "a",
          label: t("整体委托", "One contractor"),
          note: t("每月每平方米1.90元", "1.90 yuan per m² and month"),
        },
        { value: "b", label: t("分项委托", "Several contractors") },
        { value: "none", label: t("都不同意", "None of these") },
      ]}
    />
    <ReceiptCard
      t={t}
      lang={lang}
      code="7k2m-9qxe-04hd-tz8v-w3rc"
      seq={412}
      castAt={now}
      proven={true}
      address="https://example.org/r/7k2m9qxe04hdtz8vw3rc"
      actions={
        <ButtonLink href="#ballot" look="quiet">
          {t("保存回执文件", "Save the receipt")}
        </ButtonLink>
      }
    />
    <ReceiptCard t={t} lang={lang} code="0d4c-77pm-2sfa-n1yb-x8kq" castAt={now} proven={false} />
  </>
);

export const PaperSpecimens = ({ t, lang, now }: SpecimenProps) => (
  <>
    <NoticeSheet
      t={t}
      level={2}
      title={t("关于金桂苑业主大会会议表决结果的公告", "Result of the owners' meeting of Jingui Court")}
      number={t("金桂苑业委〔2026〕3号", "No. 3 of 2026")}
      to={t("金桂苑全体业主：", "To all owners of Jingui Court:")}
      lead={
        <p>
          {t(
            "本次会议自2026年11月8日9时起至11月22日24时止，采用手机链接和纸质表决票相结合的方式进行，社区居民委员会全程监督。现将结果公告如下：",
            "The meeting was held from 8 to 22 November 2026 by link and on paper, observed by the residents' committee. The result is as follows.",
          )}
        </p>
      }
      sections={[
        {
          heading: t("表决结果", "Result"),
          body: (
            <DataTable
              keep
              caption={t("更换电梯", "Lifts")}
              rows={[
                [t("同意", "For"), "411", "58729.34"],
                [t("反对", "Against"), "180", "26000.00"],
                [t("弃权", "Abstain"), "55", "7779.42"],
              ]}
              columns={[
                { label: t("意见", "Answer"), cell: (row) => row[0], head: true },
                { label: t("人数", "Owners"), cell: (row) => row[1], number: true },
                { label: t("面积（㎡）", "Area (m²)"), cell: (row) => row[2], number: true },
              ]}
            />
          ),
        },
        {
          heading: t("依据与结论", "Ground and conclusion"),
          body: (
            <p>
              {t(
                "依照《民法典》第二百七十八条，参与表决的人数和面积均达到三分之二以上，同意的均过半数，本议题通过。",
                "Under art. 278 of the Civil Code two thirds took part on both counts and more than half agreed on both: carried.",
              )}
            </p>
          ),
        },
      ]}
      signedBy={[t("金桂苑业主委员会", "The owners' committee")]}
      date={sayDay(dayOf(now), lang)}
      qr={{
        text: "https://example.org/c/jingui/meetings/1",
        label: t("扫码核对全部数字", "Scan to check every number"),
      }}
    />
    <Slips>
      {["1幢 1-101", "1幢 1-102"].map((unit) => (
        <Slip
          title={unit}
          qr={{
            text: `https://example.org/v/${unit === "1幢 1-101" ? "7k2m9qxe04hdtz8vw3rc" : "0d4c77pm2sfan1ybx8kq"}`,
            label: t("扫码表决", "Scan to vote"),
          }}
        >
          <p>
            {t(
              "用手机扫码，核对身份后表决。12月8日24时截止。",
              "Scan, confirm who you are, and vote by 8 December, 24:00.",
            )}
          </p>
        </Slip>
      ))}
    </Slips>
  </>
);
