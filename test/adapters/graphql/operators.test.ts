import { expect } from 'chai'
import { toGlobalId } from '../../../adapters/inbound/graphql/global-id.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aFailedEvent } from '../../support/a-failed-event.ts'
import { aToken } from '../../support/a-token.ts'
import { messageUpsert } from '../../support/bad-inputs/valid-events.ts'
import { rightOf } from '../../support/right-of.ts'
import { openApi } from './ask-api.ts'

const acme = 'acme' as CompanyId
const EVENT = '{ failedEventId status reason pointer place attemptCount attempts { by reason } editedBy note }'
const REPLAY = `mutation ($events: FailedEventSelection!, $dryRun: Boolean! = false, $perSecond: Int) {
  replayFailedEvents(events: $events, dryRun: $dryRun, perSecond: $perSecond) { replayJobId dryRun requestedBy status total
    counts { waiting applied unchanged failed skipped aborted }
    items { edges { node { failedEventId status reason changes { kind aggregateId facts fields } failedEvent { status } } } } } }`
const EDIT = 'mutation ($id: ID!, $body: String!) { editFailedEvent(failedEventId: $id, body: $body) { editedBy editedAt editedBody } }'
const DISCARD = 'mutation ($events: FailedEventSelection!, $note: String!) { discardFailedEvents(events: $events, note: $note) }'
const ABORT = 'mutation ($id: ID!) { abortReplayJob(replayJobId: $id) { status counts { aborted } } }'

interface Errors { readonly errors?: ReadonlyArray<{ readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }> }

/** An API with so many failed events of acme; the latest has the highest id. */
const opened = async (events = 3) => {
  const api = openApi()
  const { failedEvents, open } = api.operators
  for (let sequence = 1; sequence <= events; sequence += 1) await rightOf(failedEvents.record([aFailedEvent(acme, { sequence,
    body: new TextEncoder().encode(JSON.stringify(messageUpsert(`g${sequence}`, acme))) })]))
  const ask = async (query: string, variables: object = {}, company = acme) => {
    const authorization = `Bearer ${await aToken({ company, scope: 'ops read:messages', subject: 'rina' })}`
    const answer = await api.ask(query, variables, { authorization })
    expect(api.bugs).to.deep.equal([])
    return answer
  }
  const data = async (query: string, variables: object = {}): Promise<Readonly<Record<string, unknown>>> => {
    const { codes, messages, data: found } = await ask(query, variables)
    expect(codes, messages.join()).to.deep.equal([])
    return found ?? {}
  }
  const audit = async () => (await rightOf(open(acme).auditTrail.page({ from: 'start', size: 9 }))).rows
  /** Refused with this code and reason, and written down. */
  const refused = async (query: string, variables: object) => {
    const { errors: [error] = [] } = JSON.parse((await ask(query, variables)).text) as Errors
    const { code, reason, ...more } = error?.extensions ?? {}
    if (reason !== undefined) expect((await audit())[0]).to.include({ actor: 'api:rina', outcome: reason })
    return { code, reason, ...more }
  }
  return { ...api, ask, data, audit, refused }
}

