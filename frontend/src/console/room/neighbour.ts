/** Where a thing is on the page. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const WAYS: Record<string, [across: number, down: number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
/** How much further away a thing seems that lies beside the way. */
const BESIDE = 3;
/** Of things equally far, the one straight ahead. */
const OFF_CENTRE = 0.1;

/** Where an arrow key leads from `here`, as an index into `others`; null when the key is not for walking or nothing lies there. */
export function neighbour(here: Box, others: Box[], key: string): number | null {
  if (key === 'Home') return others.length ? 0 : null;
  if (key === 'End') return others.length ? others.length - 1 : null;
  const way = WAYS[key];
  if (!way) return null;
  const [across, down] = way;
  let nearest: number | null = null;
  let least = Infinity;
  others.forEach((other, index) => {
    const [x, y] = [middle(other, 'x') - middle(here, 'x'), middle(other, 'y') - middle(here, 'y')];
    const ahead = x * across + y * down;
    const beside = across ? gap(here.top, here.bottom, other.top, other.bottom) : gap(here.left, here.right, other.left, other.right);
    const distance = ahead + BESIDE * beside + OFF_CENTRE * Math.abs(across ? y : x);
    // What lies more beside than ahead is on another way.
    if (ahead < 1 || beside > ahead || distance >= least) return;
    nearest = index;
    least = distance;
  });
  return nearest;
}

function middle({ left, right, top, bottom }: Box, axis: 'x' | 'y'): number {
  return axis === 'x' ? (left + right) / 2 : (top + bottom) / 2;
}

/** Between two stretches; 0 where they overlap. */
function gap(from: number, to: number, otherFrom: number, otherTo: number): number {
  return Math.max(0, otherFrom - to, from - otherTo);
}
