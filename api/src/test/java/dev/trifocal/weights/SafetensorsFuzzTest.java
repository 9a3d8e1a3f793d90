package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever stands in a file, reading gives weights that fill it, or one message. */
class SafetensorsFuzzTest {
  private static final byte[] VALID = valid();
  private static final AtomicInteger REFUSED = new AtomicInteger();
  private static final AtomicInteger READ = new AtomicInteger();

  /** One way to spoil a file: {@code value} at a place, found as a share of the length. */
  record Change(Kind kind, double place, byte value) {
    enum Kind {
      REPLACE,
      REPLACE_IN_HEADER,
      DIGIT_IN_HEADER,
      INSERT,
      DELETE,
      CUT,
      APPEND
    }

    byte[] apply(byte[] bytes) {
      int at = Math.min((int) (place * bytes.length), Math.max(0, bytes.length - 1));
      int inHeader = Math.min(bytes.length - 1, 8 + (int) (place * headerLength(bytes)));
      byte[] result = bytes.clone();
      switch (kind) {
        case REPLACE -> result[at] = value;
        case REPLACE_IN_HEADER -> result[inHeader] = value;
        case DIGIT_IN_HEADER -> {
          for (int i = inHeader; i < result.length; i++) {
            if (Character.isDigit(result[i])) {
              result[i] = (byte) ('0' + Math.floorMod(value, 10));
              break;
            }
          }
        }
        case INSERT -> result = joined(head(bytes, at), new byte[] {value}, tail(bytes, at));
        case DELETE -> result = joined(head(bytes, at), tail(bytes, at + 1));
        case CUT -> result = head(bytes, at);
        case APPEND -> result = joined(bytes, new byte[] {value});
      }
      return result.length == 0 ? new byte[] {value} : result;
    }

    private static int headerLength(byte[] bytes) {
      return bytes.length < 12
          ? 0
          : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) & 0xFFFF;
    }

    private static byte[] head(byte[] bytes, int count) {
      return Arrays.copyOf(bytes, count);
    }

    private static byte[] tail(byte[] bytes, int from) {
      return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
      ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
      Arrays.stream(parts).forEach(all::put);
      return all.array();
    }
  }

  @Property(tries = 2000, seed = "42")
  void a_spoilt_file_gives_weights_or_a_file_exception(@ForAll("changes") List<Change> changes)
      throws IOException {
    Path file = Files.createTempFile("fuzz", ".safetensors");
    try {
      byte[] bytes = VALID;
      for (Change change : changes) {
        bytes = change.apply(bytes);
      }
      Files.write(file, bytes);
      Weights weights = Safetensors.read(file);
      int data = weights.tensors().values().stream().mapToInt(t -> t.bytes().capacity()).sum();
      assertThat(data).isLessThan(bytes.length);
      READ.incrementAndGet();
    } catch (FileException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
      REFUSED.incrementAndGet();
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.of(Change.Kind.class),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.bytes())
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static byte[] valid() {
    try {
      Path file = Files.createTempFile("valid", ".safetensors");
      Safetensors.write(file, SafetensorsTest.everyType(), Map.of("a", "b"));
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeContainer
  static void start() {
    REFUSED.set(0);
    READ.set(0);
  }

  /** A fuzz test that only ever sees one of both outcomes tests little. */
  @AfterContainer
  static void bothOutcomesWereSeen() {
    assertThat(REFUSED).hasValueGreaterThan(500);
    assertThat(READ).hasValueGreaterThan(30);
  }
}
