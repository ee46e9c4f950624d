// The access token that carried this request. Only its claims: the token itself never enters a page.
import type { AccessClaims } from '@/lib/core/claims'
import { Fact, FactCard } from '../../_components/fact'
import { Moment } from '../../_components/moment'

type Props = { claims: AccessClaims; now: number }

/** @param seconds @example lifeInWords(298) // '4 min 58 s' */
const lifeInWords = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`
}

export const TokenFacts = ({ claims, now }: Props) => (
  <FactCard id="token" title="Your token">
    <Fact label="Time to live when this page was made" source={`exp ${claims.exp}: then it is refreshed without you`}>
      {lifeInWords(Math.max(0, Math.floor(claims.exp - now / 1000)))}
    </Fact>
    <Fact label="Issued" source={`iat ${claims.iat}`}>
      <Moment at={claims.iat * 1000} now={now} />
    </Fact>
    <Fact label="Last proof of who you are" source={`auth_time ${claims.auth_time}`}>
      <Moment at={claims.auth_time * 1000} now={now} />
    </Fact>
    <Fact label="Session" source="sid: which row this token belongs to; the rest is hidden here">
      <span className="font-mono text-sm">{claims.sid.slice(0, 6)}…</span>
    </Fact>
    <Fact label="Generation" source="gen: one more with each refresh, so a stolen copy shows">
      {claims.gen}
    </Fact>
    <Fact label="Good at" source="aud and iss: no other site takes it">
      <span className="break-all">{claims.aud}</span>
    </Fact>
  </FactCard>
)
