package dev.trifocal.apps.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The stream of results, which remembers why writing failed. A {@link PrintStream} reports no
 * failure, so that results on a full disk would be lost in silence.
 */
public final class ResultStream {
  private final PrintStream printer;
  private final RecordingStream recorded;

  public ResultStream(OutputStream target, Charset charset) {
    this.recorded = new RecordingStream(target);
    this.printer = new PrintStream(recorded, false, charset);
  }

  PrintStream printer() {
    return printer;
  }

  /**
   * Returns why not all results could be written; empty if they were, or if their reader has ended,
   * as {@code head} does after ten lines.
   */
  Optional<String> failure() {
    printer.flush();
    return Optional.ofNullable(recorded.failure)
        .map(e -> String.valueOf(e.getMessage()))
        .filter(message -> !message.equals("Broken pipe"));
  }

  private static final class RecordingStream extends OutputStream {
    private final OutputStream target;
    private volatile IOException failure;

    RecordingStream(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        target.write(bytes, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }
  }
}
