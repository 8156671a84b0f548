/** Where messages leave the building: nowhere (kept for the demo), or a signed HTTP request to an SMS gateway. Not the queue. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../kernel/day.ts";
import { isDemo } from "../clock.ts";
import type { Env } from "../env.ts";
import { secretBytes } from "../secrets.ts";

export interface OutgoingMessage {
  /** The same on every try, so that a gateway can leave out what it has sent already. */
  readonly messageId: string;
  readonly kind: string;
  readonly phone: string;
  readonly text: string;
}

/** `detail` is ASCII and holds nothing of the message: a status, or the gateway's own reference. */
export interface Handover {
  readonly taken: boolean;
  readonly detail: string;
}

export interface Adapter {
  readonly name: "keep" | "webhook";
  send(message: OutgoingMessage, now: Instant): Promise<Handover>;
}

/** Sends nothing and says it did: the demo shows what would have been sent. */
export const keepAdapter: Adapter = { name: "keep", send: async () => ({ taken: true, detail: "kept" }) };

export const WEBHOOK_TIMEOUT_MS = 10_000;

/** What the gateway recomputes: hex of HMAC-SHA256 over `<timestamp>.<body>`, the timestamp in whole seconds. */
export const webhookSignature = (key: Uint8Array, timestamp: string, body: string): string =>
  bytesToHex(hmac(sha256, key, utf8ToBytes(`${timestamp}.${body}`)));

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Posts `{"id","kind","phone","text"}` as JSON with these headers: `idempotency-key` and `x-commonhold-message` (the
 * message's id), `x-commonhold-timestamp` (seconds), `x-commonhold-signature: v1=<hex>`. A 2xx within ten seconds means taken;
 * anything else is tried again. A redirect is not followed: it would carry a phone number to an address nobody configured.
 */
export function webhookAdapter(url: string, key: Uint8Array, request: Fetch = fetch): Adapter {
  const { protocol, hostname } = new URL(url);
  const isLocal = hostname === "localhost" || hostname === "127.0.0.1";
  if (protocol !== "https:" && !isLocal) throw new Error("SMS_WEBHOOK_URL must be https: it carries phone numbers");
  return {
    name: "webhook",
    send: async ({ messageId, kind, phone, text }, now) => {
      const body = JSON.stringify({ id: messageId, kind, phone, text });
      const timestamp = String(Math.floor(now / 1000));
      try {
        const response = await request(url, {
          method: "POST",
          headers: {
            "content-type": "application/json; charset=utf-8",
            "idempotency-key": messageId,
            "x-commonhold-message": messageId,
            "x-commonhold-timestamp": timestamp,
            "x-commonhold-signature": `v1=${webhookSignature(key, timestamp, body)}`,
          },
          body,
          redirect: "manual",
          signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
        });
        await response.body?.cancel();
        return { taken: response.ok, detail: `http ${response.status}` };
      } catch (error) {
        return {
          taken: false,
          detail: error instanceof Error && error.name === "TimeoutError" ? "timeout" : "no answer",
        };
      }
    },
  };
}

/** The adapter this deployment is configured for; null when there is none, and then messages wait. */
export function adapterOf(env: Env): Adapter | null {
  if (env.SMS_WEBHOOK_URL)
    return webhookAdapter(env.SMS_WEBHOOK_URL, secretBytes("SMS_WEBHOOK_KEY", env.SMS_WEBHOOK_KEY));
  return isDemo(env) ? keepAdapter : null;
}
