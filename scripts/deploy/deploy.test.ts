import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileSettings } from "#lib/config/secret-files.ts";
import { settings } from "#lib/config/settings.ts";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { readYaml } from "./read-yaml.ts";

// The container files, as far as they can be held to account without an engine to run them.

type Service = Record<string, unknown> & { environment?: Record<string, string>; secrets?: string[] };
type Compose = {
  services: Record<string, Service>;
  networks: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
};

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const compose = readYaml(read("deploy/compose.yaml")) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === "countersign:local");
const dockerfile = read("deploy/Dockerfile").replaceAll("\\\n", " ").split("\n");
const instructions = dockerfile.filter((line) => /^[A-Z]+ /.test(line));
const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")));

describe("the YAML we read", () => {
  it("has the parts we write it with", () => {
    const text = `# c\na: &x\n  b: [1, "2#no", c d]\n  e: { f: g, h: { i: "j, k" } }\nl:\n  <<: *x\n  e: m # c\n  n:\n    - o: p\n    - q`;
    expect(readYaml(text)).toEqual({
      a: { b: ["1", "2#no", "c d"], e: { f: "g", h: { i: "j, k" } } },
      l: { b: ["1", "2#no", "c d"], e: "m", n: ["o: p", "q"] },
    });
  });

  it.each(["a: 'b'", "a: |\n  b", "a: *none", "a\n", "a: [b", "a: 1\na: 2", "a: [b] c", "? a", 'a: "b # c"'])(
    "refuses %j",
    (text) => {
      expect(() => readYaml(text)).toThrow();
    },
  );
});

