import { type ReactNode, useRef, useState } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from "react-aria-components";

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
  readonly className?: string;
  readonly children: ReactNode;
  /** Called when the menu opens, so that a page with hundreds of menus builds none of them. */
  readonly groups: () => readonly ChoiceGroup[];
}

/** A button that opens a menu. */
export function MenuButton({ label, className = "icon-button", children, groups }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        type="button"
        ref={button}
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {open ? (
        <Popover className="popover" triggerRef={button} isOpen onOpenChange={setOpen} placement="bottom end">
          <ChoiceMenu label={label} groups={groups()} onClose={() => setOpen(false)} />
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
      <span>{choice.label}</span>
      {choice.keys ? <kbd className="keys">{choice.keys}</kbd> : null}
    </MenuItem>
  );
}
