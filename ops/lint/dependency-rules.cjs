/**
 * Who may import whom (style guide 1). test/architecture/boundaries.test.ts runs these rules over the tree, and over a
 * planted tree that breaks each of them.
 */
const PACKAGE = (name) => `(^|node_modules/)${name}(/|$)`
const SOURCE = '^(domain|application|adapters|schemas|migrations)/'
const ENTRY = '^adapters/inbound/cli/daisi\\.ts$'

const layers = [
  {
    name: 'domain-imports-only-domain',
    comment: 'the domain is pure: itself and fp-ts Either, nothing else',
    from: { path: '^domain/' },
    to: { pathNot: ['^domain/', '(^|node_modules/)fp-ts/lib/Either(\\.|$)'] },
  },
  {
    name: 'application-imports-only-domain',
    comment: 'use cases know no technology',
    from: { path: '^application/' },
    to: { pathNot: ['^(application|domain)/', PACKAGE('fp-ts')] },
  },
  {
    name: 'schemas-import-only-schemas',
    comment: 'the words on the wire are free of our own words',
    from: { path: '^schemas/' },
    to: { pathNot: ['^schemas/', PACKAGE('io-ts'), PACKAGE('fp-ts')] },
  },
  {
    name: 'node-only-at-the-edge',
    comment: 'node:* belongs to adapters, migrations, tests and ops',
    from: { path: '^(domain|application|schemas)/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'inbound-imports-no-other-adapter',
    comment: 'inbound and outbound meet in adapters/main only',
    from: { path: '^adapters/inbound/', pathNot: '^adapters/inbound/cli/' },
    to: { path: '^(adapters/(?!inbound/)|migrations/)' },
  },
  {
    name: 'cli-imports-only-main',
    comment: 'the command line is the front of the composition root: it may ask adapters/main, and nothing behind it',
    from: { path: '^adapters/inbound/cli/' },
    to: { path: '^(adapters/outbound/|migrations/)' },
  },
  {
    name: 'outbound-imports-no-other-adapter',
    comment: 'inbound and outbound meet in adapters/main only',
    from: { path: '^adapters/outbound/' },
    to: { path: '^adapters/(?!outbound/)' },
  },
  {
    name: 'outbound-implements-ports',
    comment: 'an outbound adapter runs code of application/ports only; the types that ports speak of are free',
    from: { path: '^adapters/outbound/' },
    to: { path: '^application/(?!ports/)', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'migrations-run-from-postgres',
    comment: 'the one who applies them, and each other, may import migrations',
    from: { pathNot: '^(migrations|test|adapters/outbound/postgres|adapters/main)/' },
    to: { path: '^migrations/' },
  },
]

const technology = [
  {
    name: 'inversify-only-in-main',
    comment: 'a container is never passed on (ADR 0003)',
    from: { pathNot: '^adapters/main/' },
    to: { path: PACKAGE('inversify') },
  },
  {
    name: 'sql-only-in-postgres',
    comment: 'one folder speaks SQL; main opens it, migrations shape it, tests look inside',
    from: { pathNot: '^(adapters/outbound/postgres|adapters/main|migrations|test)/' },
    to: { path: [PACKAGE('@mikro-orm/[^/]+'), PACKAGE('kysely'), PACKAGE('pg')] },
  },
  {
    name: 'no-development-packages',
    comment: 'what runs in production is installed in production',
    from: { path: SOURCE },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
  },
]

const shape = [
  {
    name: 'no-tests-in-the-product',
    comment: 'tests and tools look at the product, never the other way round',
    from: { path: SOURCE },
    to: { path: '^(test|ops)/' },
  },
  {
    name: 'oracle-knows-nothing-of-the-product',
    comment: 'what judges the product folds by rules of its own: a mistake in common would never be found (reliability 3.2)',
    from: { path: '^test/faults/oracle/' },
    to: { path: '^(domain|application|adapters|schemas|migrations|ops|test/(?!faults/oracle/))' },
  },
  { name: 'no-cycles', comment: 'a cycle is one module in two files', from: {}, to: { circular: true } },
  { name: 'no-missing-modules', comment: 'what is imported exists', from: {}, to: { couldNotResolve: true } },
  {
    name: 'no-orphans',
    comment: 'a file that nobody imports and that imports nothing is dead, unless a tool loads it',
    from: { orphan: true, path: [SOURCE, '^test/support/'], pathNot: '\\.d\\.ts$' },
    to: {},
  },
  {
    name: 'reachable-from-the-entry',
    comment: 'code that only tests reach is dead; the memory adapters are for tests',
    from: { path: ENTRY },
    to: { path: SOURCE, pathNot: '^adapters/outbound/memory/', reachable: false },
  },
]

module.exports = {
  forbidden: [...layers, ...technology, ...shape].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
