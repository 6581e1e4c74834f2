import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { memoryLog } from '../../../adapters/outbound/memory/memory-log.ts'
import { memoryPostScanSyncs } from '../../../adapters/outbound/memory/post-scan-syncs.ts'
import { memoryTransactions } from '../../../adapters/outbound/memory/transactions.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import { handleBatch, type HandleBatch } from '../../../application/commands/handle-batch.ts'
import { runPostScanSyncs, type SyncPorts } from '../../../application/jobs/run-post-scan-syncs.ts'
import type { Company } from '../../../application/ports/companies.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { clock, imported, minutes } from '../../support/an-observation.ts'
import { aSyncRequest, contactOf, messageFrom } from '../../support/a-synced-agent.ts'
import { rightOf } from '../../support/right-of.ts'

const companyId = 'acme' as CompanyId
const wall = { nowMs: () => Date.now() }
const down: Unavailable = { type: 'Unavailable', cause: new Error('down') }
const LIMITS = { page: 2, leaseMs: 0 }

const contact = (phone: string) => contactOf(companyId, phone)
const message = (phone: string, minute: number) =>
  messageFrom(companyId, phone, { id: `from ${phone}`, seen: imported(minute), timestamp: minutes(-minute) })
const request = aSyncRequest(companyId, minutes(0))

/** A company whose import of `instructions` is over. */
const afterImport = async (instructions: ReadonlyArray<Instruction>, status: Company['status'] = 'active') => {
  const log = memoryLog()
  const handled: Instruction[] = []
  const store = handleBatch(memoryTransactions(log, wall))
  const handle: HandleBatch = (batch) => {
    handled.push(...batch)
    return store(batch)
  }
  const ports: SyncPorts = { handle, syncs: memoryPostScanSyncs(log, wall),
    companies: { all: () => TE.right([{ companyId, status, weight: 1, limits: {} }]), register: () => TE.right([]) } }
  await rightOf(store([...instructions, request]))
  const imports = log.facts.length
  return {
    ports, handled, handle: (batch: ReadonlyArray<Instruction>) => rightOf(store(batch)),
    run: (own: Partial<SyncPorts> = {}) => runPostScanSyncs({ ...ports, ...own }, LIMITS)(),
    toTheEnd: async () => { while ((await rightOf(runPostScanSyncs(ports, LIMITS))).more); },
    facts: () => log.facts.slice(imports).map(({ kind, id, event }) => `${kind} ${id} ${event.type}`),
  }
}

const FOUND = ['onboarding a1/62812 OnboardingLogged', 'contact a1/62812 ContactFirstMessageFound', 'contact a1/62812 ContactApproached']

describe('the post-scan sync', () => {
  it('logs whoever wrote, tells their contact, and says why', async () => {
    const { toTheEnd, facts, handled } = await afterImport([contact('62812'), contact('62813'), message('62812', 9)])
    await toTheEnd()
    expect(facts()).to.deep.equal(FOUND)
    const told = { messageId: 'from 62812', timestamp: minutes(-9) }
    const because = (item: number) => ({ type: 'job', job: 'post_scan_sync', sequence: minutes(0), item })
    expect(handled).to.deep.equal([
      { kind: 'onboarding', companyId, id: 'a1/62812', cause: because(0),
        command: { type: 'LogOnboarding', onboardingId: 'a1/62812', agentId: 'a1', phoneNumber: '62812', message: told } },
      { kind: 'contact', companyId, id: 'a1/62812', cause: because(1),
        command: { type: 'OnboardFromHistory', contactId: 'a1/62812', message: told, clock: clock(imported(9), minutes(-9)) } },
    ])
  })
  it('logs them under their cleaned number', async () => {
    const { toTheEnd, facts } = await afterImport([contact('+62 812'), message('+62 812', 9)])
    await toTheEnd()
    expect(facts()).to.include('onboarding a1/62812 OnboardingLogged').and.include('contact a1/+62 812 ContactApproached')
  })
  it('passes over groups, and over numbers of which nothing is left', async () => {
    const numbers = ['120363041234567890', '()']
    const { toTheEnd, facts } = await afterImport(numbers.flatMap((number) => [contact(number), message(number, 9)]))
    await toTheEnd()
    expect(facts()).to.deep.equal([])
  })
  it('goes page by page to the end, then rests', async () => {
    const numbers = ['62811', '62812', '62813', '62814', '62815']
    const { run, facts } = await afterImport(numbers.flatMap((number) => [contact(number), message(number, 9)]))
    for (const contacts of [2, 2, 1]) expect(await run()).to.deep.equal(E.right({ contacts, more: true }))
    expect(await run()).to.deep.equal(E.right({ contacts: 0, more: false }))
    expect(facts().filter((fact) => fact.includes('OnboardingLogged'))).to.have.length(numbers.length)
  })
  it('repeats a page after a crash before it was written down, and nothing comes of it', async () => {
    const { run, ports, toTheEnd, facts } = await afterImport([contact('62812'), message('62812', 9)])
    await run({ syncs: { ...ports.syncs, advance: () => TE.left(down) } })
    expect(facts()).to.deep.equal(FOUND)
    await toTheEnd()
    expect(facts()).to.deep.equal(FOUND)
  })
  it('stays where it is while the store is away', async () => {
    const { run, toTheEnd, facts } = await afterImport([contact('62812'), message('62812', 9)])
    expect(await run({ handle: () => TE.left(down) })).to.deep.equal(E.left(down))
    await toTheEnd()
    expect(facts()).to.deep.equal(FOUND)
  })
  it('does not run for a suspended company', async () => {
    const { run, facts } = await afterImport([contact('62812'), message('62812', 9)], 'suspended')
    expect(await run()).to.deep.equal(E.right({ contacts: 0, more: false }))
    expect(facts()).to.deep.equal([])
  })
  it('runs again when another import ends, and dates back by what that brought', async () => {
    const { toTheEnd, handle, facts } = await afterImport([contact('62812'), message('62812', 9)])
    await toTheEnd()
    await handle([message('62812', 20), aSyncRequest(companyId, minutes(5))])
    const before = facts().length
    await toTheEnd()
    expect(facts().slice(before)).to.deep.equal(FOUND.with(0, 'onboarding a1/62812 OnboardingDatedBack'))
  })
  it('changes nothing of a customer who is logged by this message or an earlier one', async () => {
    const known = { messageId: 'live', timestamp: minutes(-30) }
    const { toTheEnd, handle, facts } = await afterImport([contactOf(companyId, '62812', 'a1', { origin: 'web' }), message('62812', 9)])
    const { cause } = request
    await handle([
      { kind: 'onboarding', companyId, id: 'a1/62812', cause, command: { type: 'LogOnboarding', onboardingId: 'a1/62812' as never,
        agentId: 'a1', phoneNumber: '62812', message: known } },
      { kind: 'contact', companyId, id: 'a1/62812', cause, command: { type: 'OnboardContact', contactId: 'a1/62812' as never,
        agentId: 'a1', phoneNumber: '62812', message: known, clock: clock(imported(30), minutes(-30)) } }])
    const before = facts().length
    await toTheEnd()
    expect(facts().slice(before)).to.deep.equal([])
  })
})
