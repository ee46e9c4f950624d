// One side of a duel: something to do again and again, in a process of its own.
export type Side = {
  once: () => unknown
  /** How many are under way at once; one where nothing is said. */
  lines?: number
  close?: () => Promise<void>
}

/** What a worker is told to open: a module's export, which gets the folder and the database it may use. */
export type Place = { folder: string; postgres?: string }
export type OpenSide = (place: Place) => Promise<Side>

export type Done = { count: number; seconds: number /** CPU of all its threads. */; cpuSeconds: number }
