package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Processor;

/**
 * The memory that Winograd's transform takes while oneDNN computes the gradients of a 3x3
 * convolution: the transformed kernels, images and gradients, 36 values for 3x3 weights and for 4x4
 * pixels. When it transforms is decided by the rules of oneDNN 2.3, the version in ND4J 1.0.0-M2.1,
 * in {@code jit_avx512_core_f32_wino_conv_4x3_kernel.cpp}.
 *
 * @param threads threads of an operator
 * @param supported whether the processor has the instructions
 * @param intel whether oneDNN knows the number of cores and the sizes of caches, as it does for
 *     processors of Intel
 */
record WinogradTransform(int threads, boolean supported, boolean intel) {
  private static final int KERNEL = 3;

  /** Pixels of an image in one tile, in each direction. */
  private static final int TILE = 4;

  /** Values of a transformed tile. */
  private static final long VALUES = 36;

  /** Channels are padded to a multiple of this number. */
  private static final long CHANNELS = 16;

  /** The batch size from which the transform is thought to be faster. */
  private static final int BATCH = 9;

  private static final long MEBIBYTE = 1 << 20;

  /** Of the second level, of one core: of recent Xeons, and what oneDNN assumes of others. */
  private static final long CACHE_OF_INTEL = 2 * MEBIBYTE;

  private static final long CACHE_OF_OTHERS = MEBIBYTE / 2;

  static WinogradTransform of(Processor processor, int threads) {
    return new WinogradTransform(
        threads, processor.hasAny("avx512bw"), processor.model().contains("Intel"));
  }

  /**
   * Returns the number of values that the larger of both gradients takes.
   *
   * @param input {@code [N, C, H, W]}
   * @param weight {@code [O, C, K, K]}
   * @param gradient of the output, {@code [N, O, H, W]}
   */
  long values(long[] input, long[] weight, long[] gradient) {
    boolean strided = 2 * gradient[2] <= input[2] + 1;
    if (!supported || weight[2] != KERNEL || weight[3] != KERNEL || strided) {
      return 0;
    }
    Sizes sizes =
        new Sizes(
            padded(input[1]),
            padded(gradient[1]),
            gradient[0] * tiles(gradient[2]) * tiles(gradient[3]));
    boolean large = input[0] >= BATCH;
    boolean transformsInput = large && (intel || sizes.worthInput(threads));
    boolean transformsWeight = intel ? large : sizes.worthWeight(threads);
    return Math.max(transformsInput ? ofInput(sizes) : 0, transformsWeight ? ofWeight(sizes) : 0);
  }

  private long ofInput(Sizes sizes) {
    long block = sizes.in() * sizes.out() / threads + 2 * CHANNELS * (sizes.in() + sizes.out());
    boolean inBlocks = 5 * VALUES * block * Float.BYTES < 16 * cache();
    return sizes.kernels() + (inBlocks ? threads * block : sizes.images());
  }

  private long ofWeight(Sizes sizes) {
    boolean large = sizes.images() / threads * Float.BYTES >= 2 * cache();
    boolean fits = VALUES * sizes.out() * 2 * CHANNELS * Float.BYTES < cache();
    return large && fits
        ? threads * (sizes.kernels() + sizes.in() * sizes.out() * KERNEL * KERNEL)
        : (threads + 1) * sizes.kernels() + sizes.images();
  }

  private long cache() {
    return intel ? CACHE_OF_INTEL : CACHE_OF_OTHERS;
  }

  private static long padded(long channels) {
    return (channels + CHANNELS - 1) / CHANNELS * CHANNELS;
  }

  private static long tiles(long pixels) {
    return (pixels + TILE - 1) / TILE;
  }

  /**
   * A convolution.
   *
   * @param in channels of the input
   * @param out channels of the output
   * @param tiles of all images
   */
  private record Sizes(long in, long out, long tiles) {
    long kernels() {
      return VALUES * in * out;
    }

    long images() {
      return VALUES * (in + out) * tiles;
    }

    boolean worthInput(int threads) {
      return mebibytes(images()) / threads >= 2 && mebibytes(kernels()) >= 0.02;
    }

    boolean worthWeight(int threads) {
      double images = mebibytes(images()) / threads;
      return images > 28 || images >= 0.3 && mebibytes(kernels()) >= 4;
    }

    private static double mebibytes(long values) {
      return (double) values * Float.BYTES / MEBIBYTE;
    }
  }
}
