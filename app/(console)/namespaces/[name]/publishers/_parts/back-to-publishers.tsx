import Link from "next/link";
import { Button } from "#components/ui/button.tsx";

export function BackToPublishers({ namespace }: { namespace: string }) {
  return (
    <div className="mt-5">
      <Button asChild>
        <Link href={`/namespaces/${encodeURIComponent(namespace)}/publishers`}>Back to publishers</Link>
      </Button>
    </div>
  );
}
