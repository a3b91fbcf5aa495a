import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { framedMail } from './framed-mail.ts';
import classes from './mail-frame.module.css';

export interface MailFrameProps {
  readonly html: string;
  /** What the frame shows, for those who do not see it. */
  readonly title: string;
  /** Pixels of the reader's screen; a phone is 375 wide. A narrower place shows it smaller. Absent: as wide as there is. */
  readonly width?: number;
  readonly height?: number;
  /** As mail clients darken a message: its own dark styles where it has some, inverted otherwise. */
  readonly dark?: boolean;
  /** Links open in a new tab. Absent: they do nothing, as in a preview, where nobody has clicked. */
  readonly links?: boolean;
  /** A picture of the message: nothing in it takes the focus. */
  readonly still?: boolean;
}

const pageNonce = (): string =>
  document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ??
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ??
  '';

/** A message in a frame of an origin of its own, where no script runs and nothing is fetched (S-16). */
export const MailFrame = (props: MailFrameProps) => {
  const { html, title, width, height = 640, dark = false, links = false, still = false } = props;
  const { ref, width: place } = useElementSize();
  const source = useMemo(() => framedMail(html, { dark, nonce: pageNonce() }), [html, dark]);
  const scale = width === undefined || place === 0 ? 1 : Math.min(1, place / width);
  return (
    <div ref={ref} className={classes.place} style={{ height }} inert={still}>
      <iframe
        className={classes.frame}
        title={title}
        sandbox={links ? 'allow-popups allow-popups-to-escape-sandbox' : ''}
        srcDoc={source}
        referrerPolicy="no-referrer"
        data-dark={dark || undefined}
        style={{
          width: width ?? '100%',
          height: height / scale,
          transform: scale === 1 ? undefined : `scale(${String(scale)})`,
        }}
      />
    </div>
  );
};
