import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** For each rule a file that breaks it, and what that file says. */
export const PLANTS: Readonly<Record<string, { readonly file: string; readonly says: string }>> = {
  'domain-imports-only-domain': { file: 'domain/impure.ts', says: 'import { Either } from "io-ts"\nexport type X = typeof Either' },
  'application-imports-only-domain': {
    file: 'application/technical.ts',
    says: 'import { word } from "../schemas/word.ts"\nexport const x = word',
  },
  'schemas-import-only-schemas': {
    file: 'schemas/knowing.ts',
    says: 'import type { Thing } from "../domain/thing.ts"\nexport type X = Thing',
  },
  'node-only-at-the-edge': { file: 'domain/reading.ts', says: 'import { readFileSync } from "node:fs"\nexport const x = readFileSync' },
  'inbound-imports-no-other-adapter': {
    file: 'adapters/inbound/nats/short-cut.ts', says: 'import { row } from "../../outbound/postgres/row.ts"\nexport const x = row',
  },
  'cli-imports-only-main': {
    file: 'adapters/inbound/cli/daisi.ts',
    says: 'import { row } from "../../outbound/postgres/row.ts"\nexport const x = row',
  },
  'outbound-imports-no-other-adapter': {
    file: 'adapters/outbound/nats/back.ts', says: 'import { subject } from "../../inbound/nats/subject.ts"\nexport const x = subject',
  },
  'outbound-implements-ports': {
    file: 'adapters/outbound/nats/deciding.ts', says: 'import { run } from "../../../application/run.ts"\nexport const x = run',
  },
  'migrations-run-from-postgres': {
    file: 'adapters/inbound/http/migrating.ts',
    says: 'import { up } from "../../../migrations/up.ts"\nexport const x = up',
  },
  'inversify-only-in-main': {
    file: 'adapters/inbound/http/locating.ts',
    says: 'import { Container } from "inversify"\nexport const x = Container',
  },
  'sql-only-in-postgres': { file: 'adapters/outbound/nats/querying.ts', says: 'import { sql } from "kysely"\nexport const x = sql' },
  'no-development-packages': { file: 'adapters/main/testing.ts', says: 'import { expect } from "chai"\nexport const x = expect' },
  'no-tests-in-the-product': {
    file: 'adapters/main/leaning.ts',
    says: 'import { given } from "../../test/given.ts"\nexport const x = given',
  },
  'oracle-knows-nothing-of-the-product': {
    file: 'test/faults/oracle/borrowing.ts',
    says: 'import type { Thing } from "../../../domain/thing.ts"\nexport type X = Thing',
  },
  'no-cycles': { file: 'domain/hen.ts', says: 'import { egg } from "./egg.ts"\nexport const hen = (): unknown => egg' },
  'no-missing-modules': { file: 'domain/lost.ts', says: 'import { gone } from "./gone.ts"\nexport const x = gone' },
  'no-orphans': { file: 'domain/alone.ts', says: 'export const alone = 1' },
  'reachable-from-the-entry': {
    file: 'adapters/outbound/postgres/unused.ts',
    says: 'import { row } from "./row.ts"\nexport const x = row',
  },
}

/** What the plants import. */
const GROUND: Readonly<Record<string, string>> = {
  'domain/thing.ts': 'export type Thing = 1',
  'domain/egg.ts': 'import { hen } from "./hen.ts"\nexport const egg = (): unknown => hen',
  'application/run.ts': 'export const run = 1',
  'schemas/word.ts': 'export const word = 1',
  'adapters/inbound/nats/subject.ts': 'export const subject = 1',
  'adapters/outbound/postgres/row.ts': 'export const row = 1',
  'migrations/up.ts': 'export const up = 1',
  'test/given.ts': 'export const given = 1',
  'ops/tool.ts': 'export const tool = 1',
}

/** Writes into `folder` a small tree that breaks every rule. */
export const plant = (folder: string): void => {
  const files = { ...GROUND, ...Object.fromEntries(Object.values(PLANTS).map(({ file, says }) => [file, says])) }
  for (const [file, says] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${says}\n`)
  }
  for (const file of ['package.json', 'tsconfig.json']) copyFileSync(join(ROOT, file), join(folder, file))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
}
