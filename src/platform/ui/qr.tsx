/** A QR code as one compact SVG path, readable in print and in the dark. */
import { encode } from "uqr";

/** The path of all dark modules, runs of a row joined: a few kilobytes less than a rectangle for each. */
export function qrPath(data: readonly (readonly boolean[])[]): string {
  let path = "";
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x - from + 1}`;
    }
  });
  return path;
}

/** `text` should be a short upper- or mixed-case address; `label` says in words where the code leads. */
export const Qr = (props: { text: string; label: string }) => {
  const { data, size } = encode(props.text, { ecc: "M", border: 2 });
  return (
    <svg class="qr" viewBox={`0 -0.5 ${size} ${size}`} role="img" aria-label={props.label} shape-rendering="crispEdges">
      <rect y="-0.5" width={size} height={size} fill="#fff" />
      <path d={qrPath(data)} stroke="#000" />
    </svg>
  );
};
