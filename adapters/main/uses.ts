/**
 * What settings with secrets and addresses are for. A program reads those of its own uses and no others: what it has no use for it is
 * neither asked for nor does it look at, so no process need be given another's secrets.
 */
export const USES = ['nats', 'database', 'migration', 'readModels', 'wakeUps', 'api'] as const
export type Use = typeof USES[number]

/** By role of the service (`start <role>`) or name of the command. */
export const usesOf = {
  ingest: ['nats', 'database', 'wakeUps'],
  project: ['database', 'readModels', 'wakeUps'],
  serve: ['database', 'readModels', 'api'],
  migrate: ['database', 'migration'],
  provision: ['nats'],
  trim: ['nats', 'database'],
  operate: ['database'],
  rebuild: ['database', 'migration', 'readModels'],
  doctor: ['nats', 'database', 'migration', 'readModels'],
  load: ['nats', 'database', 'readModels'],
  token: ['api'],
} as const satisfies Readonly<Record<string, ReadonlyArray<Use>>>
