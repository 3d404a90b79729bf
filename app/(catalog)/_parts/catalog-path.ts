/** Address of one page of the catalogue list. */
export function catalogPath(search: string, cursor: string | null): string {
  const query = new URLSearchParams();
  if (search) query.set("search", search);
  if (cursor) query.set("cursor", cursor);
  return query.size > 0 ? `/?${query}` : "/";
}