describe("compose.yaml", () => {
  it("has Postgres, one web process, two resolvers, a worker and a proxy", () => {
    expect(services.map(([name]) => name)).toEqual(["postgres", "web", "resolver-1", "resolver-2", "worker", "proxy"]);
    expect(ours.map(([, { command }]) => (command as string[])[0])).toEqual([
      ...["--role=web", "--role=resolver", "--role=resolver", "--role=worker"],
    ]);
  });

  it.each(services)("%s can do no more than it must", (name, service) => {
    expect(service).toMatchObject({
      read_only: "true",
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      restart: "unless-stopped",
      deploy: {
        resources: { limits: { cpus: expect.any(String), memory: expect.any(String), pids: expect.any(String) } },
      },
    });
    expect(service.cap_add ?? []).toEqual(name === "proxy" ? ["NET_BIND_SERVICE"] : []);
    expect(service.privileged).toBeUndefined();
    expect(JSON.stringify(service)).not.toMatch(/docker\.sock|network_mode|"pid"|"ipc"/);
  });

  it("publishes the proxy's ports alone, and keeps the database on a network without a way out", () => {
    expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(["proxy"]);
    expect(compose.networks.database).toEqual({ internal: "true" });
    expect(compose.services.postgres?.networks).toEqual(["database"]);
    expect(JSON.stringify(compose.services.proxy?.networks)).not.toContain("database");
  });

  it("knows the health of everything", () => {
    expect(lastStage.join("\n")).toMatch(/^HEALTHCHECK .*CMD \["node", "deploy\/healthcheck\.mjs"\]$/m);
    const others = services.filter(([name]) => !ours.some(([own]) => own === name));
    for (const [, service] of others) expect(service.healthcheck).toMatchObject({ test: expect.any(Array) });
  });

  it("asks for Postgres where nothing answers before the roles are made", () => {
    expect(compose.services.postgres?.healthcheck).toMatchObject({
      test: expect.arrayContaining(["pg_isready", "--host=127.0.0.1"]),
    });
  });

  it("gives the proxy the address of everybody, by IPv6 too", () => {
    expect(compose.networks.outside).toEqual({
      enable_ipv6: "true",
      ipam: { config: [{ subnet: expect.stringMatching(/^fd[0-9a-f:]+::\/64$/) }] },
    });
  });

  it.each(ours)("%s is given settings that exist, and no secret among them", (_name, { environment = {} }) => {
    const known = [...Object.keys(settings), ...fileSettings.map((name) => `${name}_FILE`)];
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(environment)).not.toContain("DATABASE_URL");
    expect(JSON.stringify(environment)).not.toMatch(/:\/\/[^"]*@/);
  });

  it("gives each role the database address of that role, in a file it was handed", () => {
    const addresses = ours.map(([name, { environment = {}, secrets = [] }]) => {
      const files = Object.entries(environment).filter(([key]) => key.endsWith("URL_FILE"));
      const named = files.map(([, file]) => file.replace("/run/secrets/", ""));
      expect([name, named]).toEqual([name, secrets]);
      return [name, named];
    });
    expect(Object.fromEntries(addresses)).toEqual({
      web: ["database_app_url", "database_owner_url"],
      "resolver-1": ["database_reader_url"],
      "resolver-2": ["database_reader_url"],
      worker: ["database_app_url"],
    });
  });

  it("gives resolvers the public keys to read and nothing of web's", () => {
    for (const name of ["resolver-1", "resolver-2"]) {
      expect(compose.services[name]?.volumes).toEqual([`${name}:/data`, "public-keys:/public-keys:ro"]);
    }
  });

  it("trusts the address the proxy has, and waits longer than a process drains", () => {
    const { inside } = (compose.services.proxy?.networks ?? {}) as Record<string, { ipv4_address: string }>;
    for (const [, { environment = {}, stop_grace_period }] of ours) {
      expect(environment.TRUSTED_PROXIES).toBe(inside?.ipv4_address);
      expect(Number.parseInt(String(stop_grace_period), 10)).toBeGreaterThan(Number(environment.DRAIN_SECONDS) + 10);
    }
  });
});

describe("the proxy", () => {
  it("sends what resolvers answer to resolvers, probes to nobody, the rest to web, and logs no address", () => {
    const text = read("deploy/Caddyfile");
    const reads = /@reads path (.*)/.exec(text)?.[1]?.split(" ");
    expect(reads).toEqual([
      ...["/v0.1", "/v0.1/*", "/v0", "/v0/*", "/c/*"],
      ...["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/*"],
    ]);
    expect(text).toMatch(/handle @reads \{\s+reverse_proxy resolver-1:3000 resolver-2:3000 \{/);
    expect(text).toMatch(/@probes path \/livez \/readyz\s+handle @probes \{\s+respond 404/);
    // Of the process itself; one of a site would be an access log.
    expect(text.match(/^\s*log\b.*/gm)).toEqual(["\tlog default {"]);
    expect(text).toMatch(
      /log default \{\s+format filter \{\s+wrap json\s+fields \{\s+request>uri delete\s+request>headers delete\s+\}/,
    );
    expect(text.match(/header_up X-Request-Id \{http\.request\.uuid\}/g)).toHaveLength(2);
  });

  it("answers itself as the registry would: other names, and when nobody is there", () => {
    const text = read("deploy/Caddyfile");
    expect(text).toMatch(/^:443 \{\s+respond 421\s+\}/m);
    const [, statuses, block] = /handle_errors ([\d ]+) \{([^`]+`[^`]+` 503)/.exec(text) ?? [];
    expect(statuses).toBe("502 503 504");
    expect(block).toContain("Content-Type application/problem+json");
    const problem = /`(.+)`/.exec(block ?? "")?.[1]?.replace("{$PUBLIC_URL}", "https://r.example");
    const { code, status, title } = JSON.parse(problem ?? "");
    expect({ status, title }).toEqual(PROBLEMS[code as ProblemCode]);
  });
});

describe("the image", () => {
  it("is built by the engine alone, without a builder fetched by a name that may change", () => {
    expect(dockerfile.filter((line) => /^#\s*syntax\s*=/.test(line))).toEqual([]);
  });

  it("is the Node we run on, from the exact packages of the lockfile, without their install scripts", () => {
    const major = /ARG NODE_IMAGE=node:(\d+)\./.exec(dockerfile.join("\n"))?.[1];
    expect(major).toBe("24");
    const npm = instructions.filter((line) => line.includes("npm "));
    expect(npm.map((line) => /npm (\w+)/.exec(line)?.[1])).toEqual(["ci", "prune"]);
    for (const line of npm) expect(line).toContain("--ignore-scripts");
  });

  it("runs as nobody in particular, under no package manager, and is told to stop in a way it hears", () => {
    const last = (name: string) => lastStage.findLast((line) => line.startsWith(`${name} `));
    expect(last("USER")).toBe("USER 10001:10001");
    expect(last("ENTRYPOINT")).toBe('ENTRYPOINT ["node", "--expose-gc", "--max-semi-space-size=4", "server.ts"]');
    expect(last("STOPSIGNAL")).toBe("STOPSIGNAL SIGTERM");
    expect(lastStage.findIndex((line) => line.startsWith("COPY --chown"))).toBe(-1);
  });

  it("is made of files that exist, or that an earlier stage makes", () => {
    const made = ["/app/node_modules", "/app/lib", "/app/.next", "/app/build-commit"];
    const copied = instructions
      .filter((line) => line.startsWith("COPY "))
      .flatMap((line) => line.split(" ").slice(1, -1))
      .filter((source) => !source.startsWith("--"));
    const missing = copied.filter((source) => !made.includes(source) && !existsSync(path.join(root, source)));
    expect(missing).toEqual([]);
    expect(copied.length).toBeGreaterThan(20);
  });

  it("gets nothing into its build but what is listed", () => {
    const [first, ...rest] = read("deploy/Dockerfile.dockerignore")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"));
    expect(first).toBe("*");
    const sources = rest.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    expect(sources.filter((source) => !existsSync(path.join(root, source)))).toEqual([]);
    expect(rest.filter((line) => !line.startsWith("!"))).toContain("**/*.test.ts");
    expect(sources.join()).not.toMatch(/\.git|\.env|secrets|\.countersign/);
  });

  it("keeps in volumes what compose.yaml gives a name to, for every process", () => {
    const kept = lastStage.filter((line) => line.startsWith("VOLUME "));
    expect(kept).toEqual(['VOLUME ["/data"]']);
    for (const [name, { volumes }] of ours) expect(volumes).toContainEqual(`${name}:/data`);
  });

  it("sets only settings that exist", () => {
    const names = lastStage
      .filter((line) => line.startsWith("ENV "))
      .flatMap((line) => line.match(/[A-Z_]+(?==)/g) ?? []);
    const others = ["NODE_ENV", "NEXT_TELEMETRY_DISABLED", "TMPDIR", "MALLOC_ARENA_MAX"];
    expect(names.filter((name) => !others.includes(name) && !(name in settings))).toEqual([]);
  });
});

describe("the commands docs/operate.md gives", () => {
  const text = read("docs/operate.md");
  const commands = text.match(/docker compose [^`\n]+/g) ?? [];

  it("name the compose file, services it has, and what it must be told", () => {
    expect(commands.length).toBeGreaterThan(8);
    const wrong = commands.filter((command) => !command.startsWith("docker compose -f deploy/compose.yaml "));
    expect(wrong).toEqual([]);
    const named = commands.flatMap(
      (command) => / (?:exec|run)(?: --entrypoint \S+| -\S+)* (\S+)/.exec(command)?.[1] ?? [],
    );
    expect(named.filter((name) => !(name in compose.services))).toEqual([]);
    const told = /printf '(.+)' > deploy\/\.env/
      .exec(text)?.[1]
      ?.split("\\n")
      .map((line) => line.split("=")[0]);
    const needed = [...read("deploy/compose.yaml").matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    expect(new Set(told?.filter(Boolean))).toEqual(new Set(needed));
  });

  it("run another program of the image in place of the server, not as its arguments", () => {
    const runs = commands.filter((command) => command.includes(" run "));
    expect(runs.length).toBeGreaterThan(2);
    expect(runs.filter((command) => !/ --entrypoint (node|tar|sh) /.test(command))).toEqual([]);
  });
});

describe("make-secrets.sh", () => {
  let dir: string;
  const make = () => execFileSync("sh", [path.join(root, "deploy/make-secrets.sh"), path.join(dir, "secrets")]);
  const secret = (name: string) => readFileSync(path.join(dir, "secrets", name), "utf8").trim();

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), "cs-secrets-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it("makes every secret compose.yaml hands out, in a folder closed to others, and never again", () => {
    make();
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(file).toBe(`./secrets/${name}`);
      expect(secret(name)).toMatch(/^(postgresql:\/\/countersign_\w+:)?[0-9a-f]{48}/);
    }
    expect(statSync(path.join(dir, "secrets")).mode & 0o777).toBe(0o700);
    const before = secret("database_app_url");
    expect(before).toContain(secret("database_app_password"));
    make();
    expect(secret("database_app_url")).toBe(before);
  });

  it("makes addresses for passwords that were given", () => {
    make();
    writeFileSync(path.join(dir, "secrets/database_app_password"), "given\n");
    rmSync(path.join(dir, "secrets/database_app_url"));
    make();
    expect(secret("database_app_url")).toBe("postgresql://countersign_app:given@postgres:5432/countersign");
  });
});
