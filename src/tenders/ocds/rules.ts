/** A tender as an OCDS 1.1.5 release package: what stands now, in the standard's words. Pure; awards and contracts are told where there are any. */
import { addDays, addMonths, type Instant, isoInstant, startOf } from "../../kernel/day.ts";
import type { TenderState } from "../rules.ts";
import type { Lot, Scheme } from "../scheme/rules.ts";

/** Registered with nobody: the word test says so in every ocid until a prefix is. */
export const OCID_PREFIX = "ocds-test00";

const EXTENSION = "https://raw.githubusercontent.com/open-contracting-extensions";
/** What is told beyond the core of the standard. */
export const EXTENSIONS = [
  `${EXTENSION}/ocds_lots_extension/v1.1.5/extension.json`,
  `${EXTENSION}/ocds_bid_extension/v1.1.5/extension.json`,
  `${EXTENSION}/ocds_enquiry_extension/v1.1.5/extension.json`,
] as const;

export interface OcdsTender {
  readonly number: number;
  readonly title: string;
  readonly state: TenderState;
  readonly decidedAt: Instant | null;
  readonly noticedAt: Instant | null;
  readonly questionsUntil: Instant | null;
  readonly closesAt: Instant | null;
  readonly openedAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly standingUntil: Instant | null;
  readonly awardedAt: Instant | null;
  readonly contractedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
}

/** What became of a contract: what is to be paid when, what was, and how the service of each period came out. */
export interface OcdsImplementation {
  readonly priceFen: number;
  readonly plan: readonly { readonly dueOn: string; readonly amountFen: number; readonly condition: string }[];
  /** Vouchers of the books that are posted and not reversed. */
  readonly payments: readonly {
    readonly voucherId: string;
    readonly planNo: number;
    readonly onDay: string;
    readonly amountFen: number;
    readonly deductFen: number;
  }[];
  readonly reports: readonly {
    readonly period: string;
    /** The last day of the period. */
    readonly toOn: string;
    /** In 0.01 of a point of a hundred. */
    readonly score: number | null;
    readonly publishedAt: Instant;
  }[];
}

