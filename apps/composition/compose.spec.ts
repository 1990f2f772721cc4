import { compose } from './compose.ts';
import { openMemory } from './stack.ts';

describe('the simulated clock', () => {
  it('takes a date as the start of that day, and stays where it stands within it', async () => {
    const stack = openMemory();
    const spoor = await compose(stack, 'simulated');
    const { clock } = spoor;
    const advance = (to: string) => clock.advance!(to);
    expect(await advance('2020-06-10')).toBe(true);
    expect(clock.now()).toBe('2020-06-09T22:00:00.000Z');
    expect(await advance('2020-06-10T10:00:00.000Z')).toBe(true);
    expect(await advance('2020-06-10')).toBe(true);
    expect(clock.now()).toBe('2020-06-10T10:00:00.000Z');
    expect(await advance('2020-06-09')).toBe(false);
    expect(await advance('2020-06-10T09:59:00.000Z')).toBe(false);
    await spoor.close();
    await stack.close();
  });
});

describe('who must be the only one that projects', () => {
  it('is refused while another one does, and leaves that one alone', async () => {
    const stack = openMemory();
    const first = await compose(stack, 'system');
    const second = { ...stack, close: async () => {} };
    await expect(compose(second, 'simulated', { alone: true })).rejects.toThrow(/another process projects/);
    expect(first.projector()).toBe('here');
    await first.close();
    const third = await compose(stack, 'simulated', { alone: true });
    expect(third.projector()).toBe('here');
    await third.close();
    await stack.close();
  });
});

describe('the system clock', () => {
  it('cannot be set', async () => {
    const stack = openMemory();
    const spoor = await compose(stack, 'system');
    expect('advance' in spoor.clock).toBe(false);
    await spoor.close();
    await stack.close();
  });
});
