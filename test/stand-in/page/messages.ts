/** What both page scripts are told. `channel`: a random event name, so that page code can't meet it by chance. */
export interface PageInfo {
  readonly channel: string;
  readonly platform: string;
  readonly arch: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
}

/** Page to main process. */
export type ToMain =
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown[] };

/** Main process to page. */
export type ToPage =
  | { readonly kind: 'event'; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly channel: string; readonly message: string };

/** Between the two worlds of one page; the preload's world says it, the page's world hears it. */
export type BridgeMessage =
  | { readonly kind: 'expose'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'returned'; readonly id: number; readonly ok: boolean; readonly value: unknown }
  | { readonly kind: 'settled'; readonly id: number; readonly ok: boolean; readonly value: unknown }
  | { readonly kind: 'callback'; readonly id: number; readonly args: unknown[] };

/** The page's world calls a function of the preload's. */
export interface BridgeCall {
  readonly id: number;
  readonly functionId: number;
  readonly args: unknown[];
}

/** A page asks for a permission. */
export interface Question {
  readonly id: number;
  readonly permission: string;
  readonly isCheck: boolean;
  readonly audio: boolean;
  readonly video: boolean;
  readonly url: string;
}

export interface Answer {
  readonly isGranted: boolean;
  /** Of the DOMException when refused. */
  readonly errorName?: string;
}
