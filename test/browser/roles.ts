/** Who one can be in the demo, by the list it publishes, and its clock and messages as a person uses them. */
import type { Person } from "./person.ts";

export interface Role {
  readonly role: string;
  readonly url: string;
  /** What a voter's page asks for. */
  readonly lastFour?: string;
}

export async function roleOf(origin: string, role: string): Promise<Role> {
  const { roles } = (await (await fetch(`${origin}/demo/links.json`)).json()) as { roles: Role[] };
  const found = roles.find((one) => one.role === role);
  if (!found) throw new Error(`the demo has no ${role}`);
  return found;
}

/** Steps in as an office-holder, by the button of the demo; again after the clock has moved, because sessions end. */
export async function enterAs(person: Person, role: string): Promise<void> {
  await person.opens(`/demo/as/${role}`);
  await person.presses("以此身份进入");
}

const DAYS_A_PRESS = 5;

/** Moves the product's clock by the demo's button, a few days a press; what falls due is done. */
export async function letPass(person: Person, days: number): Promise<void> {
  for (let left = days, first = true; first || left > 0; left -= DAYS_A_PRESS, first = false) {
    await person.opens("/demo");
    await person.types("往前拨几天", String(Math.min(left, DAYS_A_PRESS)));
    await person.presses("拨动时钟");
  }
}

const DAY_MS = 86_400_000;

/** Whole days to move the clock until the day a page names is over; the page is opened first where one is given. */
export async function daysUntil(person: Person, saying: RegExp, page?: string): Promise<number> {
  if (page) await person.opens(page);
  const [, year, month, day] = saying.exec(await person.reads()) ?? [];
  if (!day) throw new Error(`${person.at} names no such day: ${saying}`);
  const { now } = (await (await person.page.request.get("/demo/links.json")).json()) as { now: number };
  const over = Date.UTC(Number(year), Number(month) - 1, Number(day) + 1) - 8 * 3_600_000;
  return Math.max(0, Math.ceil((over - now) / DAY_MS));
}

/** Signs in as an owner by the code that goes to the number on the roll, and stands in the corner. */
export async function signInAsOwner(person: Person, slug: string, phone: string): Promise<void> {
  await person.opens(`/c/${slug}/my/sign-in`);
  await passTheDoor(person, phone);
}

/** The same for who was sent to the door on the way to somewhere, and goes on there. */
export async function passTheDoor(person: Person, phone: string): Promise<void> {
  await person.types("手机号", phone);
  await person.presses("获取验证码");
  await person.types("6 位验证码", await codeSentTo(person, phone));
  await person.presses("登录");
}

/** Signs in as an office-holder by the code that was sent. */
export async function signInAsOfficer(person: Person, slug: string, phone: string): Promise<void> {
  await person.opens(`/c/${slug}/sign-in`);
  await person.types("手机号", phone);
  await person.presses("获取验证码");
  await person.types("6 位验证码", await codeSentTo(person, phone));
  await person.presses("登录");
}

/** The newest code to a number, read where the demo shows its messages; the person's own page stays as it is. */
async function codeSentTo(person: Person, phone: string): Promise<string> {
  const html = await (await person.page.request.get("/demo/outbox", { headers: { accept: "text/html" } })).text();
  const row = html.split("<tr").find((part) => part.includes(phone) && /码是? ?\d{6}/.test(part));
  const code = /码是? ?(\d{6})/.exec(row ?? "")?.[1];
  if (!code) throw new Error(`no code was sent to ${phone}`);
  return code;
}

export interface SentLink {
  readonly link: string;
  readonly lastFour: string;
}

/** A voting link out of a message that speaks of a meeting, and the last four of the number it goes to. */
export async function linkFromMessages(person: Person, meeting: string): Promise<SentLink> {
  await person.opens("/demo/outbox");
  const message = person.page.getByRole("row").filter({ hasText: meeting }).first();
  const phone = /1\d{10}/.exec(await message.innerText())?.[0];
  const link = await message.getByRole("link").first().getAttribute("href");
  if (!phone || !link) throw new Error(`no message about ${meeting} carries a link`);
  return { link, lastFour: phone.slice(-4) };
}
