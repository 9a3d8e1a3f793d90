package dev.trifocal.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A collection as MNIST, but of 12 training (3 for validation) and 4 test pictures. Pixel i of
 * sample n is {@code (salt + 31 n + i) mod 256}; labels count 0, 1, 2, 0, ...
 */
record TinyIdxCollection(String name, int salt) {
  static final int TRAIN = 12;
  static final int TEST = 4;
  static final int VALIDATION = 3;

  IdxCollection collection() {
    return new IdxCollection(
        name,
        "tiny",
        List.of("a", "b", "c"),
        URI.create("http://127.0.0.1:1/"),
        part("train", TRAIN),
        part("t10k", TEST),
        VALIDATION);
  }

  /** Content by name without {@code .gz}. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("train-images-idx3-ubyte", images(TRAIN, salt));
    files.put("train-labels-idx1-ubyte", labels(TRAIN));
    files.put("t10k-images-idx3-ubyte", images(TEST, salt + 100));
    files.put("t10k-labels-idx1-ubyte", labels(TEST));
    return files;
  }

  void write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Files.write(folder.resolve(file.getKey() + ".gz"), gzip(file.getValue()));
    }
  }

  static byte[] images(int count, int salt) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * 784);
    bytes.putInt(0x803).putInt(count).putInt(28).putInt(28);
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < 784; i++) {
        bytes.put((byte) (salt + 31 * n + i));
      }
    }
    return bytes.array();
  }

  static byte[] labels(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int n = 0; n < count; n++) {
      bytes.put((byte) (n % 3));
    }
    return bytes.array();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private IdxCollection.Part part(String prefix, int count) {
    Map<String, byte[]> files = files();
    return IdxCollection.Part.of(
        prefix,
        count,
        Checksum.ofContent(md5(files.get(prefix + "-images-idx3-ubyte"))),
        Checksum.ofContent(md5(files.get(prefix + "-labels-idx1-ubyte"))));
  }
}
