import type { MenuItemConstructorOptions } from 'electron';
import { calls } from './calls.ts';

/** Kept as the app built it; a test clicks it by hand. */
export class MenuItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly visible: boolean;
  enabled: boolean;
  checked: boolean;
  readonly #click: MenuItemConstructorOptions['click'];

  constructor(options: MenuItemConstructorOptions) {
    this.id = options.id;
    this.label = options.label ?? '';
    this.role = options.role;
    this.type = options.type;
    this.accelerator = options.accelerator?.toString();
    this.visible = options.visible ?? true;
    this.enabled = options.enabled ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined;
    this.#click = options.click;
  }

  click(): void {
    if (!this.#click) throw new Error(`stand-in: menu role "${this.role}" is not implemented`);
    if (this.type === 'radio' || this.type === 'checkbox') this.checked = true;
    this.#click(this as unknown as Electron.MenuItem, undefined, {});
  }
}

export class Menu {
  readonly items: MenuItem[] = [];
  static #applicationMenu: Menu | null = null;

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const each of template) {
      menu.append(each instanceof MenuItem ? each : new MenuItem(each));
    }
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#applicationMenu;
  }
  append(item: MenuItem): void {
    this.items.push(item);
  }
  popup(): void {
    calls.push({ name: 'Menu.popup', args: [] });
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
