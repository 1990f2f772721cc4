import { isMoment } from '#kernel';
import type { Language, Localized } from '#domain';
import type { HistoryEntry } from './history.ts';
import type { Names } from './names.ts';
import type { Moment } from './query.ts';
import { inWords } from './tell.ts';
import { TEXT_WORDS, type Words } from './words.ts';

interface Page {
  readonly title: Words;
  readonly asOf: string | null;
}

/** A history as people read it: a title, up to when it tells, then one line an event. */
export const historyText = (language: Language) => ({
  head: ({ title, asOf }: Page, moment: Moment): string => `${title[language]}\n${upTo(language, moment, asOf)}\n\n`,
  line: (entry: HistoryEntry, names: Names): string => `- ${oneLine(lineOf(entry, language, names))}\n`,
});

/** What of one history is said, on both clocks: without a moment asked for, up to the position that it reflects. */
function upTo(language: Language, { asOf, effectiveAt }: Moment, position: string | null): string {
  const said = (words: Words, moment: string): string =>
    words[language].replace('{moment}', isMoment(moment) ? inWords(moment, language, {}) : moment);
  const { known, held, upToPosition } = TEXT_WORDS;
  return [
    said(upToPosition, position ?? '–'),
    ...(asOf === undefined || !isMoment(asOf) ? [] : [said(known, asOf)]),
    ...(effectiveAt === undefined ? [] : [said(held, effectiveAt)]),
  ].join(', ');
}

function lineOf(entry: HistoryEntry, language: Language, names: Names): string {
  const { occurredAt, recordedAt, lateDays, sentence, decision, reason, changes, correctedBy } = entry;
  const shown = (value: unknown): string => inWords(value, language, names);
  const said = (words: Words, text: string): string => stopped(`${words[language]}: ${text}`);
  const { registered, decided, why, corrected } = TEXT_WORDS;
  const { text } = (reason ?? {}) as { readonly text?: Localized };
  return [
    `${shown(occurredAt)}${lateDays > 0 ? ` (${registered[language]} ${shown(recordedAt)})` : ''}: ${sentence[language]}`,
    ...(decision === null
      ? []
      : [said(decided, `${decision.proposal} (${shown(decision.outcome)}, ${shown(decision.decidedAt)})`)]),
    ...(text === undefined ? [] : [said(why, shown(text))]),
    ...(changes.length === 0 ? [] : [stopped(changes.map((one) => one.words[language]).join('; '))]),
    ...correctedBy.map(({ at }) => said(corrected, shown(at))),
  ].join(' ');
}

/** A text of people may have lines of its own. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** With one full stop at its end. */
const stopped = (text: string): string => `${text.replace(/\.+$/, '')}.`;
