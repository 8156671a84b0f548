/** Where each body stands in the drawing of the organisation: an indented tree that fits a phone's width. Pure geometry in units of the drawing; no colours. */

/** A body as it is to be drawn. */
export interface ChartNode {
  readonly id: string;
  /** Null, or not among the nodes: it stands at the top of a drawing of its own. */
  readonly parentId: string | null;
  /** What is written small above the name, such as its level; may be empty. */
  readonly note: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Nodes of one group under one parent may be folded into one. */
  readonly group: string;
  /** Drawn with the mark of those the owners chose. */
  readonly isMarked?: boolean | undefined;
}

export interface ChartText {
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly size: number;
  readonly kind: "note" | "title" | "line";
}

export interface ChartBox {
  readonly node: ChartNode;
  readonly depth: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly ChartText[];
}

export interface Drawing {
  readonly boxes: readonly ChartBox[];
  /** SVG paths from a box to those below it. */
  readonly links: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** The drawing's width: on the narrowest screen (360 px, less the page's gutters) a unit is a little more than a pixel. */
export const CHART_WIDTH = 300;
const INDENT = 18;
/** However deep the tree, so much of the width is left for words. */
const LEAST_BOX = 180;
const PADDING = 10;
const GAP = 12;
const SIZE = { note: 12, title: 16, line: 14 } as const;
const LEADING = { note: 17, title: 23, line: 21 } as const;

/** More alike under one parent than this are drawn as so many and a number: thirty building groups would be a wall. */
export const MOST_ALIKE = 12;

const NARROW = /[ -~\u00a0-\u00ff]/;
const MARKS_AFTER = /[，。、；：！？）》」』】%,.;:!?)\]]/;

/** An upper bound of how wide a character is drawn, in ems: the width of a Chinese one, less for Latin. */
const emOf = (character: string): number => {
  if (!NARROW.test(character)) return 1;
  if (character === " ") return 0.34;
  return /[A-Z@%&mwMW]/.test(character) ? 0.95 : 0.64;
};
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, character) => sum + emOf(character) * size, 0);

/**
 * Breaks text into lines no wider than `width`: between any two Chinese characters, between Latin words, and inside a word that is wider
 * than a line. A closing mark stays with what it closes.
 */
