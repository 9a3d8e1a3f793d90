package dev.trifocal.apps.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/** The terminal line that a progress bar is drawn on, cleared when the bar closes. */
public record TerminalLine(PrintStream out, ConsoleProgressBarConsumer line)
    implements ProgressBarConsumer {
  public static TerminalLine on(PrintStream out) {
    return new TerminalLine(out, new ConsoleProgressBarConsumer(out));
  }

  @Override
  public int getMaxRenderedLength() {
    return line.getMaxRenderedLength();
  }

  @Override
  public void accept(String text) {
    line.accept(text);
  }

  @Override
  public void clear() {
    out.print("\r" + " ".repeat(Math.max(0, getMaxRenderedLength())) + "\r");
  }

  /** Closes the line without the library's line feed, which would leave a gap. */
  @Override
  public void close() {
    out.flush();
  }
}
