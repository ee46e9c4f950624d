// The tables are made as the server starts.
export const register = async () => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { migrate } = await import('./auth')
  await migrate()
}
