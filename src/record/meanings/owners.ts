/** What the entries about owners outside any meeting mean, in words for a neighbour. */
import { type Meaning, meaning } from "./meaning.ts";

/** In the course of things, not of the alphabet. */
export const OWNERS: Readonly<Record<string, Meaning>> = {
  "owner.card_issued": meaning(
    "发出业主登录卡",
    "Owner's card issued",
    "给一位没有登记手机号的业主打印了登录卡，写明由谁打印、第几张。卡上的代码不在记录里。",
    "A card to sign in with was printed for an owner without a number on the roll: by whom, and which it is. Its code is not in the record.",
  ),
  "owner.card_revoked": meaning(
    "停用业主登录卡",
    "Owner's card revoked",
    "一张业主登录卡停用了，写明由谁停用、为什么。用它登录的都已退出。",
    "An owner's card was revoked: by whom and why. Whoever had signed in by it is signed out.",
  ),
};
