// https://next-auth.js.org/configuration/nextjs#middleware
export { default as middleware } from 'next-auth/middleware'

export const config = { matcher: ['/dashboard'] }
