import { nkeys } from '@nats-io/transport-node'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { readFileSync } from 'node:fs'
import { readSettings, type Environment, type Settings } from '../../adapters/main/settings.ts'
import { settingsTable } from '../../adapters/main/settings-table.ts'
import type { Setting } from '../../adapters/main/setting.ts'
import { USES, usesOf } from '../../adapters/main/uses.ts'
import { withSettings } from '../../ops/readme/settings-section.ts'

const SECRET = 'a-secret-of-thirty-two-bytes-or-more'
const PRODUCTION: Environment = { NODE_ENV: 'production', NATS_URL: 'tls://n', DATABASE_URL: 'postgres://p?sslmode=verify-full',
  JWT_JWKS_URL: 'https://keys', CURSOR_SECRET: SECRET }

const problems = (env: Environment): ReadonlyArray<string> => {
  const settings = readSettings(env)
  return E.isLeft(settings) ? settings.left : []
}

describe('settings', () => {
  it('have sensible defaults: nothing needs to be set in development', () => {
    const settings = readSettings({})
    expect(E.isRight(settings) && settings.right).to.include({ httpPort: 8_080, adminPort: 9_464, batchMaxItems: 1_000,
      batchesInFlight: 2, authMode: 'jwt', production: false })
  })

  it('are all named at once when they are wrong, and none is quoted', () => {
    const found = problems({ HTTP_PORT: '1O0', BATCH_MAX_ITEMS: '-1', LOG_LEVEL: 'inof', COMPANY_IDS: 'ok,not ok', JWT_KEY: 'changeme' })
    expect(found).to.have.length(4)
    expect(found.join('\n')).to.match(/HTTP_PORT.*\n.*COMPANY_IDS.*\n.*LOG_LEVEL.*\n.*BATCH_MAX_ITEMS/).and.not.match(/1O0|inof|not ok|changeme/)
  })

  it('refuse a misspelt setting of ours and name the nearest', () => {
    expect(problems({ DAISI_DATADIR: 'x' })).to.deep.equal(['DAISI_DATADIR is not a setting; did you mean DAISI_DATA_DIR?'])
  })

  it('refuse a short secret', () => {
    expect(problems({ JWT_KEY: 'changeme' })).to.deep.equal(['JWT_KEY must have at least 32 bytes'])
  })

  it('know NATS by one login only, whole and well formed, and do not quote it', () => {
    const seed = new TextDecoder().decode(nkeys.createUser().getSeed())
    for (const right of [{ NATS_NKEY_SEED: seed }, { NATS_USER: 'u', NATS_PASSWORD: 'p' }, { NATS_CREDS_FILE: import.meta.filename }])
      expect(problems(right)).to.deep.equal([])
    const found = [{ NATS_NKEY_SEED: 'hidden' }, { NATS_USER: 'hidden' }, { NATS_PASSWORD: 'hidden' },
      { NATS_NKEY_SEED: seed, NATS_CREDS_FILE: import.meta.filename }].map(problems)
    expect(found.map(({ length }) => length)).to.deep.equal([1, 1, 1, 1])
    expect(found.flat().join('\n')).not.to.contain('hidden').and.not.contain(seed)
  })

  it('embed nothing in production', () => {
    expect(problems({ NODE_ENV: 'production' }).join('\n')).to.match(/NATS_URL/).and.match(/DATABASE_URL/)
    expect(problems(PRODUCTION)).to.deep.equal([])
  })

  it('refuse in production what is for development', () => {
    expect(problems({ ...PRODUCTION, AUTH_MODE: 'header' })).to.have.length(1)
    expect(problems({ ...PRODUCTION, JWT_KEY: SECRET })).to.have.length(1)
  })

  const { NATS_URL, DATABASE_URL, JWT_JWKS_URL, CURSOR_SECRET } = PRODUCTION
  const NEEDED: Readonly<Record<'ingest' | 'project' | 'serve' | 'migrate' | 'provision', Environment>> = {
    ingest: { NATS_URL, DATABASE_URL }, project: { DATABASE_URL }, serve: { DATABASE_URL, JWT_JWKS_URL, CURSOR_SECRET },
    migrate: { DATABASE_URL }, provision: { NATS_URL },
  }
  for (const [role, needed] of Object.entries(NEEDED))
    it(`ask ${role} in production for its own and for no others`, () => {
      const uses = usesOf[role as keyof typeof NEEDED]
      const missing = (env: Environment) => E.match((lines: ReadonlyArray<string>) => lines.map((line) => line.split(' ')[0]), () => [])(
        readSettings({ NODE_ENV: 'production', ...env }, uses))
      expect(missing(needed)).to.deep.equal([])
      for (const name of Object.keys(needed)) expect(missing({ ...needed, [name]: undefined })).to.deep.equal([name])
    })

  it('do not look at what a role has no use for, nor at its file', () => {
    const env = { ...PRODUCTION, JWT_KEY: 'changeme', CURSOR_SECRET: undefined, CURSOR_SECRET_FILE: '/nowhere/at/all', NATS_PASSWORD: 'p' }
    const settings = readSettings(env, usesOf.project)
    if (E.isLeft(settings)) throw new Error(settings.left.join('\n'))
    const { natsUrl, natsPassword, jwtKey, cursorSecret, jwtJwksUrl, databaseUrl } = settings.right
    expect([natsUrl, natsPassword, jwtKey, cursorSecret, jwtJwksUrl, databaseUrl])
      .to.deep.equal([undefined, undefined, undefined, undefined, undefined, DATABASE_URL])
  })

  it('know the use of every secret', () => {
    const secrets = Object.values<Setting<unknown>>(settingsTable).filter(({ secret }) => secret)
    expect(secrets.filter(({ use }) => use === undefined)).to.deep.equal([])
    expect(new Set(secrets.map(({ use }) => use))).to.deep.equal(new Set(USES))
  })

  it('let production speak plainly only where it is said', () => {
    const plain = { ...PRODUCTION, NATS_URL: 'nats://n', DATABASE_URL: 'postgres://p' }
    expect(problems(plain)).to.have.length(2)
    expect(problems({ ...plain, DAISI_ALLOW_PLAINTEXT: 'true' })).to.deep.equal([])
    expect(problems({ ...plain, DATABASE_URL: 'postgres://p?sslmode=disable', NATS_TLS_CA_FILE: import.meta.filename })).to.have.length(1)
    expect(problems({ NATS_URL: 'nats://n', DATABASE_URL: 'postgres://p' })).to.deep.equal([])
  })

  it('take long lists of companies, and companies that differ in case only for two (bad inputs C15)', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `company-${i}`)
    const companiesOf = (list: string) => E.map(({ companyIds }: Settings) => companyIds)(readSettings({ COMPANY_IDS: list }))
    expect(companiesOf(many.join(','))).to.deep.equal(E.right(many))
    expect(companiesOf('acme, ACME,')).to.deep.equal(E.right(['acme', 'ACME']))
    expect(companiesOf('')).to.deep.equal(E.right([]))
  })

  it('are in the README as they are in the code', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    expect(withSettings(readme)).to.equal(readme)
  })
})
