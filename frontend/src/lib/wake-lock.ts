/** Keeps the phone from falling asleep while the page is looked at, where the browser can. Returns what lets it sleep again. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;

  // The browser takes the lock away whenever the page is hidden, and refuses it when the battery is low.
  async function ask(): Promise<void> {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    lock = await navigator.wakeLock.request('screen').catch(() => null);
  }

  const onvisible = (): void => void ask();
  document.addEventListener('visibilitychange', onvisible);
  void ask();
  return () => {
    document.removeEventListener('visibilitychange', onvisible);
    void lock?.release();
  };
}
