/**
 * The stars of the two schemes as the sources name them. They stand in for a scheme as long as no standard of it is
 * published; a published standard says which stars there are.
 */
export const starsByScheme: Readonly<Record<'rural' | 'urban', readonly string[]>> = {
  rural: ['branch', 'industry', 'ecology', 'safety', 'civility'],
  urban: ['branch', 'sharing', 'safety', 'harmony', 'business'],
};

export const namedStars: readonly string[] = [...new Set([...starsByScheme.rural, ...starsByScheme.urban])];
