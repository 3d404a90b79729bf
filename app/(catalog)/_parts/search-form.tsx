import { Search } from "lucide-react";
import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";

/** Searches names, titles and descriptions of what resolves. */
export function SearchForm({ search }: { search: string }) {
  return (
    <Form action="/" role="search" className="mb-5 flex gap-2">
      <span className="relative grow">
        <Search aria-hidden="true" className="pointer-events-none absolute top-2.5 left-3 size-4 text-faint" />
        <Input
          key={search}
          type="search"
          name="search"
          aria-label="Search the catalogue"
          placeholder="Name, title or description"
          defaultValue={search}
          maxLength={200}
          className="pl-9"
        />
      </span>
      <Button type="submit">Search</Button>
    </Form>
  );
}
