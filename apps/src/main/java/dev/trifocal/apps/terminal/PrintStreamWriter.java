package dev.trifocal.apps.terminal;

import java.io.PrintStream;
import java.io.Writer;

/** Writes text to a print stream in the encoding of the stream. */
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
