package dev.trifocal.backend.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module without state whose {@code forward} computes one expression.
 *
 * @param expression expression in the tensor {@code x}
 */
record TorchScript(String expression) {
  /** A pickle of {@code __torch__.M} without attributes. */
  private static final String MODULE = "\u0080\u0002c__torch__\nM\n)\u0081}b.";

  /** A pickle of the empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  /** The version of the format, of which PyTorch reads all since 1. */
  private static final String VERSION = "3\n";

  /** Returns the module as {@code torch.jit.save} writes it. */
  byte[] archive() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      write(zip, "data.pkl", MODULE);
      write(zip, "code/__torch__.py", source());
      write(zip, "constants.pkl", NO_CONSTANTS);
      write(zip, "version", VERSION);
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private String source() {
    return """
        class M(Module):
          __parameters__ = []
          __buffers__ = []
          def forward(self: __torch__.M,
            x: Tensor) -> Tensor:
            return %s
        """
        .formatted(expression);
  }

  private static void write(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry("operator/" + name));
    zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
