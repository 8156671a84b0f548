/** The organisation as SVG, one drawing for each top, hidden from screen readers: the page says the same as a nested list beside it. */
import { type ChartNode, type Drawing, inColumns, layOut } from "./rules.ts";

const FILL = { note: "var(--soft)", title: "var(--ink)", line: "var(--ink)" } as const;
const FACE = { note: "var(--sans)", title: "var(--song)", line: "var(--sans)" } as const;

const One = ({ boxes, links, width, height }: Drawing) => (
  // As wide as there is room for and never taller than drawn, so that a tablet does not blow it up; paper gets it at 1 : 1.
  <svg
    viewBox={`-1 -1 ${width + 2} ${height + 2}`}
    width="100%"
    height={height + 2}
    preserveAspectRatio="xMinYMin meet"
    aria-hidden="true"
    focusable="false"
  >
    {links.map((path) => (
      <path d={path} fill="none" stroke="var(--edge)" stroke-width="1.5" />
    ))}
    {boxes.map((box) => (
      <>
        <rect
          x={box.x}
          y={box.y}
          width={box.width}
          height={box.height}
          rx="3"
          fill="var(--sheet)"
          stroke="var(--edge)"
        />
        {box.node.isMarked ? <rect x={box.x} y={box.y} width="5" height={box.height} fill="var(--pine)" /> : null}
        {box.texts.map(({ text, x, y, size, kind }) => (
          <text
            x={x}
            y={y}
            font-size={size}
            font-family={FACE[kind]}
            font-weight={kind === "title" ? "700" : "400"}
            fill={FILL[kind]}
          >
            {text}
          </text>
        ))}
      </>
    ))}
  </svg>
);

/** All drawings, two side by side on a wide screen and on A4, below one another on a phone. */
export const Chart = (props: { nodes: readonly ChartNode[] }) => (
  <div class="turnouts">
    {inColumns(layOut(props.nodes), 2).map((column) => (
      <div>
        {column.map((drawing) => (
          <div class="turnout">
            <One {...drawing} />
          </div>
        ))}
      </div>
    ))}
  </div>
);
