/** The kinds of message there are: who words each, when it may leave, and who wants to know what became of it. Filled by the capabilities as they load. */
import type { Query } from "../db.ts";
import type { Scene } from "../scene.ts";
import type { Outcome } from "./rules.ts";

/** Ids and small facts the wording is made from. Never a phone number, a name or a token: this is stored in clear. */
export type MessageParams = Readonly<Record<string, string | number | boolean>>;

/** A message with its words, or the reason why there is nothing to send any more (revoked, voted already). */
export type Rendered = { readonly phone: string; readonly text: string } | { readonly skip: string };

/** Words a message at the moment it is sent, so that what is secret in it is stored nowhere. */
export type Renderer = (scene: Scene, params: MessageParams, recipient: string) => Promise<Rendered>;

export interface SentMessage {
  readonly messageId: string;
  readonly kind: string;
  readonly recipient: string;
  readonly params: MessageParams;
}

/**
 * Statements that join the batch which records the outcome of a message: called once when it is sent, skipped, or
 * given up, not for a try that will be repeated; and once more when a person has a given-up message tried again.
 */
export type OnOutcome = (
  scene: Scene,
  message: SentMessage,
  outcome: Outcome,
) => readonly Query[] | Promise<readonly Query[]>;

export interface MessageKind {
  readonly render: Renderer;
  readonly onOutcome?: OnOutcome;
  /** A reminder waits for the morning; a code someone is waiting for does not. */
  readonly restsAtNight?: boolean;
  /** What the desk calls it. */
  readonly name: { readonly zh: string; readonly en: string };
}

const kinds = new Map<string, MessageKind>();

/** Makes a kind known; once per isolate, at load time. Messages of a kind nobody registered stay queued. */
export function registerMessageKind(kind: string, handlers: MessageKind): void {
  if (!/^[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)+$/.test(kind))
    throw new TypeError(`"${kind}" is not a kind such as vote.link`);
  if (kinds.has(kind)) throw new TypeError(`messages of kind ${kind} are worded twice`);
  kinds.set(kind, handlers);
}

export const findMessageKind = (kind: string): MessageKind | undefined => kinds.get(kind);

/** The kinds that may leave now: by night those that do not rest. */
export const kindsThatMayLeave = (night: boolean): string[] =>
  [...kinds].filter(([, { restsAtNight }]) => !night || !restsAtNight).map(([kind]) => kind);
