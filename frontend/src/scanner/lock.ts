/** One tab of a device scans: two would not know of each other's queue. */

const NAME = 'tablemates-scanner';

/**
 * Answers whether this tab may scan. It may until it is closed, or until another tab takes over by `force`; then `lost` is called. Where the
 * browser has no locks, every tab may.
 */
export function becomeTheOne(lost: () => void, force = false): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((told) => {
    const held = navigator.locks.request(NAME, force ? { steal: true } : { ifAvailable: true }, (lock) => {
      told(lock !== null);
      return lock && new Promise<never>(() => {});
    });
    void held.catch(lost);
  });
}
