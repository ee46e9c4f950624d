// The example verifiers as they are on disk: what is shown is what the tests run.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

type Example = { id: string; title: string; file: string; needs: string; run: string }

export const examples: readonly Example[] = [
  {
    id: 'node',
    title: 'Node with jose',
    file: 'node/verify-jose.mjs',
    needs: 'jose',
    run: 'node examples/node/verify-jose.mjs',
  },
  {
    id: 'webcrypto',
    title: 'Node without packages',
    file: 'node/verify-webcrypto.mjs',
    needs: 'nothing',
    run: 'node examples/node/verify-webcrypto.mjs',
  },
  {
    id: 'python',
    title: 'Python',
    file: 'python/verify.py',
    needs: 'PyJWT, cryptography',
    run: 'python3 examples/python/verify.py',
  },
  { id: 'go', title: 'Go', file: 'go/verify.go', needs: 'the standard library', run: 'go run examples/go/verify.go' },
  { id: 'java', title: 'Java', file: 'java/Verify.java', needs: 'the JDK', run: 'java examples/java/Verify.java' },
  {
    id: 'curl',
    title: 'curl and openssl',
    file: 'openssl/verify.sh',
    needs: 'bash, curl, openssl, jq',
    run: 'examples/openssl/verify.sh',
  },
]

/** The text of an example; `null` where the folder was not deployed. */
export const readExample = async ({ file }: Example): Promise<string | null> => {
  try {
    return await readFile(join(process.cwd(), 'examples', file), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