export interface OcdsFacts {
  /** Scheme and host; addresses of pages are below. */
  readonly origin: string;
  readonly community: { readonly slug: string; readonly name: string };
  readonly tender: OcdsTender;
  readonly scheme: Scheme;
  /** Told only once bids are opened (TB 22). */
  readonly bidders: readonly { readonly bidderId: string; readonly name: string; readonly code: string }[];
  readonly bids: readonly {
    readonly lotNo: number;
    readonly bidderId: string;
    /** In 0.01 fen; null of a bid that could not be read. */
    readonly totalHundredths: number | null;
    readonly voidWhy: string | null;
  }[];
  readonly awards: readonly {
    readonly lotNo: number;
    readonly name: string;
    readonly code: string;
    readonly totalHundredths: number;
    readonly awardedAt: Instant;
    /** Null while it stands. */
    readonly withdrawnAt: Instant | null;
  }[];
  readonly contracts: readonly {
    readonly number: number;
    readonly title: string;
    readonly providerCode: string;
    readonly fromOn: string;
    readonly toOn: string;
    readonly signedOn: string | null;
    /** Null while nobody has taken over. */
    readonly takenOverOn: string | null;
    readonly implementation: OcdsImplementation;
  }[];
  readonly documents: readonly {
    readonly documentNo: number;
    readonly title: string;
    readonly mediaType: string;
    readonly putAt: Instant;
    /** Everybody may read it now: only then it has an address. */
    readonly isReleased: boolean;
    readonly withheldWhy: string;
    readonly releasedOn: string;
  }[];
  readonly amendments: readonly { readonly edition: number; readonly amendedAt: Instant; readonly why: string }[];
  readonly questions: readonly {
    readonly questionNo: number;
    readonly askedAt: Instant;
    readonly shown: string | null;
    readonly answer: string | null;
    readonly publishedAt: Instant | null;
  }[];
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

const STATUS: Readonly<Record<TenderState, string>> = {
  draft: "planning",
  decided: "planned",
  noticed: "active",
  closed: "active",
  opened: "active",
  qualified: "active",
  scored: "active",
  published: "active",
  deciding: "active",
  awarded: "complete",
  contracted: "complete",
  failed: "unsuccessful",
  cancelled: "cancelled",
};

/** Yuan of 0.01 fen, to the fen: for interchange only, nothing is decided by it. */
const yuan = (hundredths: number): number => Math.round(hundredths / 100) / 100;
const value = (hundredths: number): Json => ({ amount: yuan(hundredths), currency: "CNY" });
const dayStart = (day: string): string => `${day}T00:00:00+08:00`;
const lastDay = ({ from, months }: Lot): string => addDays(addMonths(from, months), -1);

const buyerId = (slug: string): string => `CN-community-${slug}`;
const supplierId = (code: string): string => `CN-USCC-${code}`;
const lotId = (lotNo: number): string => `lot-${lotNo}`;

const isCancelled = ({ state }: OcdsTender): boolean => state === "cancelled" || state === "failed";

/** What the release tells of: planning, the tender and how it ended, awards, contracts. */
function tagsOf({ tender, awards, contracts }: OcdsFacts): readonly string[] {
  if (tender.noticedAt === null) return isCancelled(tender) ? ["tenderCancellation"] : ["planning"];
  return [
    isCancelled(tender) ? "tenderCancellation" : "tender",
    ...(awards.length > 0 ? ["award"] : []),
    ...(contracts.length > 0 ? ["contract"] : []),
    ...(contracts.some(({ implementation: { payments, reports } }) => payments.length + reports.length > 0)
      ? ["implementation"]
      : []),
  ];
}

function partiesOf({ community, tender, bidders, awards }: OcdsFacts): readonly Json[] {
  const won = new Set(awards.map(({ code }) => code));
  const company = (name: string, code: string, roles: readonly string[]): Json => ({
    id: supplierId(code),
    name,
    identifier: { scheme: "CN-USCC", id: code, legalName: name },
    roles,
  });
  return [
    { id: buyerId(community.slug), name: `${community.name}业主大会`, roles: ["buyer", "procuringEntity"] },
    ...(tender.openedAt === null
      ? []
      : bidders.map(({ name, code }) => company(name, code, won.has(code) ? ["tenderer", "supplier"] : ["tenderer"]))),
  ];
}

function tenderOf(facts: OcdsFacts): Json {
  const { origin, community, tender, scheme, documents, amendments, questions, bidders } = facts;
  const page = `${origin}/c/${community.slug}/tenders/${tender.number}`;
  const { noticedAt, closesAt, questionsUntil, publishedAt, standingUntil } = tender;
  return {
    id: String(tender.number),
    title: tender.title,
    description: scheme.reasons,
    status: STATUS[tender.state],
    procuringEntity: { id: buyerId(community.slug), name: `${community.name}业主大会` },
    value: value(scheme.lots.reduce((sum, { estimateFen }) => sum + estimateFen, 0) * 100),
    procurementMethod: scheme.procedure === "open" ? "open" : "selective",
    mainProcurementCategory: "services",
    awardCriteria: "ratedCriteria",
    awardCriteriaDetails: scheme.criteria.map(({ title, weight }) => `${title} ${weight}`).join("；"),
    submissionMethod: ["electronicSubmission"],
    items: scheme.lots.map(({ lotNo, title, scope }) => ({
      id: String(lotNo),
      description: `${title}：${scope}`,
      relatedLot: lotId(lotNo),
    })),
    lots: scheme.lots.map((lot) => ({
      id: lotId(lot.lotNo),
      title: lot.title,
      description: lot.scope,
      value: value(lot.estimateFen * 100),
      contractPeriod: { startDate: dayStart(lot.from), endDate: dayStart(lastDay(lot)) },
    })),
    ...(noticedAt !== null && closesAt !== null
      ? { tenderPeriod: { startDate: isoInstant(noticedAt), endDate: isoInstant(closesAt) } }
      : {}),
    ...(noticedAt !== null && questionsUntil !== null
      ? { enquiryPeriod: { startDate: isoInstant(noticedAt), endDate: isoInstant(questionsUntil) } }
      : {}),
    hasEnquiries: questions.length > 0,
    enquiries: questions.map(({ questionNo, askedAt, shown, answer, publishedAt: answeredAt }) => ({
      id: String(questionNo),
      date: isoInstant(askedAt),
      ...(answeredAt === null
        ? {}
        : { description: shown ?? "", answer: answer ?? "", dateAnswered: isoInstant(answeredAt) }),
    })),
    ...(publishedAt !== null && standingUntil !== null
      ? { standstillPeriod: { startDate: isoInstant(publishedAt), endDate: isoInstant(standingUntil) } }
      : {}),
    ...(tender.openedAt === null
      ? {}
      : {
          numberOfTenderers: bidders.length,
          tenderers: bidders.map(({ name, code }) => ({ id: supplierId(code), name })),
        }),
    documents: [
      { id: "page", documentType: "tenderNotice", title: tender.title, url: page, format: "text/html", language: "zh" },
      ...documents.map(({ documentNo, title, mediaType, putAt, isReleased, withheldWhy, releasedOn }) => ({
        id: String(documentNo),
        documentType: "biddingDocuments",
        title,
        datePublished: isReleased && releasedOn !== "" ? dayStart(releasedOn) : isoInstant(putAt),
        format: mediaType,
        language: "zh",
        ...(isReleased
          ? { url: `${page}/documents/${documentNo}` }
          : { description: `${withheldWhy}（${releasedOn} 公开）` }),
      })),
    ],
    amendments: amendments.map(({ edition, amendedAt, why }) => ({
      id: String(edition),
      date: isoInstant(amendedAt),
      rationale: why,
    })),
  };
}

const bidsOf = ({ bids, bidders }: OcdsFacts): Json => ({
  details: bids.flatMap(({ lotNo, bidderId, totalHundredths, voidWhy }) => {
    const bidder = bidders.find((one) => one.bidderId === bidderId);
    if (!bidder) return [];
    return [
      {
        id: `${lotId(lotNo)}-${bidder.code}`,
        status: voidWhy === null ? "valid" : "disqualified",
        tenderers: [{ id: supplierId(bidder.code), name: bidder.name }],
        relatedLots: [lotId(lotNo)],
        ...(totalHundredths === null ? {} : { value: value(totalHundredths) }),
      },
    ];
  }),
});

const awardId = (lotNo: number): string => `award-${lotNo}`;
const awardsOf = ({ awards, scheme, tender }: OcdsFacts): readonly Json[] =>
  awards.map(({ lotNo, name, code, totalHundredths, awardedAt, withdrawnAt }) => ({
    id: awardId(lotNo),
    title: scheme.lots.find((lot) => lot.lotNo === lotNo)?.title ?? null,
    status: withdrawnAt !== null || isCancelled(tender) ? "cancelled" : "active",
    date: isoInstant(awardedAt),
    value: value(totalHundredths),
    suppliers: [{ id: supplierId(code), name }],
    relatedLots: [lotId(lotNo)],
  }));

/** A line of the plan is met once what was paid and kept back on it comes to its amount. */
const planOf = ({ plan, payments }: OcdsImplementation): readonly Json[] =>
  plan.map(({ dueOn, amountFen, condition }, at) => {
    const own = payments.filter(({ planNo }) => planNo === at + 1);
    const settled = own.reduce((sum, one) => sum + one.amountFen + one.deductFen, 0);
    const last = own
      .map(({ onDay }) => onDay)
      .sort()
      .at(-1);
    return {
      id: `plan-${at + 1}`,
      title: condition === "" ? `第${at + 1}期付款` : `第${at + 1}期付款：${condition}`,
      type: "financing",
      dueDate: dayStart(dueOn),
      status: settled >= amountFen ? "met" : settled > 0 ? "partiallyMet" : "scheduled",
      ...(settled >= amountFen && last ? { dateMet: dayStart(last) } : {}),
      value: value(amountFen * 100),
    };
  });
/** Payments as the books posted them, and the service of each period as it was published. */
const implementationOf = ({ payments, reports }: OcdsImplementation, payer: string, payee: string): Json => ({
  ...(payments.length > 0
    ? {
        transactions: payments.map(({ voucherId, onDay, amountFen }) => ({
          id: voucherId,
          date: dayStart(onDay),
          value: value(amountFen * 100),
          payer: { id: payer },
          payee: { id: payee },
        })),
      }
    : {}),
  ...(reports.length > 0
    ? {
        milestones: reports.map(({ period, toOn, score, publishedAt }) => ({
          id: `service-${period}`,
          title: `物业服务评价 ${period}`,
          type: "assessment",
          dueDate: dayStart(toOn),
          dateMet: isoInstant(publishedAt),
          status: "met",
          description:
            score === null
              ? "没有可评价的数据"
              : `${Math.floor(score / 100)}.${String(score % 100).padStart(2, "0")}/100`,
        })),
      }
    : {}),
});

/** A contract names the award of its provider; without one it is none of this tender's. */
const contractsOf = ({ contracts, awards, community }: OcdsFacts): readonly Json[] =>
  contracts.flatMap(({ number, title, providerCode, fromOn, toOn, signedOn, takenOverOn, implementation }) => {
    const award = awards.find(({ code }) => code === providerCode);
    if (!award) return [];
    return [
      {
        id: String(number),
        awardID: awardId(award.lotNo),
        title,
        status: signedOn === null ? "pending" : takenOverOn === null ? "active" : "terminated",
        period: { startDate: dayStart(fromOn), endDate: dayStart(toOn) },
        value: value(implementation.priceFen * 100),
        ...(signedOn === null ? {} : { dateSigned: dayStart(signedOn) }),
        ...(implementation.plan.length > 0 ? { milestones: planOf(implementation) } : {}),
        ...(implementation.payments.length + implementation.reports.length > 0
          ? { implementation: implementationOf(implementation, buyerId(community.slug), supplierId(providerCode)) }
          : {}),
      },
    ];
  });

/** The newest thing that happened: the release is of then. */
function changedAt({ tender, awards, contracts, amendments, questions, documents }: OcdsFacts): Instant {
  const { decidedAt, noticedAt, openedAt, publishedAt, awardedAt, contractedAt, endedAt } = tender;
  return Math.max(
    ...[decidedAt, noticedAt, openedAt, publishedAt, awardedAt, contractedAt, endedAt].map((at) => at ?? 0),
    ...awards.map(({ withdrawnAt }) => withdrawnAt ?? 0),
    ...contracts.flatMap(({ implementation: { payments, reports } }) => [
      ...payments.map(({ onDay }) => startOf(onDay)),
      ...reports.map(({ publishedAt: at }) => at),
    ]),
    ...amendments.map(({ amendedAt }) => amendedAt),
    ...questions.map(({ askedAt, publishedAt: answeredAt }) => answeredAt ?? askedAt),
    ...documents.map(({ putAt }) => putAt),
  );
}

/** The package of one tender, with one release that tells everything public as it stands. */
export function ocdsPackage(facts: OcdsFacts): Json {
  const { origin, community, tender } = facts;
  const ocid = `${OCID_PREFIX}-${community.slug}-${tender.number}`;
  const date = isoInstant(changedAt(facts));
  const contracts = contractsOf(facts);
  return {
    uri: `${origin}/c/${community.slug}/tenders/${tender.number}/ocds.json`,
    version: "1.1",
    extensions: EXTENSIONS,
    publishedDate: date,
    publisher: { name: `${community.name}业主大会` },
    releases: [
      {
        ocid,
        id: `${ocid}-${date}`,
        date,
        tag: tagsOf(facts),
        initiationType: "tender",
        language: "zh",
        parties: partiesOf(facts),
        buyer: { id: buyerId(community.slug), name: `${community.name}业主大会` },
        tender: tenderOf(facts),
        ...(tender.openedAt === null ? {} : { bids: bidsOf(facts) }),
        ...(facts.awards.length > 0 ? { awards: awardsOf(facts) } : {}),
        ...(contracts.length > 0 ? { contracts } : {}),
      },
    ],
  };
}
