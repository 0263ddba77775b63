// One way to call the server: JSON in, JSON out, and one kind of error that says what to do about it.

import { heardTime } from "./clock";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail: Record<string, unknown> = {},
    readonly retryAfterS: number | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }

  /** The same request may succeed later: no network, too many, or the server is not up. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface CallOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  credentials?: RequestCredentials;
  timeoutMs?: number;
}

export async function call<T>(url: string, options: CallOptions = {}): Promise<T> {
  const response = await request(url, options);
  if (!response.ok) throw await readError(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

async function request(url: string, options: CallOptions): Promise<Response> {
  const { method = options.body === undefined ? "GET" : "POST", timeoutMs = 20_000 } = options;
  const headers = { Accept: "application/json", ...options.headers } as Record<string, string>;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal,
      credentials: options.credentials ?? "same-origin",
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    heardTime(response.headers.get("Date"));
    return response;
  } catch (error) {
    throw new ApiError(0, "unreachable", error instanceof Error ? error.message : String(error));
  }
}

async function readError(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => ({}));
  const after = Number(response.headers.get("Retry-After"));
  return errorFrom(response.status, body, Number.isFinite(after) && after > 0 ? after : null);
}

export function errorFrom(status: number, body: unknown, retryAfterS: number | null): ApiError {
  const { error, message, detail } = (body ?? {}) as Record<string, unknown>;
  return new ApiError(
    status,
    typeof error === "string" ? error : "unreachable",
    typeof message === "string" ? message : "",
    detail && typeof detail === "object" ? (detail as Record<string, unknown>) : {},
    retryAfterS,
  );
}
