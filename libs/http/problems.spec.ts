import { negotiate, HttpProblem, problemDocument } from './problem.ts';
import { PROBLEMS, PROBLEM_LANGUAGES, specOf, type ProblemCode } from './problems.ts';

const codes = Object.keys(PROBLEMS) as ProblemCode[];
const asked = { language: 'nl', instance: '/api/v1/groups/x/end', traceId: 't1' } as const;

describe('the table of problems', () => {
  it.each(codes)('%s has a status and words in every language', (code) => {
    const { status, title, detail } = specOf(code);
    expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    for (const words of [title, ...(detail === undefined ? [] : [detail])]) {
      expect(words).toHaveLength(PROBLEM_LANGUAGES.length);
      expect(new Set(words).size).toBe(PROBLEM_LANGUAGES.length);
      for (const text of words) expect(text.trim()).toMatch(/^.{6,160}$/);
    }
  });

  it('names the same facts in every language', () => {
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const code of codes) {
      const [nl, ...others] = (specOf(code).detail ?? []).map(holes);
      for (const other of others) expect([code, other]).toEqual([code, nl]);
    }
  });

  it('answers 5xx for what is not the client’s doing only', () =>
    expect(codes.filter((code) => specOf(code).status >= 500).sort()).toEqual([
      'contention',
      'disk-full',
      'internal',
      'outcome-unknown',
      'projection-behind',
      'stopping',
      'store-unavailable',
    ]));
});

describe('a problem', () => {
  it('says what is the matter and what to do, in the language asked for', () =>
    expect(problemDocument(new HttpProblem('late-registration', { params: { days: 90 } }), asked)).toEqual({
      type: '/problems/late-registration',
      title: 'Dit is lang geleden: zeg waarom het nu pas komt',
      status: 422,
      detail: 'Na 90 dagen is een reden nodig, met de code late-registration.',
      instance: '/api/v1/groups/x/end',
      code: 'late-registration',
      traceId: 't1',
      days: 90,
    }));

  it('says a moment as people say it, and keeps it exact beside', () => {
    const began = (start: string, language: 'nl' | 'fr') =>
      problemDocument(new HttpProblem('before-network-start', { params: { start } }), { ...asked, language });
    expect(began('2020-06-10T22:00:00.000Z', 'nl')).toMatchObject({
      detail: 'Het netwerk begon op 11 juni 2020.',
      start: '2020-06-10T22:00:00.000Z',
    });
    expect(began('2020-06-10T12:30:00.000Z', 'fr')['detail']).toMatch(/10 juin 2020.*14:30/);
  });

  it('says an amount in euros, and keeps it in cents beside', () => {
    const exceeded = (language: 'nl' | 'fr' | 'en') =>
      problemDocument(
        new HttpProblem('insufficient-unallocated', { params: { askedCents: 123_456_789, availableCents: 0 } }),
        { ...asked, language },
      );
    expect(exceeded('nl')).toMatchObject({ askedCents: 123_456_789, availableCents: 0 });
    expect(exceeded('nl').detail).toMatch(/^U vraagt €.1\.234\.567,89\. Nog niet toegewezen is €.0,00\.$/);
    expect(exceeded('fr').detail).toMatch(/1.234.567,89.€/);
    expect(exceeded('en').detail).toMatch(/€.?1[.,]234[.,]567[.,]89/);
  });

  it('keeps what it says of itself apart from facts with the same name', () =>
    expect(
      problemDocument(new HttpProblem('invalid-state', { params: { status: 'ended', title: 'x' } }), asked),
    ).toMatchObject({
      status: 409,
      currentStatus: 'ended',
      title: 'Dat kan nu niet meer of nog niet',
      currentTitle: 'x',
    }));

  it('leaves out a sentence of which it misses a fact', () =>
    expect(problemDocument(new HttpProblem('late-registration'), asked)).not.toHaveProperty('detail'));

  it('speaks Dutch unless it is asked for French or English', () => {
    expect(negotiate(undefined)).toBe('nl');
    expect(negotiate('de-AT, es;q=0.5')).toBe('nl');
    expect(negotiate('fr-BE')).toBe('fr');
    expect(negotiate('de, en;q=0.4, fr;q=0.8')).toBe('fr');
    expect(negotiate('nl;q=0, en-GB')).toBe('en');
    expect(negotiate(';;;q=,'.repeat(10_000))).toBe('nl');
  });
});

describe('a refusal that names a member', () => {
  it('points at it, in the language asked for', () => {
    const problem = new HttpProblem('unknown-reference', { params: { member: 'lead', id: 'x' } });
    const document = problemDocument(problem, { language: 'nl', instance: '/', traceId: 't' });
    expect(document.errors).toEqual([{ pointer: '/lead', code: 'unknown-reference', message: document.title }]);
  });
});
