import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

/** What each lib may import of the others (`architecture.md`): one direction, no way back. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  domain: ['kernel'],
  projections: ['kernel', 'domain'],
  processes: ['kernel', 'domain'],
  'event-store': ['kernel'],
  'read-store': ['kernel'],
  privacy: ['kernel'],
  engine: ['kernel', 'event-store', 'read-store', 'privacy'],
  queries: ['kernel', 'domain', 'projections', 'read-store'],
  http: ['kernel', 'domain', 'engine', 'queries', 'event-store', 'read-store'],
  testkit: ['kernel', 'event-store', 'read-store', 'engine', 'domain', 'projections'],
};
/** No Node, no clock, no chance, and of packages only what constrains commands. */
const PURE = ['domain', 'projections', 'processes', 'queries'];
const NEST = ['http'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file));
const isTest = (file: string): boolean => /\.spec\.ts$|contract(-kit)?\.ts$|harness\.ts$/.test(file);
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const lib = (file: string): string => file.split('/')[1] ?? '';

const importsOf = (file: string): Import[] =>
  ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const named = statement.moduleSpecifier;
    const typeOnly = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    return named !== undefined && ts.isStringLiteral(named) ? [{ from: file, to: named.text, typeOnly }] : [];
  });

/** `#kernel` and `#event-store/sqlite` → the lib's name; relative paths → the lib they lie in; packages → null. */
function importedLib({ from, to }: Import): string | null {
  if (to.startsWith('#')) return to.slice(1).split('/')[0] ?? null;
  if (to.startsWith('.')) return lib(relative(ROOT, resolve(ROOT, dirname(from), to)));
  return null;
}

const code = sources('libs').filter((file) => !isTest(file));
const imports = code.flatMap(importsOf);
const isPackage = ({ to }: Import): boolean => !to.startsWith('.') && !to.startsWith('#');
const isBuiltin = ({ to }: Import): boolean => to.startsWith('node:') || builtinModules.includes(to);
const told = (wrong: readonly Import[]): string[] => wrong.map(({ from, to }) => `${from} imports ${to}`);

describe('the libs', () => {
  it('are those that the directions speak of', () =>
    expect(readdirSync(join(ROOT, 'libs')).sort()).toEqual(Object.keys(MAY_IMPORT).sort()));

  it('import in one direction only', () =>
    expect(
      told(
        imports.filter((one) => {
          const target = importedLib(one);
          const own = lib(one.from);
          return target !== null && target !== own && !MAY_IMPORT[own]?.includes(target);
        }),
      ),
    ).toEqual([]));

  it('reach another lib by its name, never by a path', () =>
    expect(told(imports.filter((one) => one.to.startsWith('.') && importedLib(one) !== lib(one.from)))).toEqual([]));

  it('never import apps or tests', () =>
    expect(told(imports.filter(({ to }) => /\bapps\/|\btest\//.test(to)))).toEqual([]));

  it('know Nest only at the edge', () =>
    expect(told(imports.filter(({ from, to }) => to.startsWith('@nestjs/') && !NEST.includes(lib(from))))).toEqual([]));
});

describe('what is pure', () => {
  const pure = imports.filter(({ from }) => PURE.includes(lib(from)));

  it('imports nothing of Node', () => expect(told(pure.filter(isBuiltin))).toEqual([]));

  it('imports no package but those that constrain commands and parameters', () =>
    expect(
      told(
        pure.filter(
          (one) =>
            isPackage(one) &&
            !(/(^|\/)(commands|params)\.ts$/.test(one.from) && /^class-(validator|transformer)$/.test(one.to)),
        ),
      ),
    ).toEqual([]));

  it('knows no clock and no chance', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\b|\bsetTimeout\b|\bprocess\.[a-z]|\bawait fetch\b/;
    const wrong = code.filter((file) => PURE.includes(lib(file)) && impure.test(text(file)));
    expect(wrong).toEqual([]);
  });

  it('of another aggregate a decider imports the state alone', () => {
    const deciders = imports.filter(
      ({ from }) => /^libs\/domain\/[^/]+\/[a-z-]+\.ts$/.test(from) && !/(events|state|index)\.ts$/.test(from),
    );
    const wrong = deciders.filter((one) => {
      const target = relative(ROOT, resolve(ROOT, dirname(one.from), one.to));
      const [, , aggregate, file] = target.split('/');
      return (
        !one.typeOnly &&
        one.to.startsWith('..') &&
        file !== undefined &&
        aggregate !== one.from.split('/')[2] &&
        !['state.ts', 'policy.ts', 'authority.ts'].includes(file)
      );
    });
    expect(told(wrong)).toEqual([]);
  });
});

describe('module names', () => {
  it('are the same in package.json and in tsconfig.json', () => {
    const { imports: named } = JSON.parse(text('package.json')) as { imports: Record<string, { source: string }> };
    const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')).config as {
      compilerOptions: { paths: Record<string, string[]> };
    };
    const fromPackage = Object.fromEntries(Object.entries(named).map(([name, { source }]) => [name, [source]]));
    expect(config.compilerOptions.paths).toEqual(fromPackage);
  });
});
