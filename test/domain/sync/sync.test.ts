import type { SyncCommand, SyncEvent, SyncId } from '../../../domain/sync/sync.ts'
import { sync } from '../../../domain/sync/decide.ts'
import { minutes } from '../../support/an-observation.ts'
import { given } from '../../support/given.ts'

const agentId = 'a1' as SyncId
const request = (minute: number): SyncCommand => ({ type: 'RequestSync', agentId, dueAt: minutes(minute) })
const requested = (minute: number): SyncEvent => ({ type: 'SyncRequested', agentId, dueAt: minutes(minute) })

describe('contact sync of an agent', () => {
  it('is requested by the last batch of an import', () => { given(sync, []).when(request(15)).then([requested(15)]) })
  it('waits for a later import', () => { given(sync, [requested(15)]).when(request(20)).then([requested(20)]) })
  it('is not requested again by a redelivery or by an import that ended earlier', () => {
    given(sync, [requested(15)]).when(request(15)).then([])
    given(sync, [requested(15)]).when(request(10)).then([])
  })
})
