package dev.trifocal.apps.terminal;

import java.io.PrintStream;
import java.io.Writer;

/** Text to a stream of text, in whatever encoding that has. */
public final class PrintStreamWriter extends Writer {
  private final PrintStream stream;

  public PrintStreamWriter(PrintStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(char[] text, int from, int length) {
    stream.print(new String(text, from, length));
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