describe('failed events over GraphQL', () => {
  it('are listed latest first, page by page', async () => {
    const { data } = await opened()
    const page = `query ($after: String) {
      failedEvents(first: 2, after: $after) { edges { node { failedEventId } } pageInfo { hasNextPage endCursor } } }`
    const { failedEvents: first } = await data(page) as { readonly failedEvents: { readonly pageInfo: { readonly endCursor: string } } }
    expect(first).to.deep.include({ edges: [{ node: { failedEventId: '3' } }, { node: { failedEventId: '2' } }] })
    const { failedEvents: next } = await data(page, { after: first.pageInfo.endCursor }) as { readonly failedEvents: object }
    expect(next).to.deep.include({ edges: [{ node: { failedEventId: '1' } }] })
  })
  it('are found by filter, by id, and as nodes; a foreign id is null', async () => {
    const { data, ask } = await opened(1)
    expect(await data(`{ failedEvents(filter: { status: EXHAUSTED, reason: "missing_field" }) { edges { node ${EVENT} } } }`)).to.deep.equal({
      failedEvents: { edges: [{ node: { failedEventId: '1', status: 'EXHAUSTED', reason: 'missing_field', pointer: '/message_id',
        place: '/message_id', attemptCount: 1, attempts: [{ by: 'BROKER', reason: 'missing_field' }], editedBy: null, note: null } }] } })
    expect(await data('{ failedEvents(filter: { status: DEAD }) { edges { node { id } } } }'))
      .to.deep.equal({ failedEvents: { edges: [] } })
    const node = `{ node(id: "${toGlobalId('FailedEvent', '1')}") { id ... on FailedEvent { failedEventId } } failedEvent(failedEventId: "1") { id } }`
    expect(await data(node)).to.deep.include({ failedEvent: { id: toGlobalId('FailedEvent', '1') } })
    expect((await ask(node, {}, 'other' as CompanyId)).data).to.deep.equal({ node: null, failedEvent: null })
    for (const id of ['2', '0', '01', '1e1', 'x', '99999999999999999999'])
      expect(await data(`{ failedEvent(failedEventId: "${id}") { id } }`), id).to.deep.equal({ failedEvent: null })
  })
  it('are grouped by what failed alike', async () => {
    const { data } = await opened()
    expect(await data('{ failedEventGroups { eventType reason place count example { failedEventId } } }')).to.deep.equal({
      failedEventGroups: [{ eventType: 'v1.messages.upsert', reason: 'missing_field', place: '/message_id', count: 3,
        example: { failedEventId: '3' } }] })
  })
  it('refuse bodies that are too large together', async () => {
    const api = await opened(0)
    const body = new Uint8Array(1_000_000).fill(0x20)
    for (let sequence = 1; sequence <= 18; sequence += 1)
      await rightOf(api.operators.failedEvents.record([aFailedEvent(acme, { sequence, body })]))
    const { codes, data } = await api.ask('{ failedEvents(first: 18) { edges { node { failedEventId bodyBase64 } } } }')
    expect(codes).to.deep.equal(['TOO_EXPENSIVE'])
    expect(data).to.deep.equal(null)
    expect((await api.ask('{ failedEvents(first: 17) { edges { node { bodyBase64 } } } }')).codes).to.deep.equal([])
  })
  it('show their body as text and as bytes', async () => {
    const { data } = await opened(1)
    const body = JSON.stringify(messageUpsert('g1', acme))
    expect(await data('{ failedEvent(failedEventId: "1") { body bodyBase64 editedBody } }'))
      .to.deep.equal({ failedEvent: { body, bodyBase64: Buffer.from(body).toString('base64'), editedBody: null } })
  })
})

