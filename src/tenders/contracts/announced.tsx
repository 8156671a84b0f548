/** What contracts add elsewhere: the desk, the calendar, the feed, the home, the tender's page, and the index of what owners may see. Registers; no page of its own. */
import {
  type DeskTask,
  endingAt,
  registerDates,
  registerDeskSource,
  registerHomeSection,
  registerNews,
} from "../../assembly/public/announcing.ts";
import { registerDisclosure } from "../../committee/disclosure/announcing.ts";
import { addDays, type Day, dayOf, endOf, startOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { registerRegular } from "../../ledger/regular/announcing.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { listAwards } from "../deciding/store.ts";
import { registerTenderActs, registerTenderEventWords, registerTenderSection } from "../public/sections.ts";
import { contractHref, contractsHref } from "./addresses.ts";
import { contractTasks } from "./announcing.ts";
import { alarmDays, alarmNow, standingOf } from "./ending/rules.ts";
import { listWaitingEndings } from "./ending/store.ts";
import { clockFace, filingDue, writtenDue } from "./rules.ts";
import { alarmsFrom, CONTRACT_SETTINGS } from "./settings.ts";
import { ContractStanding } from "./shown.tsx";
import {
  contractFrom,
  countContracts,
  listContractedLots,
  listContractsOfTender,
  listDraftContracts,
  listLivingContracts,
  listWaitingEditions,
} from "./store.ts";
import { STANDING_WORDS } from "./words.ts";

const MOST = 40;
const say = (zh: string, en: string): Bilingual => ({ zh, en });

registerHomeSection("contracts", {
  where: "standing",
  place: 35,
  queries: (scene) => [listLivingContracts(scene, MOST), listSettings(scene, CONTRACT_SETTINGS)] as const,
  render: (c, [stored, settings]) => {
    const { t, lang, scene } = c.var;
    const { slug } = scene.community;
    if (stored.length === 0) return null;
    const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
    return (
      <section id="contracts">
        <h2>{t("谁在为小区服务", "Who serves the estate")}</h2>
        <LinkList
          items={stored.map(contractFrom).map((row) => ({
            href: contractHref(slug, row.number),
            title: row.title,
            note: t(
              `${row.providerName}，到${sayDay(row.endsOn ?? row.toOn, lang)}`,
              `${row.providerName}, until ${sayDay(row.endsOn ?? row.toOn, lang)}`,
            ),
            status: <ContractStanding c={c} row={row} alarms={alarms} />,
          }))}
        />
      </section>
    );
  },
});

registerRegular("contracts", {
  headings: ["services", "quality", "charges", "standards", "performance"],
  queries: (scene) => [listLivingContracts(scene, MOST)] as const,
  render: (c, [stored]) => {
    const { t, scene } = c.var;
    if (stored.length === 0) return null;
    return (
      <ul>
        {stored.map(contractFrom).map(({ number, title, providerName }) => (
          <li>
            <a href={contractHref(scene.community.slug, number)}>
              {t(`合同：${title}（${providerName}）`, `Contract: ${title} (${providerName})`)}
            </a>
          </li>
        ))}
      </ul>
    );
  },
});

// ——— The desk ———

registerDeskSource("contracts", {
  queries: ({ scene }) =>
    [
      listDraftContracts(scene, MOST),
      listLivingContracts(scene, MOST),
      listWaitingEditions(scene, MOST),
      listWaitingEndings(scene, MOST),
      listSettings(scene, CONTRACT_SETTINGS),
    ] as const,
  tasks: ({ scene, actor }, [drafted, living, editions, endings, settings]) => {
    const { slug } = scene.community;
    const today = dayOf(scene.now);
    const values = valuesFromRows(CONTRACT_SETTINGS, settings);
    const alarms = alarmsFrom(values);
    const task = contractTasks(slug);
    const running = living.map(contractFrom);
    return [
      ...drafted.map(contractFrom).map((row) => {
        const due = row.basis.kind === "award" ? writtenDue(row.basis.awardedOn, values.writtenDays.value) : null;
        return task(say("签订服务合同", "Sign a service contract"), row.number, row.title, ["tender.decide"], {
          due,
          overdue: due !== null && today > due,
          notByAsker: row.draftedBy === actor.personId,
        });
      }),
      ...editions.map(({ number, title, draftedBy }) =>
        task(say("签订合同变更", "Sign a change of a contract"), number, title, ["tender.decide"], {
          notByAsker: draftedBy === actor.personId,
        }),
      ),
      ...endings.map(({ number, title, draftedBy }) =>
        task(say("确认合同终止通知", "Confirm the notice that ends a contract"), number, title, ["tender.decide"], {
          notByAsker: draftedBy === actor.personId,
        }),
      ),
      ...running.flatMap((row) => {
        const found: DeskTask[] = [];
        const standing = standingOf(row, today, alarms);
        if (row.filedOn === null && row.signedOn !== null) {
          const due = filingDue(row.signedOn, values.filingDays.value);
          const face = clockFace(due, null, today);
          found.push(
            task(say("服务合同备案", "File a service contract"), row.number, row.title, ["tender.draft"], {
              due,
              overdue: face.state === "overdue",
            }),
          );
        }
        if (standing === "expiring") {
          const left = alarmNow(row.toOn, alarms, today);
          found.push(
            task(
              say("合同快到期：续聘还是另选，请业主决定", "A contract runs out: let the owners decide"),
              row.number,
              row.title,
              ["tender.draft", "tender.decide"],
              { due: row.toOn, note: say(`已进入到期前${left}天`, `the ${left}-day mark is passed`) },
            ),
          );
        }
        if (standing === "open_ended")
          found.push(
            task(
              say("合同已到期没有决定，现为不定期", "A contract is over and open-ended"),
              row.number,
              row.title,
              ["tender.draft", "tender.decide"],
              { due: row.toOn, overdue: true },
            ),
          );
        if (standing === "interim") {
          const due = addDays(row.endsOn!, values.takeoverDays.value);
          found.push(
            task(
              say("完成移交和接管", "Finish the handover"),
              row.number,
              row.title,
              ["tender.draft", "tender.decide"],
              { due, overdue: today > due },
            ),
          );
        }
        return found;
      }),
    ];
  },
  doors: [
    {
      permissions: ["tender.read", "tender.draft", "tender.decide", "tender.inspect"],
      path: "/contracts",
      label: say("服务合同", "Service contracts"),
    },
  ],
});

// ——— Dates and news ———

/** The day it is told, for entries that hang on it: they are handed rows alone. */
const clockOf = ({ db, now }: Scene): Query<{ today: Day }[]> => db.all(sql`SELECT ${dayOf(now)} AS today`);

registerDates("contracts", {
  queries: (scene, most) =>
    [listLivingContracts(scene, Math.min(most, 20)), listSettings(scene, CONTRACT_SETTINGS)] as const,
  entries: ({ t, base }, [stored, settings]) => {
    const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
    return stored.map(contractFrom).flatMap((row) => {
      const url = `${base}/contracts/${row.number}`;
      const on = (name: string, day: Day, summary: string) => ({
        uid: `${row.contractId}-${name}@commonhold`,
        sequence: row.version,
        stampAt: row.draftedAt,
        ...endingAt(endOf(day)),
        summary: `${summary}${t("：", ": ")}${row.title}`,
        description: t(`${row.providerName}。详情：${url}`, `${row.providerName}. Details: ${url}`),
        url,
        cancelled: false,
      });
      if (row.endsOn !== null) return [on("end", row.endsOn, t("服务合同终止", "Service contract ends"))];
      return [
        ...alarmDays(row.toOn, alarms).map((day, at) =>
          on(
            `alarm-${at + 1}`,
            day,
            t(`服务合同还有${alarms.days[at]}天到期`, `Service contract ends in ${alarms.days[at]} days`),
          ),
        ),
        on("end", row.toOn, t("服务合同到期", "Service contract ends")),
      ];
    });
  },
});

registerNews("contracts", {
  queries: (scene, most) =>
    [listLivingContracts(scene, Math.min(most, 20)), listSettings(scene, CONTRACT_SETTINGS), clockOf(scene)] as const,
  entries: ({ t, base }, [stored, settings, clock]) => {
    const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
    const today = clock[0]!.today;
    const author = t("业主委员会", "Owners' committee");
    return [
      ...stored
        .map(contractFrom)
        .filter(({ endsOn }) => endsOn === null)
        .flatMap((row) =>
          alarmDays(row.toOn, alarms)
            .map((day, at) => ({ day, count: alarms.days[at]! }))
            .filter(({ day }) => day <= today && row.signedOn !== null && day > row.signedOn)
            .map(({ day, count }) => ({
              href: `${base}/contracts/${row.number}#alarm-${count}`,
              title: t(
                `服务合同还有${count}天到期：${row.title}`,
                `Service contract ends in ${count} days: ${row.title}`,
              ),
              summary: t(
                "续聘还是另选，由业主共同决定（《民法典》第九百四十七条）",
                "Renewing or choosing another is the owners' to decide (CC 947)",
              ),
              at: startOf(day),
              author,
            })),
        ),
    ];
  },
});

// ——— The tender's page ———

registerTenderSection("contracts", {
  place: 80,
  queries: (scene, key) => [listContractsOfTender(scene, key), listSettings(scene, CONTRACT_SETTINGS)] as const,
  render: (c, _, __, [stored, settings]) => {
    const { t, lang, scene } = c.var;
    const rows = stored.map(contractFrom).filter(({ state }) => state === "signed");
    if (rows.length === 0) return null;
    const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
    return (
      <section id="contract">
        <h2>{t("合同", "Contracts")}</h2>
        <DataTable
          caption={t("签订的合同", "What was signed")}
          quietCaption={true}
          rows={rows}
          columns={[
            {
              label: t("合同", "Contract"),
              head: true,
              cell: ({ number, title }) => <a href={contractHref(scene.community.slug, number)}>{title}</a>,
            },
            { label: t("物业服务人", "Provider"), cell: ({ providerName }) => providerName },
            { label: t("总价（元）", "Price (yuan)"), number: true, cell: ({ terms }) => formatYuan(terms.priceFen) },
            { label: t("签订", "Signed"), cell: ({ signedOn }) => (signedOn ? sayDay(signedOn, lang) : "—") },
            { label: t("现在", "Now"), cell: (row) => <ContractStanding c={c} row={row} alarms={alarms} /> },
          ]}
        />
      </section>
    );
  },
});

registerTenderActs("contracts", {
  queries: (scene, key) => [listAwards(scene, key), listContractedLots(scene, key)] as const,
  actsOf: (tender, _, [awards, contracted]) =>
    tender.state === "awarded" && awards.length > contracted.length
      ? [
          {
            label: say("起草服务合同", "Draft the contract"),
            path: "/contract",
            permissions: ["tender.draft"],
            isStep: true,
            notYet: null,
          },
        ]
      : [],
});

type Facts = Readonly<Record<string, unknown>>;
const number = (facts: Facts, key: string): number => (typeof facts[key] === "number" ? facts[key] : 0);
registerTenderEventWords({
  contract_signed: (facts, { t }) =>
    t(
      `与${facts.provider}签订，总价${formatYuan(number(facts, "price"))}元，${facts.from}至${facts.to}`,
      `With ${facts.provider} for ${formatYuan(number(facts, "price"))} yuan, ${facts.from} to ${facts.to}`,
    ),
  contract_filed: (facts, { t }) => t(`${facts.on}，${facts.under}`, `${facts.on}, ${facts.under}`),
  contract_changed: (facts, { t }) =>
    t(`第${facts.edition}版，到${facts.to}`, `Edition ${facts.edition}, until ${facts.to}`),
  contract_ended: (facts, { t }) => t(`最后一天${facts.ends}`, `Last day ${facts.ends}`),
  taken_over: (facts) => String(facts.on),
});

// ——— What owners may see (JI 13; CC 943) ———

registerDisclosure("service_contract", {
  queries: (scene) =>
    [countContracts(scene, ["signed"]), listLivingContracts(scene, 1), listSettings(scene, CONTRACT_SETTINGS)] as const,
  where: (scene, [counts, stored, settings]) => {
    const total = counts[0]?.total ?? 0;
    if (total === 0) return null;
    const row = stored[0] ? contractFrom(stored[0]) : null;
    const standing = row
      ? standingOf(row, dayOf(scene.now), alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings)))
      : null;
    const words = standing ? STANDING_WORDS[standing] : say("", "");
    return {
      href: contractsHref(scene.community.slug),
      words: say(
        `${total}份合同，服务事项、质量、价格、付款和评价${words.zh === "" ? "" : `；最早到期的一份：${words.zh}`}`,
        `${total} contracts: service, quality, price, payments and reports${words.en === "" ? "" : `; the first to end: ${words.en}`}`,
      ),
    };
  },
});
