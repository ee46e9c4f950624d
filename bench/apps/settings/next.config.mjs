/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  agentRules: false,
  reactStrictMode: true,
  // The project's own lockfile lies above this one.
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ['better-sqlite3'],
  // Its types are those of the packages; the bench measures what runs.
  typescript: { ignoreBuildErrors: true },
  experimental: { agentUpgrade: false },
}