describe('mutations of operators', () => {
  it('replay events and answer a small job as it ended', async () => {
    const { data, operators, audit } = await opened(2)
    const { replayFailedEvents } = await data(REPLAY, { events: { failedEventIds: ['1', '2'] } })
    expect(replayFailedEvents).to.deep.include({ dryRun: false, requestedBy: 'api:rina', status: 'FINISHED', total: 2,
      counts: { waiting: 0, applied: 2, unchanged: 0, failed: 0, skipped: 0, aborted: 0 } })
    expect(new Set(operators.log.facts.map(({ id }) => id))).to.deep.equal(new Set(['msg-g1', 'msg-g2']))
    expect((await audit())[0]).to.include({ actor: 'api:rina', action: 'replay', outcome: 'done' })
  })
  it('rehearse: what would change, and nothing changed', async () => {
    const { data, operators } = await opened(1)
    const { replayFailedEvents } = await data(REPLAY, { events: { filter: { reason: 'missing_field' } }, dryRun: true })
    interface Job { readonly items: { readonly edges: ReadonlyArray<{ readonly node: object }> } }
    const { items: { edges: [edge] } } = replayFailedEvents as Job
    expect(edge?.node).to.deep.include({ failedEventId: '1', status: 'APPLIED', failedEvent: { status: 'EXHAUSTED' } })
    expect(JSON.stringify(edge)).to.include('MessageRecorded').and.not.include('masih ada')
    expect(operators.log.facts).to.deep.equal([])
  })
  it('edit and discard', async () => {
    const { data } = await opened(2)
    const body = JSON.stringify(messageUpsert('edited', acme))
    expect((await data(EDIT, { id: '1', body }))['editFailedEvent']).to.include({ editedBy: 'api:rina', editedBody: body })
    expect(await data(DISCARD, { events: { failedEventIds: ['2'] }, note: 'sent twice' })).to.deep.equal({ discardFailedEvents: 1 })
    expect(await data(`{ failedEvent(failedEventId: "2") { status note } }`))
      .to.deep.equal({ failedEvent: { status: 'DISCARDED', note: 'sent twice' } })
  })
  it('list jobs, find one as a node, and abort one that runs', async () => {
    const { data, operators, refused } = await opened(2)
    const { jobId } = await rightOf(operators.open(acme)
      .requestReplay({ companyId: acme, actor: 'cli:x', selection: { ids: [1, 2] }, dryRun: false }))
    expect(await data('{ replayJobs { edges { node { replayJobId status } } } }'))
      .to.deep.equal({ replayJobs: { edges: [{ node: { replayJobId: jobId, status: 'RUNNING' } }] } })
    expect(await data(`{ node(id: "${toGlobalId('ReplayJob', jobId)}") { ... on ReplayJob { total } } replayJob(replayJobId: "no") { id } }`))
      .to.deep.equal({ node: { total: 2 }, replayJob: null })
    const items = `query ($id: ID!, $after: String) { replayJob(replayJobId: $id) {
      items(first: 1, after: $after) { edges { cursor node { failedEventId status } } } } }`
    interface Edges { readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: object }> }
    interface Items { readonly replayJob: { readonly items: Edges } }
    const { replayJob: { items: { edges: [first] } } } = await data(items, { id: jobId }) as unknown as Items
    expect(first?.node).to.deep.equal({ failedEventId: '1', status: 'WAITING' })
    const { replayJob: { items: { edges } } } = await data(items, { id: jobId, after: first?.cursor }) as unknown as Items
    expect(edges.map(({ node }) => node)).to.deep.equal([{ failedEventId: '2', status: 'WAITING' }])
    expect(await refused(REPLAY, { events: { failedEventIds: ['2'] } }))
      .to.deep.equal({ code: 'CONFLICT', reason: 'in_another_job', replayJobId: jobId })
    expect(await data(ABORT, { id: jobId })).to.deep.equal({ abortReplayJob: { status: 'ABORTED', counts: { aborted: 2 } } })
    expect(await refused(ABORT, { id: jobId })).to.deep.equal({ code: 'CONFLICT', reason: 'not_running' })
  })
  it('say why they refuse, by code and reason', async () => {
    const { refused, operators } = await opened(1)
    const events = { failedEventIds: ['1'] }
    expect(await refused(REPLAY, { events: { failedEventIds: ['1', '77'] } })).to.deep.equal({ code: 'NOT_FOUND', reason: 'not_found' })
    expect(await refused(REPLAY, { events: {} })).to.deep.equal({ code: 'BAD_USER_INPUT', reason: 'empty_filter' })
    expect(await refused(REPLAY, { events: { filter: { reason: null } } })).to.include({ reason: 'empty_filter' })
    expect(await refused(REPLAY, { events, perSecond: 0 })).to.deep.equal({ code: 'BAD_USER_INPUT', reason: 'invalid_rate' })
    expect(await refused(REPLAY, { events: { ...events, filter: { reason: 'x' } } })).to.include({ code: 'BAD_USER_INPUT' })
    expect(await refused(EDIT, { id: '1', body: 'not json' }))
      .to.deep.equal({ code: 'BAD_USER_INPUT', reason: 'invalid_body', pointer: '' })
    expect(await refused(EDIT, { id: '1', body: JSON.stringify(messageUpsert('x', acme, { flow: 'UP' })) }))
      .to.deep.equal({ code: 'BAD_USER_INPUT', reason: 'invalid_body', pointer: '/flow' })
    expect(await refused(DISCARD, { events, note: ' ' })).to.deep.equal({ code: 'BAD_USER_INPUT', reason: 'note_required' })
    expect(await refused(DISCARD, { events, note: 'a\0b' })).to.deep.equal({ code: 'BAD_USER_INPUT', reason: undefined })
    await operators.company(acme, 'suspended')
    expect(await refused(REPLAY, { events })).to.deep.equal({ code: 'CONFLICT', reason: 'company_not_active' })
  })
  it('reach no event of another company', async () => {
    const { ask } = await opened(1)
    const other = 'other' as CompanyId
    expect((await ask(REPLAY, { events: { failedEventIds: ['1'] } }, other)).codes).to.deep.equal(['NOT_FOUND'])
    expect((await ask(EDIT, { id: '1', body: '{}' }, other)).codes).to.deep.equal(['NOT_FOUND'])
    expect((await ask(DISCARD, { events: { filter: { reason: 'missing_field' } }, note: 'x' }, other)).codes).to.deep.equal(['NOT_FOUND'])
  })
})
