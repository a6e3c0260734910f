import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import {
  Header,
  Keyboard,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  Separator,
  Text,
} from "react-aria-components";

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}

export interface ChoiceGroup {
  readonly title?: string;
  readonly choices: readonly Choice[];
}

interface Props {
  readonly label: string;
  /** Shown when one points at the button. */
  readonly title?: string;
  readonly className?: string;
  readonly children: ReactNode;
  /** Called when the menu opens, so that a page with hundreds of menus builds none of them. */
  readonly groups: () => readonly ChoiceGroup[];
}

const openingKeys: ReadonlySet<string> = new Set(["Enter", " ", "ArrowDown"]);

/** A button that opens a menu. */
export function MenuButton({ label, title, className = "icon-button", children, groups }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const change = (next: boolean) => {
    // What was chosen may have moved the focus on; if not, it goes back to where it came from.
    if (!next && document.activeElement?.closest(".popover")) button.current?.focus();
    setOpen(next);
  };
  // The click that a key makes counts as a screen reader's, after which no item would get the focus.
  const press = (event: KeyboardEvent) => {
    if (!openingKeys.has(event.key)) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        className={className}
        aria-label={label}
        title={title}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        onKeyDown={press}
      >
        {children}
      </button>
      {open ? (
        <Popover className="popover" triggerRef={button} isOpen onOpenChange={change} placement="bottom end">
          <ChoiceMenu label={label} groups={groups()} onClose={() => change(false)} />
        </Popover>
      ) : null}
    </>
  );
}

interface ChoiceMenuProps {
  readonly label: string;
  readonly groups: readonly ChoiceGroup[];
  readonly onClose: () => void;
}

function ChoiceMenu({ label, groups, onClose }: ChoiceMenuProps) {
  return (
    <Menu className="menu" aria-label={label} onClose={onClose} autoFocus="first">
      {groups.map((group, index) => (
        <MenuSection key={group.title ?? `group ${index}`} aria-label={group.title ?? label}>
          {index > 0 ? <Separator className="menu-line" /> : null}
          {group.title ? <Header className="menu-head">{group.title}</Header> : null}
          {group.choices.map(choiceItem)}
        </MenuSection>
      ))}
    </Menu>
  );
}

function choiceItem(choice: Choice) {
  return (
    <MenuItem
      key={choice.id}
      id={choice.id}
      textValue={choice.label}
      isDisabled={choice.disabled ?? false}
      className={`menu-item${choice.danger ? " danger" : ""}`}
      onAction={choice.run}
    >
      {choice.icon}
      <Text slot="label">{choice.label}</Text>
      {choice.keys ? <Keyboard className="keys">{choice.keys}</Keyboard> : null}
    </MenuItem>
  );
}
