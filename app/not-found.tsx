import { Frame } from "./_parts/frame.tsx";
import { NotFoundNotice } from "./_parts/lost.tsx";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Frame>
      <NotFoundNotice />
    </Frame>
  );
}
