/** Names of any length and script in boxes of one size: only the browser knows how wide they are. */

const STEP = 0.93;
const LEAST = 4;

/**
 * Makes the words of each box smaller until they fit it. Words stay whole down to the size (in points) that `data-fit` names; below
 * it they may break anywhere. All boxes are measured before any is changed, so that a room of 600 takes a moment.
 */
export function fit(boxes: Iterable<HTMLElement>): void {
  const sizes = new Map([...boxes].map((box) => [box, points(box)]));
  let tight = [...sizes.keys()];
  while ((tight = tight.filter((box) => overflows(box) && sizes.get(box)! > LEAST)).length) {
    for (const box of tight) shrink(box, sizes);
  }
}

function shrink(box: HTMLElement, sizes: Map<HTMLElement, number>): void {
  const size = sizes.get(box)! * STEP;
  const whole = Number(box.dataset.fit);
  if (size < whole && !box.classList.contains('broken')) {
    box.classList.add('broken');
    return;
  }
  sizes.set(box, size);
  box.style.fontSize = `${size}pt`;
}

function points(box: HTMLElement): number {
  return parseFloat(getComputedStyle(box).fontSize) * 0.75;
}

function overflows(box: HTMLElement): boolean {
  return box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
}
