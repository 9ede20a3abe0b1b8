import { Button, type ButtonProps, Tooltip } from 'antd';
import { useId } from 'react';
import type { Said } from '../words/use.ts';
import { useSay } from '../words/use.ts';

interface Props extends Omit<ButtonProps, 'disabled'> {
  /** Why it is not possible now, from the shared rules; null when it is. */
  readonly reason: { readonly words: Said } | string | null | undefined;
}

/**
 * A button that, when it cannot be pressed now, stays in place, greyed, and says why: on hover, on focus and to a screen
 * reader. It is never hidden, and it keeps the keyboard's focus so that its reason can be read.
 */
export function ReasonButton({ reason, onClick, children, ...rest }: Props) {
  const say = useSay();
  const id = useId();
  if (!reason)
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  const words = typeof reason === 'string' ? reason : say(reason.words);
  return (
    <Tooltip title={words}>
      <Button
        {...rest}
        className="reason-off"
        aria-disabled="true"
        aria-describedby={id}
        onClick={(e) => e.preventDefault()}
      >
        {children}
        <span id={id} className="sr-only">
          {words}
        </span>
      </Button>
    </Tooltip>
  );
}
