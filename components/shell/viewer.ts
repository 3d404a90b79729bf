/** Who looks at the page, as far as the shell needs to know. What they may do is decided in the verbs, not here. */
export type Viewer = {
  name: string;
  email: string;
  /** Addresses of the console's areas that are of use to this person. */
  areas: readonly AreaKey[];
};

export type AreaKey = "reviews" | "namespaces" | "channels" | "tokens" | "people" | "trust" | "audit" | "account";

/** What this installation says about itself. */
export type InstallationView = { registryId: string; host: string; demo: boolean };
