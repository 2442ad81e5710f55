/** The phone or laptop in hand: which tab of it scans, what it is paired with, and how that changes. */
import { ApiProblem } from '../live/http';
import { redeem } from './api';
import { Device } from './device.svelte';
import { becomeTheOne } from './lock';
import { pairingIn } from './secret';
import { t } from './text';
import { openVault, type Vault } from './vault';

export type Stage = 'opening' | 'elsewhere' | 'pairing' | 'unpaired' | 'door';

/** Why the device was not paired; `code` is there when the same link is worth another try. */
export interface Trouble {
  message: string;
  code: string | null;
}

export class Handset {
  stage = $state<Stage>('opening');
  device = $state.raw<Device | null>(null);
  /** False: all is lost when the tab is closed. */
  lasting = $state(true);
  /** A pairing code offered to a device that is paired. */
  offered = $state<string | null>(null);
  trouble = $state.raw<Trouble | null>(null);

  private vault: Vault | null = null;

  /** `force` takes over from another tab. */
  async begin(force = false): Promise<void> {
    this.takeFromAddress();
    if (!(await becomeTheOne(this.stepBack, force))) {
      this.stage = 'elsewhere';
      return;
    }
    this.vault = await openVault();
    this.lasting = this.vault.lasting;
    await this.comeToTheDoor();
    const { offered } = this;
    this.offered = null;
    if (offered) await this.offer(offered);
  }

  /** The code is nobody's business any longer: not the history's, not a screenshot's. */
  readonly takeFromAddress = (): void => {
    const code = pairingIn(location.pathname + location.hash);
    if (!code) return;
    history.replaceState(null, '', location.pathname);
    if (this.vault) void this.offer(code);
    else this.offered = code;
  };

  /** A new pairing code. A device that is in use asks first. */
  async offer(code: string): Promise<void> {
    const inUse = this.device && !(this.device.end && this.device.queue.length === 0);
    if (inUse) this.offered = code;
    else await this.pair(code);
  }

  /** After a yes: what was scanned is sent before it is forgotten. */
  async accept(): Promise<void> {
    const code = this.offered;
    this.offered = null;
    if (!code) return;
    if (await this.device?.flush()) await this.pair(code);
    else this.trouble = { message: t('switch.still_unsent'), code };
  }

  async pair(code: string): Promise<void> {
    const before = this.stage;
    this.trouble = null;
    this.stage = 'pairing';
    try {
      const paired = await redeem(code);
      this.leave();
      await this.vault!.clear();
      await this.vault!.pair(paired);
      // So that the browser does not tidy the queue away when it needs space.
      void navigator.storage?.persist?.();
      await this.comeToTheDoor();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const used = error.code === 'unknown_pairing';
      this.trouble = { message: used ? t('pairing.used') : error.message, code: used ? null : code };
      this.stage = before === 'door' ? 'door' : 'unpaired';
    }
  }

  async forget(): Promise<void> {
    this.leave();
    await this.vault!.clear();
    this.stage = 'unpaired';
  }

  /** Another tab has taken over. */
  readonly stepBack = (): void => {
    this.leave();
    this.vault = null;
    this.stage = 'elsewhere';
  };

  private async comeToTheDoor(): Promise<void> {
    const pairing = await this.vault!.pairing();
    if (!pairing) {
      this.stage = 'unpaired';
      return;
    }
    const device = new Device(pairing, this.vault!);
    await device.open();
    device.start();
    this.device = device;
    this.stage = 'door';
  }

  private leave(): void {
    this.device?.stop();
    this.device = null;
  }
}
