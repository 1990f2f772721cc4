/** One stage of a Dockerfile: what it begins from, and its instructions in order. */
interface Stage {
  readonly from: string;
  readonly name: string | undefined;
  readonly steps: readonly (readonly [instruction: string, rest: string])[];
}

/** Reads the stages of a Dockerfile. Comments fall away, lines that end in a backslash go on. */
export function readDockerfile(text: string): readonly Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.split(/\s+(.*)/, 2) as [string, string]);
  const stages: { from: string; name: string | undefined; steps: [string, string][] }[] = [];
  for (const [instruction, rest] of lines)
    if (instruction === 'FROM') {
      const [from, , name] = rest.split(/\s+/);
      stages.push({ from: from!, name, steps: [] });
    } else stages.at(-1)?.steps.push([instruction, rest]);
  return stages;
}

/** What is copied into the image from beside the Dockerfile. */
export const copiedFromContext = (stages: readonly Stage[]): string[] =>
  all(stages, 'COPY')
    .filter((rest) => !rest.startsWith('--from='))
    .flatMap((rest) => rest.split(/\s+/).slice(0, -1));

/** All that is wrong, each in a few words; `node` is the version of Node that Spoor is tested on. */
export function mistakesOf(stages: readonly Stage[], node: string): string[] {
  const last = stages.at(-1)!;
  const names = stages.map(({ name }) => name).filter((name) => name !== undefined);
  const mistakes: (string | false)[] = [
    ...stages.map(({ from }) => !from.startsWith(`node:${node}-`) && `from ${from}, not Node ${node}`),
    ...all(stages, 'ADD').map((rest) => `ADD ${rest}: what is fetched is not what was tested`),
    ...all(stages, 'COPY')
      .map((rest) => /^--from=(\S+)/.exec(rest)?.[1])
      .map((from) => from !== undefined && !names.includes(from) && `no stage ${from}`),
    ...[...all(stages, 'ENV'), ...all(stages, 'ARG')].map(
      (rest) => /password|secret|token|key|:\/\//i.test(rest) && `a secret: ${rest}`,
    ),
    copiedFromContext([last]).some((file) => file !== 'package.json') && 'sources in the last stage',
    all([last], 'RUN').length > 0 && 'something is run in the last stage',
    !/^(?!root|0)\w+$/.test(all([last], 'USER').at(-1) ?? 'root') && 'root',
    ...['HEALTHCHECK', 'STOPSIGNAL', 'CMD'].map((name) => all([last], name).length !== 1 && `not one ${name}`),
  ];
  return mistakes.filter((mistake) => mistake !== false);
}

/** What the container runs: the words of its CMD, which has to be JSON so that no shell stands between us and SIGTERM. */
export const commandOf = (stages: readonly Stage[]): string[] => JSON.parse(all(stages, 'CMD').at(-1)!) as string[];

const all = (stages: readonly Stage[], instruction: string): string[] =>
  stages.flatMap(({ steps }) => steps.filter(([name]) => name === instruction).map(([, rest]) => rest));