export function wrap(text: string, size: number, width: number): string[] {
  const words = text.trim().match(/[!-~\u00a1-\u00ff]+|\s+|[\s\S]/gu) ?? [];
  // What a mark closes may not be parted from it, so the mark travels with it as one piece.
  const pieces: string[] = [];
  for (const word of words) {
    const last = pieces.at(-1);
    if (last !== undefined && word.length === 1 && MARKS_AFTER.test(word) && last.trim() !== "")
      pieces[pieces.length - 1] = last + word;
    else pieces.push(/^\s+$/.test(word) ? " " : word);
  }
  const lines: string[] = [];
  let line = "";
  const put = (piece: string): void => {
    if (widthOf((line + piece).trim(), size) <= width) {
      line += piece;
      return;
    }
    if (line.trim() !== "") lines.push(line.trim());
    line = "";
    if (widthOf(piece.trim(), size) <= width) {
      line = piece.trim();
      return;
    }
    for (const character of piece) {
      if (line !== "" && widthOf(line + character, size) > width) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  };
  for (const piece of pieces) put(piece);
  if (line.trim() !== "") lines.push(line.trim());
  return lines;
}

/** Children without children of their own that are alike, beyond the first twelve, as one node that says how many. */
export function foldAlike(
  nodes: readonly ChartNode[],
  sayMore: (more: number, sample: ChartNode) => string,
  most: number = MOST_ALIKE,
): ChartNode[] {
  const parents = new Set(nodes.map(({ parentId }) => parentId));
  const alike = new Map<string, ChartNode[]>();
  for (const node of nodes) {
    if (node.parentId === null || parents.has(node.id)) continue;
    const key = `${node.parentId}|${node.group}`;
    alike.set(key, [...(alike.get(key) ?? []), node]);
  }
  const gone = new Set<string>();
  const folded = new Map<string, ChartNode>();
  for (const [key, all] of alike) {
    const rest = all.slice(most - 1);
    if (all.length <= most || !rest[0]) continue;
    for (const { id } of rest) gone.add(id);
    folded.set(rest[0].id, {
      ...rest[0],
      id: `more:${key}`,
      note: "",
      title: sayMore(rest.length, rest[0]),
      lines: [],
      isMarked: false,
    });
  }
  return nodes.flatMap((node) => folded.get(node.id) ?? (gone.has(node.id) ? [] : [node]));
}

function boxAt(node: ChartNode, depth: number, x: number, y: number): ChartBox {
  const width = CHART_WIDTH - x;
  const room = width - 2 * PADDING;
  const parts = [
    ...(node.note === "" ? [] : [["note", node.note] as const]),
    ["title", node.title] as const,
    ...node.lines.map((line) => ["line", line] as const),
  ];
  let below = y + PADDING;
  const texts = parts.flatMap(([kind, text]) =>
    wrap(text, SIZE[kind], room).map((line): ChartText => {
      below += LEADING[kind];
      // The baseline lies above the bottom of its line by what letters hang down.
      return { text: line, x: x + PADDING, y: below - 6, size: SIZE[kind], kind };
    }),
  );
  return { node, depth, x, y, width, height: below - y + PADDING - 2, texts };
}

/** Drawings in so many columns of about the same height, each drawing whole and in the order given; the next goes where there is most room. */
export function inColumns(drawings: readonly Drawing[], columns: number): Drawing[][] {
  const heights = Array.from({ length: columns }, () => 0);
  const found: Drawing[][] = heights.map(() => []);
  for (const drawing of drawings) {
    const at = heights.indexOf(Math.min(...heights));
    found[at]!.push(drawing);
    heights[at]! += drawing.height + GAP;
  }
  return found;
}

/**
 * One drawing for each top, bodies below one another, each a step to the right of what it stands under. The nodes must be a forest
 * (rules.ts treeOf makes one): a node in a circle would have no top to be reached from and is drawn as a top itself.
 */
export function layOut(nodes: readonly ChartNode[]): Drawing[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const placed = new Set<string>();
  const drawings: Drawing[] = [];
  const childrenOf = (id: string): ChartNode[] => nodes.filter(({ parentId }) => parentId === id);
  const deepest = (id: string, seen: ReadonlySet<string>): number =>
    Math.max(
      0,
      ...childrenOf(id)
        .filter((child) => !seen.has(child.id))
        .map((child) => 1 + deepest(child.id, new Set([...seen, child.id]))),
    );
  const draw = (root: ChartNode): void => {
    const depths = Math.max(1, deepest(root.id, new Set([root.id])));
    const indent = Math.min(INDENT, Math.floor((CHART_WIDTH - LEAST_BOX) / depths));
    const boxes: ChartBox[] = [];
    const links: string[] = [];
    let y = 0;
    const place = (node: ChartNode, depth: number, parent: ChartBox | null): void => {
      placed.add(node.id);
      const box = boxAt(node, depth, depth * indent, y);
      boxes.push(box);
      y = box.y + box.height + GAP;
      if (parent) {
        // From the parent's lower edge down, then across to the middle of this box's first line.
        const trunk = parent.x + indent / 2;
        links.push(`M${trunk} ${parent.y + parent.height}V${box.y + 20}H${box.x}`);
      }
      for (const child of childrenOf(node.id)) if (!placed.has(child.id)) place(child, depth + 1, box);
    };
    place(root, 0, null);
    drawings.push({ boxes, links, width: CHART_WIDTH, height: y - GAP });
  };
  for (const node of nodes) if (node.parentId === null || !ids.has(node.parentId)) draw(node);
  for (const node of nodes) if (!placed.has(node.id)) draw(node);
  return drawings;
}
