import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');
const COMPUTED = '(what is computed)';

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
/** What reaches outside or differs from one call to the next. `Date` and `Math` have a rule of their own. */
const IMPURE = new Set(
  'crypto fetch global globalThis process performance console require eval setTimeout setInterval setImmediate'.split(
    ' ',
  ),
);
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
const isTest = (file: string): boolean => /\.spec\.tsx?$|\/(contract|contract-kit|([a-z]+-)?harness)\.ts$/.test(file);
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const lib = (file: string): string => file.split('/')[1] ?? '';

function* nodesOf(file: string): Generator<ts.Node> {
  const left: ts.Node[] = [ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest, true)];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    yield node;
    node.forEachChild((child) => void left.push(child));
  }
}

/** Each way to name another module: `import` and `export … from`, `import()` as value and as type, `require`. */
function importOf(node: ts.Node): Omit<Import, 'from'> | undefined {
  if (ts.isImportDeclaration(node))
    return named(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier && named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isExternalModuleReference(node)) return named(node.expression, false);
  if (ts.isImportTypeNode(node)) return named(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node, true);
  const isCall = ts.isCallExpression(node) && /^(import|require)$/.test(node.expression.getText());
  return isCall ? named(node.arguments[0] ?? node, false) : undefined;
}

const named = (module: ts.Node, typeOnly: boolean): Omit<Import, 'from'> => ({
  to: ts.isStringLiteralLike(module) ? module.text : COMPUTED,
  typeOnly,
});
const importsOf = (file: string): Import[] =>
  [...nodesOf(file)].flatMap((node) => importOf(node) ?? []).map((one) => ({ from: file, ...one }));

/** The file of ours that is imported, from the root: `#event-store/sqlite` is `libs/event-store/sqlite/index.ts`. Packages: null. */
function target({ from, to }: Import): string | null {
  if (to.startsWith('#')) return `libs/${to.slice(1)}/index.ts`;
  return to.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(from), to)) : null;
}

function importedLib(one: Import): string | null {
  const file = target(one);
  return file === null ? null : lib(file);
}

/** `libs/read-store/sqlite/store.ts` is of the adapter `sqlite`. */
const adapterOf = (file: string): string | undefined =>
  /^libs\/[^/]+\/(memory|sqlite|eventstoredb|mongodb)(\/|\.ts$)/.exec(file)?.[1];

/** Names that are used as values and that nothing pure knows. */
const impurities = (file: string): string[] =>
  [...nodesOf(file)]
    .filter(ts.isIdentifier)
    .filter(isImpure)
    .map(({ text: name, parent }) => `${file}: ${name} in ${parent.getText()}`);

function isImpure(name: ts.Identifier): boolean {
  const { parent, text: word } = name;
  const isNameOfMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === name) ||
    ((ts.isPropertyAssignment(parent) || ts.isTypeElement(parent) || ts.isClassElement(parent)) &&
      parent.name === name);
  if (isNameOfMember || ts.isTypeReferenceNode(parent)) return false;
  const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : undefined;
  if (word === 'Math') return member === undefined || member === 'random';
  if (word === 'Date')
    return member !== 'parse' && !(ts.isNewExpression(parent) && (parent.arguments?.length ?? 0) > 0);
  return IMPURE.has(word);
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
          const other = importedLib(one);
          const own = lib(one.from);
          return other !== null && other !== own && !MAY_IMPORT[own]?.includes(other);
        }),
      ),
    ).toEqual([]));

  it('reach another lib by its name, never by a path', () =>
    expect(told(imports.filter((one) => one.to.startsWith('.') && importedLib(one) !== lib(one.from)))).toEqual([]));

  it('say what they import', () => expect(told(imports.filter(({ to }) => to === COMPUTED))).toEqual([]));

  it('know no adapter of a store but the port: apps and tests choose one', () =>
    expect(
      told(
        imports.filter((one) => {
          const file = target(one);
          const adapter = file === null ? undefined : adapterOf(file);
          if (adapter === undefined || lib(one.from) === 'testkit') return false;
          // The subjects' store is one module: its index offers both.
          return adapter !== adapterOf(one.from) && one.from !== 'libs/privacy/index.ts';
        }),
      ),
    ).toEqual([]));

  it('stand on a kernel that needs nothing but Node', () =>
    expect(told(imports.filter((one) => lib(one.from) === 'kernel' && isPackage(one) && !isBuiltin(one)))).toEqual([]));

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

  it('knows no clock, no chance and no world', () =>
    expect(code.filter((file) => PURE.includes(lib(file))).flatMap(impurities)).toEqual([]));

  it('of another aggregate a decider imports the state alone, or types', () => {
    const deciders = imports.filter(
      ({ from }) => /^libs\/domain\/[^/]+\/[a-z-]+\.ts$/.test(from) && !/(events|state|index)\.ts$/.test(from),
    );
    const wrong = deciders.filter((one) => {
      const [, folder, aggregate, file] = target(one)?.split('/') ?? [];
      if (folder !== 'domain' || aggregate === one.from.split('/')[2]) return false;
      // At the root lies what all share; its barrels would let everything in.
      if (file === undefined) return /^(index|all)\.ts$/.test(aggregate ?? '');
      return file !== 'state.ts' && !(one.typeOnly && /^(policy|events)\.ts$/.test(file));
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
