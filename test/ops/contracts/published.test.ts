import { Ajv, type AnySchemaObject } from 'ajv'
import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { committedFiles } from '../../../ops/contracts/committed-files.ts'
import { contractFiles, PUBLISHED } from '../../../ops/contracts/files.ts'

const ASYNCAPI_3 = createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json')

const parsed = (text: string): AnySchemaObject => JSON.parse(text) as AnySchemaObject

/** The specification's schema refers to itself by paths; formats are prose here, not checks. */
const isAsyncApi = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(parsed(readFileSync(ASYNCAPI_3, 'utf8')))

const document = () => parsed(contractFiles().get('asyncapi.json') ?? '')

interface Document {
  readonly channels: Readonly<Record<string, { readonly address: string }>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>>; readonly messages: Readonly<Record<string, Message>> }
}
interface Message { readonly payload: AnySchemaObject; readonly examples?: ReadonlyArray<{ readonly payload: unknown }> }

describe('the published contracts', () => {
  it('are what `npm run generate` makes of the code now, and nothing else', () => {
    const [committed, made] = [committedFiles(PUBLISHED), contractFiles()]
    expect([...committed.keys()]).to.deep.equal([...made.keys()].sort())
    for (const [path, text] of made) expect(committed.get(path), path).to.equal(text)
  })

  it('describe the subjects in a valid AsyncAPI 3 document', () => {
    expect(isAsyncApi(document())).to.equal(true)
    expect(isAsyncApi.errors).to.equal(null)
    const addresses = Object.values((document() as unknown as Document).channels).map(({ address }) => address)
    expect(addresses).to.have.length(11).and.to.include('v1.history.messages.{company_id}').and.to.include('v1.dlq.{company_id}')
  })

  it('would not pass as AsyncAPI with a channel that has no address, or an operation of an unknown kind', () => {
    const { channels, operations } = document() as { channels: Record<string, object>; operations: Record<string, object> }
    expect(isAsyncApi({ ...document(), channels: { ...channels, other: { adress: 'x' } } })).to.equal(false)
    expect(isAsyncApi({ ...document(), operations: { ...operations, other: { action: 'publish' } } })).to.equal(false)
  })

  it('give examples that their own schemas take', () => {
    const { components } = document() as unknown as Document
    const ajv = new Ajv({ allowUnionTypes: true, strict: false }).addSchema({ components }, 'asyncapi')
    for (const [name, { payload, examples = [] }] of Object.entries(components.messages)) {
      const takes = ajv.compile({ $ref: `asyncapi${String(payload['$ref'])}` })
      for (const example of examples) expect(takes(example.payload), name).to.equal(true)
      expect(examples.length, name).to.be.greaterThan(name === 'v1Dlq' ? -1 : 0)
    }
  })
})
