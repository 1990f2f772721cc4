import type { Event } from '#kernel';

/** Names and shapes are storage formats: add, never rename. One stream an indicator. */
export type DisclosedEvent = Event<'FiguresDisclosed', { readonly indicator: string; readonly release: string }>;
