interface Options {
  readonly force?: boolean;
  readonly strict?: boolean;
}

/** Builds what changed; false when it cannot be built. */
export function buildServer(options?: Options): Promise<boolean>;
export function buildWeb(options?: Options): Promise<boolean>;
