import * as t from 'io-ts'
import { Refusal, wireCodec, type WireCodec } from './scalars.ts'

const WRONG_TYPE = new Refusal('wrong_type')

/** The items of a history, undecoded: each is decoded alone, so that a bad one fails alone (contract 4.8, D17). */
export const ItemList: WireCodec<ReadonlyArray<unknown>> = wireCodec<ReadonlyArray<unknown>>('ItemList', t.UnknownArray.is, (value) =>
  Array.isArray(value) ? value : WRONG_TYPE)
