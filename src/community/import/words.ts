/** The words of a roll in files and on pages: 住宅, 已交付, 登记 … and every other word they are read from. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { DocumentType } from "../identity/rules.ts";
import type { AreaSource, Basis, PartyKind, UnitKind, UnitState } from "../rules.ts";

type Words<K extends string> = Readonly<
  Record<K, { readonly zh: string; readonly en: string; readonly also: readonly string[] }>
>;

export const KIND_WORDS: Words<UnitKind> = {
  residence: { zh: "住宅", en: "residence", also: ["普通住宅", "成套住宅", "居住", "别墅", "公寓", "residential"] },
  shop: { zh: "商业", en: "shop", also: ["商铺", "店铺", "门面", "商业用房", "商业服务", "底商", "commercial"] },
  office: { zh: "办公", en: "office", also: ["写字楼", "办公用房", "商务"] },
  parking: { zh: "车位", en: "parking space", also: ["车库", "停车位", "地下车位", "车位(库)", "parking"] },
  storage: { zh: "储藏", en: "storage room", also: ["储藏室", "储物间", "储藏间", "杂物间", "地下室", "storage"] },
  other: { zh: "其他", en: "other", also: ["其它", "配套", "公共配套"] },
};

export const STATE_WORDS: Words<UnitState> = {
  delivered: {
    zh: "已交付",
    en: "delivered",
    also: ["已交房", "已入住", "未入住", "已装修", "装修中", "已售已交付", "空置", "自住", "出租", "已收楼", "已收房"],
  },
  undelivered: { zh: "未交付", en: "undelivered", also: ["已售未交付", "未交房", "未收楼", "未收房"] },
  unsold: { zh: "未售", en: "unsold", also: ["未出售", "未销售", "待售", "在售", "自持未售"] },
  retired: { zh: "停用", en: "retired", also: [] },
};

export const SOURCE_WORDS: Words<AreaSource> = {
  register: {
    zh: "登记",
    en: "register",
    also: ["不动产登记", "登记簿", "产权登记", "不动产权证", "房产证", "registered"],
  },
  survey: { zh: "实测", en: "survey", also: ["测绘", "实测面积", "测绘面积", "surveyed"] },
  contract: { zh: "合同", en: "contract", also: ["买卖合同", "购房合同", "合同面积", "预测", "预售"] },
};

export const BASIS_WORDS: Words<Basis> = {
  registered: { zh: "登记", en: "registered", also: ["已登记", "不动产登记", "产权登记"] },
  possession: { zh: "合法占有", en: "lawful possession", also: ["占有", "已买受未登记", "未登记"] },
};

export const PARTY_WORDS: Words<PartyKind> = {
  natural: { zh: "自然人", en: "natural person", also: ["个人", "私人", "居民", "person"] },
  legal: { zh: "单位", en: "organisation", also: ["法人", "企业", "公司", "机构", "非自然人", "非法人组织", "legal"] },
  developer: { zh: "建设单位", en: "developer", also: ["开发商", "开发企业", "开发建设单位", "房地产开发企业"] },
};

export const DOCUMENT_WORDS: Words<DocumentType> = {
  id_card: { zh: "居民身份证", en: "identity card", also: ["身份证", "二代身份证", "id"] },
  credit_code: { zh: "统一社会信用代码", en: "credit code", also: ["营业执照", "社会信用代码", "信用代码"] },
  passport: { zh: "护照", en: "passport", also: [] },
  residence_permit: {
    zh: "港澳台证件",
    en: "Hong Kong, Macao or Taiwan document",
    also: ["港澳台居民居住证", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "回乡证", "台胞证", "港澳台居住证"],
  },
  other: { zh: "其他证件", en: "other document", also: ["其他", "其它", "军官证", "外国人永久居留身份证"] },
};

export const sayWord = <K extends string>(words: Words<K>, key: K): Bilingual => ({
  zh: words[key].zh,
  en: words[key].en,
});

/** Reads one of the words; null when it is none of them. */
export function readWord<K extends string>(words: Words<K>, text: string): K | null {
  const plain = text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
  for (const key of Object.keys(words) as K[]) {
    const { zh, en, also } = words[key];
    if (plain === zh || plain === en.replace(/\s+/g, "").toLowerCase() || also.includes(plain)) return key;
  }
  return null;
}

/** 住宅、商业 … as a message lists them. */
export const listWords = <K extends string>(words: Words<K>, leaveOut: readonly K[] = []): Bilingual => {
  const keys = (Object.keys(words) as K[]).filter((key) => !leaveOut.includes(key));
  return { zh: keys.map((key) => words[key].zh).join("、"), en: keys.map((key) => words[key].en).join(", ") };
};
