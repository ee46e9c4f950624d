// Whose page this is: the user that it was rendered for. What it sends is theirs and nobody else's.
let user: string | null = null

export const setPageUser = (id: string): void => {
  user = id
}

/** Whether somebody is that user; nobody is known to be another before the keeper has started. */
export const isPageUser = (id: string): boolean => user === null || user === id
