import type { Role } from './roles.ts'

/**
 * V8's limits of each process, as Node's own flags; npm's scripts say the same. Ingest throws away what it makes within a batch: with
 * V8's own choice, meant for a machine's whole memory, it grew to 400 MB at saturation; so it stays near 300 (ADR 0019).
 * What fifty requests hold at a time is more than V8's own young generation takes in, and would be copied to the old one (ADR 0022).
 */
export const HEAP_FLAGS: Readonly<Record<Role, ReadonlyArray<string>>> = {
  ingest: ['--max-semi-space-size=16', '--max-old-space-size=384'], project: [], serve: ['--max-semi-space-size=64'],
}
