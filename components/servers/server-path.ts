/** Address of a server's page; a segment of a name cannot hold a slash. */
export function serverPath(name: string, version?: string): string {
  const path = `/servers/${name.split("/").map(encodeURIComponent).join("/")}`;
  return version === undefined ? path : `${path}?version=${encodeURIComponent(version)}`;
}
