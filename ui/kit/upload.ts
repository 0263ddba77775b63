// Uploading with progress. fetch cannot report how much of a body has left, so this one is an XMLHttpRequest.
import { ApiError, errorFrom } from "./api";
import type { FileRef } from "./types";

export interface Uploaded extends FileRef {
  /** The id to send along with a message. */
  file: string;
}

export interface UploadOptions {
  headers?: Record<string, string>;
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

export function upload(url: string, file: File, options: UploadOptions = {}): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const separator = url.includes("?") ? "&" : "?";
    request.open("POST", `${url}${separator}name=${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => reject(new ApiError(0, "unreachable", ""));
    request.onabort = () => reject(new ApiError(0, "aborted", ""));
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Uploaded);
      else reject(errorFrom(request.status, request.response, null));
    };
    options.signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
