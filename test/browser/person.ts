/** A person at a browser: a fresh profile at a phone's or a desk's width, who opens, reads, types and presses, without JavaScript. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible } from "./accessible.ts";
import { openBrowser } from "./browsers.ts";

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };

/** PICTURES=<folder> keeps what each person looked at. */
const PICTURES = process.env["PICTURES"];

export interface File {
  readonly name: string;
  readonly text: string;
}
/** What a person hands to a form: a text, or the bytes of a photograph. */
export type Given = File | { readonly name: string; readonly bytes: Uint8Array };

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  csv: "text/csv",
  json: "application/json",
  pdf: "application/pdf",
};

const SOON = { timeout: 5_000 };
const LOADED = { timeout: 60_000 };

/** Text as it is read: runs of white space are one space. */
const asRead = (text: string): string => text.replace(/\s+/g, " ").trim();

export class Person {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #complaints: string[];
  readonly #name: string;
  #pictures = 0;

  constructor(name: string, context: BrowserContext, page: Page, complaints: string[]) {
    this.#name = name;
    this.#context = context;
    this.page = page;
    this.#complaints = complaints;
  }

  /** Goes to an address; answers with its status. */
  async opens(address: string): Promise<number> {
    const response = await this.page.goto(address, { waitUntil: "load" });
    return response?.status() ?? 0;
  }

  /** The path of the page, with its query. */
  get at(): string {
    const { pathname, search } = new URL(this.page.url());
    return `${pathname}${search}`;
  }

  async #goesBy(target: Locator): Promise<void> {
    await Promise.all([this.page.waitForEvent("load", LOADED), target.click({ ...SOON, noWaitAfter: true })]);
  }

  #named(role: "link" | "button", name: string | RegExp): Locator {
    return this.page.getByRole(role, typeof name === "string" ? { name, exact: true } : { name }).first();
  }

  follows = (link: string | RegExp): Promise<void> => this.#goesBy(this.#named("link", link));
  presses = (button: string | RegExp): Promise<void> => this.#goesBy(this.#named("button", button));
  unfolds = (summary: string): Promise<void> => this.page.locator("summary", { hasText: summary }).first().click();

  /** A group of fields by its legend, or one question of a ballot. */
  group = (legend: string): Locator => this.page.getByRole("group", { name: legend }).first();

  /** The control a label belongs to; `within` names the group it stands in. */
  field = (label: string | RegExp, within?: string): Locator =>
    (within === undefined ? this.page : this.group(within)).getByLabel(label).first();

  types = (label: string | RegExp, text: string, within?: string): Promise<void> =>
    this.field(label, within).fill(text, SOON);
  ticks = (label: string | RegExp, within?: string): Promise<void> => this.field(label, within).check(SOON);
  /** Chooses from a list, by the whole label or by how it begins. */
  async picks(label: string | RegExp, option: string | RegExp, within?: string): Promise<void> {
    const list = this.field(label, within);
    const found = list.locator("option").filter({ hasText: option }).first();
    await list.selectOption((await found.getAttribute("value", SOON)) ?? "", SOON);
  }
  async gives(label: string | RegExp, given: Given): Promise<void> {
    const mimeType = MEDIA_TYPES[given.name.split(".").at(-1) ?? ""] ?? "text/plain";
    const buffer = "text" in given ? Buffer.from(given.text) : Buffer.from(given.bytes);
    await this.field(label).setInputFiles({ name: given.name, mimeType, buffer });
  }

  /** Chooses an answer of a question. */
  answers = (question: string, answer: string): Promise<void> =>
    this.group(question).getByLabel(answer, { exact: true }).check(SOON);

  /** What stands on the page, folded parts left out. */
  async reads(): Promise<string> {
    return asRead(await this.page.locator("body").innerText());
  }

  async sees(...texts: readonly string[]): Promise<void> {
    const read = await this.reads();
    for (const text of texts) expect(read, this.page.url()).toContain(text);
  }

  async doesNotSee(...texts: readonly string[]): Promise<void> {
    const read = await this.reads();
    for (const text of texts) expect(read, this.page.url()).not.toContain(text);
  }

  async #saves(act: () => Promise<void>): Promise<File> {
    const coming = this.page.waitForEvent("download", { timeout: 20_000 });
    await act();
    const download = await coming;
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
  }

  /** Follows a link to a file and keeps it. */
  saves = (link: string | RegExp): Promise<File> => this.#saves(() => this.#named("link", link).click());
  /** Presses a button that answers with a file. */
  savesBy = (button: string | RegExp): Promise<File> => this.#saves(() => this.#named("button", button).click());

  /** Nothing serious on the page for whoever sees, hears or types it. */
  async finds(title: string): Promise<void> {
    expect(asRead(await this.page.locator("h1").first().innerText()), this.page.url()).toBe(title);
    await this.looks();
  }

  async looks(): Promise<void> {
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      this.#pictures += 1;
      const file = `${this.#name}-${String(this.#pictures).padStart(2, "0")}.png`;
      await this.page.screenshot({ path: join(PICTURES, file), fullPage: true });
    }
    await expectAccessible(this.page);
  }

  async leaves(): Promise<void> {
    await this.#context.close();
    expect(this.#complaints).toEqual([]);
  }
}

/** Opens a fresh profile. JavaScript is off unless asked for: every page must work without. */
export async function aPerson(
  name: string,
  origin: string,
  viewport: { readonly width: number; readonly height: number },
  options: { readonly javaScript?: boolean } = {},
): Promise<Person> {
  const context = await (await openBrowser()).newContext({
    viewport,
    javaScriptEnabled: options.javaScript ?? false,
    baseURL: origin,
    locale: "zh-CN",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, origin: from } = new URL(request.url());
    if (protocol.startsWith("http") && from !== origin) complaints.push(`foreign: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return new Person(name, context, page, complaints);
}
