import type * as Oidc from 'openid-client';
import type { Words } from '../../../domain/words.ts';

/** Somebody as an outside provider knows them. What it says about rights is never taken over. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/**
 * A way to sign in that is not a password here: an OpenID Connect provider now, WeCom or a province's portal the same
 * way. What `begin` keeps is encrypted into a cookie and handed back to `finish`.
 */
export interface IdentityProvider {
  readonly id: string;
  readonly words: Words;
  begin(returnUrl: string): Promise<{ url: string; keep: Readonly<Record<string, string>> }>;
  finish(cameBack: URL, keep: Readonly<Record<string, string>>): Promise<Identity>;
}

export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly label: string | null;
  readonly scopes: string;
}

const timeoutSeconds = 10;

/** Code flow with PKCE, state and nonce. The provider is looked up when somebody first needs it, not at the start. */
export function oidcProvider(settings: OidcProvider): IdentityProvider {
  let found: Promise<Oidc.Configuration> | undefined;

  async function discover(client: typeof Oidc): Promise<Oidc.Configuration> {
    const issuer = new URL(settings.issuer);
    const authentication = settings.clientSecret ? client.ClientSecretPost(settings.clientSecret) : client.None();
    return client.discovery(issuer, settings.clientId, undefined, authentication, {
      timeout: timeoutSeconds,
      // Settings allow plain http for a provider on this machine only.
      ...(issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
    });
  }

  async function ready(): Promise<{ client: typeof Oidc; configuration: Oidc.Configuration }> {
    const client = await import('openid-client');
    found ??= discover(client);
    try {
      return { client, configuration: await found };
    } catch (error) {
      // It may be there the next time.
      found = undefined;
      throw error;
    }
  }

  return {
    id: 'oidc',
    words: {
      zh: settings.label ?? '统一身份认证',
      en: settings.label ?? 'Single sign-on',
    },
    begin: async (returnUrl) => {
      const { client, configuration } = await ready();
      const keep = {
        verifier: client.randomPKCECodeVerifier(),
        state: client.randomState(),
        nonce: client.randomNonce(),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: returnUrl,
        scope: settings.scopes,
        code_challenge: await client.calculatePKCECodeChallenge(keep.verifier),
        code_challenge_method: 'S256',
        state: keep.state,
        nonce: keep.nonce,
      });
      return { url: url.href, keep };
    },
    finish: async (cameBack, keep) => {
      const { client, configuration } = await ready();
      const tokens = await client.authorizationCodeGrant(configuration, cameBack, {
        pkceCodeVerifier: keep['verifier'] ?? '',
        expectedState: keep['state'] ?? '',
        expectedNonce: keep['nonce'] ?? '',
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('The provider sent no identity.');
      return { issuer: claims.iss, subject: claims.sub };
    },
  };
}
