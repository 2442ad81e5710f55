/** The upper left corner of a thing on the plan. */
export interface Corner {
  x: number;
  y: number;
}

/**
 * Where an arrow key leads among things laid out in rows, as an index; null when the key is not for walking or there is nothing on
 * that side. Up and down keep to the nearest thing of the next row.
 */
export function neighbour(corners: Corner[], from: number, key: string): number | null {
  const here = corners[from];
  if (!here) return null;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step) return corners[from + step] ? from + step : null;
  if (key === 'Home') return 0;
  if (key === 'End') return corners.length - 1;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  const away = ({ y }: Corner) => (key === 'ArrowDown' ? y - here.y : here.y - y);
  const distance = (corner: Corner) => [away(corner), Math.abs(corner.x - here.x)] as const;
  const beyond = corners.map((corner, index) => ({ index, distance: distance(corner) })).filter(({ distance: [rows] }) => rows > 0);
  beyond.sort(({ distance: one }, { distance: other }) => one[0] - other[0] || one[1] - other[1]);
  return beyond[0]?.index ?? null;
}
