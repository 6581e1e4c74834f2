import { CompiledQuery } from 'kysely'
import type { Database } from '../../adapters/outbound/postgres/in-role.ts'
import type { SentStatement } from './sent-statements.ts'

/** A node of `explain (format json)`, as far as tests look. */
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Conflict Arbiter Indexes'?: ReadonlyArray<string>
  readonly Plans?: ReadonlyArray<PlanNode>
}

export interface QueryPlan {
  /** How each table is read: the index, or the node's type where it is none. */
  readonly reads: ReadonlyArray<readonly [table: string, through: string]>
  /** Indexes by which upserts find what is there. */
  readonly arbiters: ReadonlyArray<string>
  readonly nodeTypes: ReadonlyArray<string>
}

const nodesOf = (node: PlanNode): ReadonlyArray<PlanNode> => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** The index that a bitmap heap scan reads by is on the node below. */
const indexOf = (node: PlanNode): string | undefined => nodesOf(node).find((inner) => inner['Index Name'] !== undefined)?.['Index Name']

const readOf = (node: PlanNode): ReadonlyArray<readonly [string, string]> => {
  const table = node['Relation Name']
  return table === undefined || node['Node Type'] === 'ModifyTable' ? [] : [[table, indexOf(node) ?? node['Node Type']]]
}

/** How PostgreSQL would run the statement with its values, under the role that `tx` has. Nothing is run. */
export const planOf = async (tx: Database, { text, values }: SentStatement): Promise<QueryPlan> => {
  const { rows: [row] } = await tx.executeQuery<{ readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
    CompiledQuery.raw(`explain (format json) ${text}`, [...values]))
  if (row === undefined) throw new Error('no plan')
  const nodes = nodesOf(row['QUERY PLAN'][0].Plan)
  return { reads: nodes.flatMap(readOf), arbiters: nodes.flatMap((node) => node['Conflict Arbiter Indexes'] ?? []),
    nodeTypes: nodes.map((node) => node['Node Type']) }
}
