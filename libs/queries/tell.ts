import { DAY_MS, euros, isDay, isMoment, type Recorded } from '#kernel';
import { LANGUAGES, type DomainEvent, type Language } from '#domain';
import type { Change, Facet } from './facets.ts';
import { isId, type Names } from './names.ts';
import { CODE_WORDS, EVENT_WORDS, FACET_WORDS, HIDDEN_WORDS, type Words } from './words.ts';

/** The same in each language. */
export const inEach = (say: (language: Language) => string): Words =>
  Object.fromEntries(LANGUAGES.map((language) => [language, say(language)])) as Words;

/** What happened, in one sentence. */
export function sentenceOf(event: Recorded, names: Names, data: object = shownData(event)): Words {
  const words = EVENT_WORDS[event.type as DomainEvent['type']];
  const members = data as Readonly<Record<string, unknown>>;
  return inEach((language) =>
    words[language]
      .replace(/\{(\w+)\}/g, (_, member: string) =>
        member === 'who'
          ? actorInWords(event, names, language)
          : member === 'changes'
            ? fieldsInWords(members['changes'] as object, language)
            : member === 'value'
              ? measuredInWords(members as unknown as MeasuredInWords)
              : inWords(members[member], language, names, member),
      )
      .replace(/([.!?])\.$/, '$1'),
  );
}

/**
 * What of an event's payload may be shown to whoever sees the event: the text of a confidential obstacle, or outcome of a
 * session, stays in the log, so do exact tables and who read them, and so does what corrected it. `isConfidential` tells of the id of an event whether it is one; who cannot know says yes.
 */
export function shownData({ type, data }: Recorded, isConfidential: (event: string) => boolean = () => true): object {
  if (type === 'ObstacleAdded' || type === 'OutcomeRecorded')
    return (data as { readonly confidential: boolean }).confidential ? { ...data, text: null } : data;
  // Who reads the exact table leaves a record, and the records are not for everybody.
  if (type === 'ReleasePrepared') return { ...data, lines: null };
  if (type === 'ReleaseChecked') return { ...data, hidden: null };
  if (type === 'ExactTableRead') return {};
  if (type !== 'RecordCorrected') return data;
  const { event, field } = data as { readonly event: string; readonly field: string };
  return field === 'text' && isConfidential(event) ? { ...data, from: null, to: null } : data;
}

/** A change as the reader sees it: `Budget: € 60.000,00 → € 50.000,00`. */
export const changeInWords = ({ field, before, after }: Change, names: Names): Words =>
  inEach((language) => {
    const [old, made] = [before, after].map((value) => inWords(value, language, names, field));
    return `${FACET_WORDS[field][language]}: ${old} → ${made}`;
  });

function actorInWords({ meta }: Recorded, names: Names, language: Language): string {
  const role = codeInWords(meta.actor.role, language) ?? meta.actor.role;
  const name = names[meta.actor.subject];
  return name === undefined ? role : `${name} (${role})`;
}

const fieldsInWords = (changes: object, language: Language): string =>
  Object.keys(changes)
    .map((field) => (FACET_WORDS[field as Facet] ?? FACET_WORDS.plan)[language].toLowerCase())
    .join(', ');

interface MeasuredInWords {
  readonly numerator: number;
  readonly upTo: number | null;
  readonly denominator: number | null;
  readonly text: string | null;
  readonly dims: Readonly<Record<string, string>>;
}

/** `12/17 (leeftijd: 17-20)`: as it was counted, for a history never shows a percentage alone. */
function measuredInWords({ numerator, upTo, denominator, text, dims }: MeasuredInWords): string {
  const value = `${numerator}${upTo === null ? '' : `–${upTo}`}${denominator === null ? '' : `/${denominator}`}`;
  const parts = Object.entries(dims).map(([dimension, part]) => `${dimension}: ${part}`);
  return `${text ?? value}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

const NOTHING = '–';

/** Any value of an event or a card as text; `member` tells cents from numbers. */
export function inWords(value: unknown, language: Language, names: Names, member = ''): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (typeof value === 'number') return member.endsWith('Cents') ? euros(value, language) : String(value);
  if (typeof value === 'string') return textInWords(value, language, names);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((item) => inWords(item, language, names, member)).join(', ') || NOTHING;
  return partInWords(value, language, names);
}

function textInWords(text: string, language: Language, names: Names): string {
  if (isMoment(text)) return dateInWords(text, language);
  return names[text] ?? codeInWords(text, language) ?? (isId(text) ? HIDDEN_WORDS[language] : text);
}

/** What a reader calls a part of a payload: its text in their language, or who or what it is about. */
function partInWords(part: object, language: Language, names: Names): string {
  const { text, organisation, network, action, id, from, until, ...rest } = part as Readonly<Record<string, unknown>>;
  const localized = rest as Partial<Words>;
  const own =
    localized[language] ??
    localized.nl ??
    localized.fr ??
    localized.en ??
    text ??
    organisation ??
    network ??
    action ??
    id;
  const period =
    from === undefined && until === undefined
      ? []
      : [[from, until].map((day) => inWords(day, language, names)).join(' – ')];
  const role = typeof rest['role'] === 'string' ? [rest['role']] : [];
  const aside = [...role, ...period].join(', ');
  if (own === undefined && aside !== '') return aside;
  return `${inWords(own, language, names)}${aside === '' ? '' : ` (${aside})`}`;
}

const codeInWords = (code: string, language: Language): string | undefined =>
  Object.hasOwn(CODE_WORDS, code) ? CODE_WORDS[code as keyof typeof CODE_WORDS][language] : undefined;

const dates = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(`${language}-BE`, { dateStyle: 'long', timeZone: 'Europe/Brussels' });
const DATES = { nl: dates('nl'), fr: dates('fr'), en: dates('en') } as const;

/** A day is that day everywhere; noon UTC lies on it in Brussels. */
const dateInWords = (moment: string, language: Language): string =>
  DATES[language].format(isDay(moment) ? Date.parse(moment) + DAY_MS / 2 : Date.parse(moment));
