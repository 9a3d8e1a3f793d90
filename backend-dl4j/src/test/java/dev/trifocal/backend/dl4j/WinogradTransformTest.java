package dev.trifocal.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Processor;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Winograd's transform takes the memory that oneDNN requests for it")
class WinogradTransformTest {
  private static final WinogradTransform XEON = transform("Intel(R) Xeon(R) Processor", "avx512bw");
  private static final WinogradTransform EPYC = transform("AMD EPYC 9R14", "avx512bw");
  private static final WinogradTransform OLDER = transform("AMD EPYC 7763", "avx2");
  private static final long MEBIBYTE = 1 << 20;

  /** What aligns four arrays to huge pages. */
  private static final long ALIGNMENT = 8 * MEBIBYTE;

  @ParameterizedTest
  @CsvSource({
    "64, 512, 512, 2, 125.0",
    "64, 256, 256, 4, 39.5",
    "64, 128, 128, 8, 15.3",
    "64, 64, 64, 16, 10.5",
    "64, 256, 512, 8, 89.0",
    "64, 512, 512, 8, 152.0"
  })
  void theMemoryIsThatLoggedInCallsOfMallocOnAXeon(
      int batch, int in, int out, int pixels, double mebibytes) {
    long logged = Math.round(mebibytes * MEBIBYTE);
    assertThat(4 * values(XEON, batch, in, out, pixels))
        .isBetween(logged - ALIGNMENT - 2 * MEBIBYTE, logged - ALIGNMENT + MEBIBYTE);
  }

  @Test
  void smallBatchesAreNotTransformedOnAXeon() {
    assertThat(values(XEON, 8, 1024, 1024, 8)).isZero();
    assertThat(values(XEON, 9, 1024, 1024, 8)).isPositive();
  }

  @Test
  void largeKernelsAreTransformedOnOtherProcessorsWhateverTheBatch() {
    assertThat(values(EPYC, 2, 1024, 1024, 8)).isGreaterThan(3L * 36 * 1024 * 1024);
    assertThat(values(EPYC, 2, 64, 64, 8)).isZero();
  }

  @Test
  void processorsWithoutAvx512DoNotTransform() {
    assertThat(values(OLDER, 64, 512, 512, 8)).isZero();
  }

  @Test
  void onlyKernelsOf3x3WithoutStrideAreTransformed() {
    long[] images = {64, 64, 16, 16};
    assertThat(XEON.values(images, new long[] {64, 64, 5, 5}, images)).isZero();
    assertThat(XEON.values(images, new long[] {64, 64, 3, 3}, new long[] {64, 64, 8, 8})).isZero();
    assertThat(XEON.values(images, new long[] {64, 64, 3, 3}, images)).isPositive();
  }

  private static long values(WinogradTransform transform, int batch, int in, int out, int pixels) {
    return transform.values(
        new long[] {batch, in, pixels, pixels},
        new long[] {out, in, 3, 3},
        new long[] {batch, out, pixels, pixels});
  }

  private static WinogradTransform transform(String model, String feature) {
    return WinogradTransform.of(new Processor(model, Set.of(feature)), 2);
  }
}
