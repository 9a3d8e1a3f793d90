package dev.trifocal.datasets.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the masks of a split hold.
 *
 * @param pixels the number of pixels by class, of all images
 * @param images the number of images with at least one pixel of a class
 * @param voidPixels the number of pixels of no class
 * @param withoutClass the number of images that are void everywhere
 * @param sizes the smallest, the median and the largest image; empty without images
 */
public record MaskStatistics(
    Map<String, Long> pixels,
    Map<String, Long> images,
    long voidPixels,
    long withoutClass,
    List<ImageSize> sizes) {
  /**
   * The size of an image.
   *
   * @param file the name of its file
   */
  public record ImageSize(String file, int height, int width) {
    /** Returns the number of pixels. */
    public long area() {
      return (long) height * width;
    }
  }

  static MaskStatistics of(MaskClasses classes, List<PairFacts> all) {
    Map<String, Long> pixels = new LinkedHashMap<>();
    Map<String, Long> images = new LinkedHashMap<>();
    classes
        .names()
        .forEach(
            name -> {
              pixels.put(name, 0L);
              images.put(name, 0L);
            });
    long voids = 0;
    long withoutClass = 0;
    for (PairFacts facts : all) {
      Map<Integer, Long> ids = new LinkedHashMap<>();
      facts
          .counts()
          .forEach(
              (sample, count) ->
                  classes
                      .id(facts.kinds(), sample)
                      .ifPresent(id -> ids.merge(id, count, Long::sum)));
      Long own = ids.remove(MaskSource.VOID);
      voids += own == null ? 0 : own;
      withoutClass += ids.isEmpty() ? 1 : 0;
      ids.forEach(
          (id, count) -> {
            pixels.merge(classes.names().get(id), count, Long::sum);
            images.merge(classes.names().get(id), 1L, Long::sum);
          });
    }
    return new MaskStatistics(pixels, images, voids, withoutClass, sizes(all));
  }

  private static List<ImageSize> sizes(List<PairFacts> all) {
    List<ImageSize> sizes = new ArrayList<>();
    all.forEach(
        facts ->
            sizes.add(
                new ImageSize(
                    facts.files().image().getFileName().toString(),
                    facts.height(),
                    facts.width())));
    sizes.sort(Comparator.comparingLong(ImageSize::area));
    return sizes.isEmpty()
        ? List.of()
        : List.of(sizes.get(0), sizes.get(sizes.size() / 2), sizes.get(sizes.size() - 1));
  }

  /** Returns the number of pixels of a class. */
  public long pixels(String name) {
    return pixels.getOrDefault(name, 0L);
  }

  /** Returns a class's share of the pixels that are not void, from 0 to 1. */
  public double share(String name) {
    long all = pixels.values().stream().mapToLong(count -> count).sum();
    return all == 0 ? 0 : (double) pixels(name) / all;
  }

  /** Returns the share of void pixels, from 0 to 1. */
  public double voidShare() {
    long all = pixels.values().stream().mapToLong(count -> count).sum() + voidPixels;
    return all == 0 ? 0 : (double) voidPixels / all;
  }
}
