import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { HEAP_FLAGS } from '../../adapters/main/heap-flags.ts'

const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

interface Compose { readonly services: Readonly<Record<string, { readonly environment: { readonly NODE_OPTIONS?: string } }>> }

describe('V8’s limits', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
  const { services } = parse(textOf('ops/docker/compose.yaml'), { merge: true }) as Compose

  for (const role of ['ingest', 'serve'] as const)
    it(`of ${role} are those that it was measured with, by npm and in Compose`, () => {
      expect(scripts[`start:${role}`]).to.contain(`node ${HEAP_FLAGS[role].join(' ')} `)
      expect(services[role]?.environment.NODE_OPTIONS).to.equal(HEAP_FLAGS[role].join(' '))
    })
})
