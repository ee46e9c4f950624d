// The machine that the figures are of, without its name and without a path.
import { cpus, release, totalmem, type } from 'node:os'

export type Machine = { cpu: string; cores: number; memory: string; system: string; node: string; pinned: boolean }

export const describeMachine = (pinned: boolean): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
  system: `${type()} ${release().split('.').slice(0, 2).join('.')} ${process.arch}`,
  node: process.version,
  pinned,
})

export const machineInWords = ({ cpu, cores, memory, system, node, pinned }: Machine): string =>
  `${cpu}, ${cores} cores, ${memory}, ${system}, Node ${node}${pinned ? ', server and client on a core each' : ''}`
