import { person, type Person } from '#domain';
import type { Streams } from '#engine';
import { isStoreError } from '#event-store';
import type { PersonCard } from '#projections';
import type { ReadStore } from '#read-store';

/** A log that does not answer for so long is away. */
const PATIENCE_MS = 1_000;

/**
 * A person as the stream says it: a role that ended counts at once. While the log is away it is as the read model says,
 * so that reads go on; commands read the stream themselves, and are refused.
 */
export function persons(streams: Streams, reads: ReadStore): (id: string) => Promise<Person> {
  const asProjected = async (id: string): Promise<Person> => {
    const card = await reads.get<PersonCard>('person-card', id);
    return card === null ? { status: 'none' } : personOf(card.doc);
  };
  return async (id) => {
    let timer: NodeJS.Timeout | undefined;
    const away = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, undefined)));
    try {
      const folded = await Promise.race([streams.load(person, id), away]);
      return folded === undefined ? await asProjected(id) : folded.state;
    } catch (error) {
      if (isStoreError(error) && error.retryable) return asProjected(id);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

const personOf = ({ roles }: PersonCard): Person => ({
  status: 'registered',
  roles: roles.map(({ role, network, organisation, from, until }) => ({
    role,
    network,
    from,
    ...(organisation !== null && { organisation }),
    ...(until !== null && { until }),
  })),
});
