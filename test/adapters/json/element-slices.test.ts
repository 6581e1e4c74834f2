import { expect } from 'chai'
import fc from 'fast-check'
import { elementSlices } from '../../../adapters/inbound/nats/json/element-slices.ts'
import { encode } from '../../support/bad-inputs/row.ts'

const texts = (body: string, key = 'items'): ReadonlyArray<string> =>
  elementSlices(encode(body), key).map((slice) => Buffer.from(slice).toString())

describe('elementSlices', () => {
  it('gives each element with its bytes as they came', () => {
    expect(texts('{ "x": [9], "items" : [ {"n": 1.0, "t":"a,]\\"}"} ,2,\n"\u00e9" , [ 1, [] ] ] , "y": {"items":[7]}}'))
      .to.deep.equal(['{"n": 1.0, "t":"a,]\\"}"}', '2', '"\u00e9"', '[ 1, [] ]'])
  })

  it('takes the last of duplicate lists, as the parser does', () => expect(texts('{"items":[1],"items":[2]}')).to.deep.equal(['2']))
  it('knows a key that is written with escapes', () => expect(texts('{"\\u0069tems":[1]}')).to.deep.equal(['1']))
  it('finds nothing in an empty list', () => expect(texts('{"items":[ ]}')).to.deep.equal([]))
  it('finds nothing without the key', () => expect(texts('{"item":[1]}')).to.deep.equal([]))
  it('finds nothing in what is no list', () => expect(texts('{"items":{"a":[1]}}')).to.deep.equal([]))

  it('cuts where JSON.parse sees the elements, whatever they are', () => {
    const spaced = fc.tuple(fc.array(fc.json()), fc.constantFrom('', ' ', '\n '))
    fc.assert(fc.property(spaced, ([items, space]) => {
      const body = `{"a":"items",${space}"items"${space}:${space}[${items.map((item) => `${space}${item}${space}`).join(',')}]}`
      expect(texts(body)).to.deep.equal(items)
    }))
  })
})
