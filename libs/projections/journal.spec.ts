import type { GroupEvent } from '#domain';
import type { Doc } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import { at, idOf, log, projected, stream } from '#testkit';
import { asRecorded, journal, type JournalEntry } from './index.ts';

const day = (date: string) => `${date}T10:00:00.000Z`;
const events = log(
  stream<GroupEvent>(
    'group',
    idOf('wonen'),
    { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' }, meta: at(day('2020-01-01')) },
    {
      type: 'GroupLeadAssigned',
      data: { lead: idOf('an') },
      meta: {
        ...at(day('2020-01-01'), day('2020-02-01')),
        actor: { subject: idOf('lies'), role: 'back-office', organisation: idOf('stad') },
        decisionRef: idOf('d1'),
        reason: { code: 'late-registration', text: { nl: 'Vergeten' } },
        basis: [{ stream: 'person-1', revision: 2 }],
      },
    },
  ),
  stream('organisation', idOf('stad'), {
    type: 'OrganisationEnded',
    data: {},
    meta: { ...at(day('2020-03-01')), network: null },
  }),
);

async function entries(of = events): Promise<readonly JournalEntry[]> {
  const store = memoryReadStore();
  await projected(store, [journal], of);
  const { items } = await store.find<JournalEntry & Doc>({ model: 'journal', where: [['position', 'gte', '']] });
  return items;
}

describe('the journal', () => {
  it('gives back every event member for member', async () => expect((await entries()).map(asRecorded)).toEqual(events));

  it('says of each since when it is known: never earlier than what came before it in the log', async () => {
    const [first, second, third] = events;
    const behind = { ...third!, meta: { ...third!.meta, recordedAt: day('2020-01-15') } };
    expect((await entries([first!, second!, behind])).map(({ knownAt }) => knownAt)).toEqual([
      day('2020-01-01'),
      day('2020-02-01'),
      day('2020-02-01'),
    ]);
  });

  it('shows nothing but events to whoever lists it', async () => expect(await entries()).toHaveLength(3));
});
