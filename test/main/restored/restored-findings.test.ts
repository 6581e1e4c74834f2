import { expect } from 'chai'
import {
  judgeDurables, judgeOrigin, judgePolicies, judgePositions, judgeProjections, judgeRetention, judgeSequences, judgeWriters,
} from '../../../adapters/main/restored/restored-findings.ts'

const aStream = { stream: 's', lastSequence: 9, isWhole: true, firstAtMs: 1_000, durables: [], beyond: [] }

describe('what is said after a restore', () => {
  it('is well where nothing is to be done', () => {
    for (const { state } of [judgeWriters([]), judgeOrigin({ epoch: 3, foreign: false, strays: 0 }, true), judgeSequences([], true),
      judgeProjections([]), judgePolicies([], true), judgeDurables([aStream], true), judgePositions([aStream], true),
      judgeRetention([aStream], undefined)])
      expect(state).to.equal('ok')
  })
  it('is bad while it is only looked at, and well when it was put right', () => {
    const foreign = { epoch: 1, foreign: true, strays: 0 }
    const [ahead, beyond] = [{ ...aStream, durables: ['daisi_ingest_acme'] }, { ...aStream, beyond: ['acme'] }]
    for (const [repairs, state] of [[false, 'bad'], [true, 'ok']] as const)
      for (const finding of [judgeOrigin(foreign, repairs), judgeSequences(['t'], repairs), judgePolicies(['p'], repairs),
        judgeDurables([ahead], repairs), judgePositions([beyond], repairs)])
        expect(finding.state, finding.says).to.equal(state)
  })
  it('asks for a rebuild where rows cannot be trusted', () => {
    expect(judgeProjections(['contact_card'])).to.deep.include({ state: 'bad' })
    const early = judgeOrigin({ epoch: 1, foreign: true, strays: 2 }, true)
    expect(early.state).to.equal('warn')
    for (const { todo } of [early, judgeProjections(['contact_card'])]) expect(todo).to.contain('daisi rebuild --all')
  })
  it('does not put right what still runs', () => {
    expect(judgeWriters(['daisi-ingest'])).to.deep.include({ state: 'bad' })
  })
  it('tells of events that the stream has thrown away since the backup', () => {
    const trimmed = { ...aStream, isWhole: false }
    expect(judgeRetention([trimmed], 2_000).state).to.equal('ok')
    expect(judgeRetention([trimmed], 500).state).to.equal('bad')
  })
})
