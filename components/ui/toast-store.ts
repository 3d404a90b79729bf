import type { Tone } from "./tone.ts";

export type ToastMessage = { id: number; tone: Tone; title: string; text?: string };

let messages: readonly ToastMessage[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly ToastMessage[]) {
  messages = next;
  for (const listener of listeners) listener();
}

/** Shows a short message in the corner for some seconds. Browser only; nothing vital belongs in one. */
export function toast(message: Omit<ToastMessage, "id">): void {
  publish([...messages.slice(-2), { id: nextId++, ...message }]);
}

export function dismissToast(id: number): void {
  publish(messages.filter((message) => message.id !== id));
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentToasts(): readonly ToastMessage[] {
  return messages;
}
