// Who the session belongs to.
import type { AccessClaims } from '@/lib/core/claims'
import { Fact, FactCard } from '../../_components/fact'

type Props = { user: { name: string; email: string; demo: boolean }; claims: Pick<AccessClaims, 'sub' | 'roles'> }

export const UserFacts = ({ user, claims }: Props) => (
  <FactCard id="who" title="You">
    <Fact label="Name" source="users.name; the token holds nothing personal">
      {user.name}
    </Fact>
    <Fact label="Address" source="users.email">
      <span className="break-all">{user.demo ? 'None: this is a demo session' : user.email}</span>
    </Fact>
    <Fact label="Account" source="sub: whose token this is">
      <span className="font-mono text-sm break-all">{claims.sub}</span>
    </Fact>
    <Fact label="May act as" source="roles">
      {claims.roles.join(', ') || 'no role'}
    </Fact>
  </FactCard>
)
