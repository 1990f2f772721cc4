import { timeline, type Part } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';

const step = (on: string, name: string) => ({ on, as: 'operator' as const, command: 'RegisterPerson', name, body: {} });
const shared: Part = { name: 'shared', steps: [step('2020-01-02', 'a'), step('2020-03-01', 'b')] };
const one: Part = { name: 'one', steps: [step('2020-02-01', 'c'), step('2020-01-02', 'd')] };

describe('the timeline of several scenarios', () => {
  it('goes by date, has what they share once, and keeps the order of each day', () =>
    expect(
      timeline([
        { name: 'S1', parts: [shared, one] },
        { name: 'S2', parts: [shared] },
      ]).map(({ on, name, key }) => [on, name, key]),
    ).toEqual([
      ['2020-01-02', 'a', 'demo/shared/1'],
      ['2020-01-02', 'd', 'demo/one/2'],
      ['2020-02-01', 'c', 'demo/one/1'],
      ['2020-03-01', 'b', 'demo/shared/2'],
    ]));

  it('gives each step at ten in the morning in Brussels', () =>
    expect(timeline([{ name: 'S', parts: [shared] }]).map(({ now }) => now)).toEqual([
      '2020-01-02T09:00:00.000Z',
      '2020-03-01T09:00:00.000Z',
    ]));
});

describe('the demo scenarios', () => {
  const steps = timeline(scenarios);

  it('call no two things by one name', () => {
    const names = steps.flatMap(({ name, children = [] }) => [...(name === undefined ? [] : [name]), ...children]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('have no two steps with one key', () => expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length));

  it('mark what is invented', () =>
    expect(
      steps
        .filter(({ command }) => command === 'RegisterOrganisation' || command === 'RegisterPerson')
        .filter(({ body }) => !String(body['name']).endsWith(' (demo)')),
    ).toEqual([]));
});
