package dev.trifocal.apps.data;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.datasets.folder.UnreadableFile;
import dev.trifocal.datasets.segmentation.MaskStatistics;
import dev.trifocal.datasets.segmentation.SegmentationFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The findings about a folder of images with masks, as text and for JSON.
 *
 * @param name the folder as the user named it
 */
public record MaskReport(SegmentationFolder folder, String name) {
  private static final double PERCENT = 100;

  /** Formats the findings as tables and lists. */
  public String text() {
    List<String> blocks = new ArrayList<>();
    long images = folder.parts().values().stream().mapToLong(List::size).sum();
    blocks.add(
        "%s: %s images with masks, %d classes"
            .formatted(name, NumberText.count(images), folder.classes().size()));
    blocks.add(shares().toString());
    blocks.add(sizes().toString());
    FileList.of("problems", folder.problems()).ifPresent(blocks::add);
    FileList.of("unreadable", unreadable()).ifPresent(blocks::add);
    return String.join("\n\n", blocks);
  }

  /** Returns the findings as a map for JSON. */
  public Map<String, Object> asMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("folder", name);
    result.put("classes", folder.classes());
    Map<String, Object> parts = new LinkedHashMap<>();
    folder.parts().forEach((part, images) -> parts.put(part, part(part, images.size())));
    result.put("parts", parts);
    result.put("problems", folder.problems());
    result.put("unreadable", unreadable());
    return result;
  }

  private Map<String, Object> part(String part, int images) {
    MaskStatistics statistics = folder.statistics(part);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("images", images);
    result.put("pixels_by_class", statistics.pixels());
    result.put("images_by_class", statistics.images());
    result.put("void_pixels", statistics.voidPixels());
    result.put("images_without_class", statistics.withoutClass());
    result.put(
        "sizes",
        statistics.sizes().stream().map(size -> List.of(size.height(), size.width())).toList());
    return result;
  }

  /** Shows the shares of the classes in the labelled pixels, and in how many images they are. */
  private TextTable shares() {
    TextTable table = new TextTable().text("class");
    List<String> parts = List.copyOf(folder.parts().keySet());
    List<MaskStatistics> all = parts.stream().map(folder::statistics).toList();
    parts.forEach(part -> table.number(part).number("in images"));
    for (String each : folder.classes()) {
      List<Object> cells = new ArrayList<>(List.of(each));
      for (MaskStatistics one : all) {
        cells.add(percent(one.share(each)));
        cells.add(one.images().get(each));
      }
      table.row(cells.toArray());
    }
    List<Object> voids = new ArrayList<>(List.of("(void, of all)"));
    List<Object> sums = new ArrayList<>(List.of("all"));
    for (int i = 0; i < parts.size(); i++) {
      voids.add(percent(all.get(i).voidShare()));
      voids.add("");
      sums.add("");
      sums.add(folder.parts().get(parts.get(i)).size());
    }
    table.row(voids.toArray());
    return table.row(sums.toArray());
  }

  private TextTable sizes() {
    TextTable table = new TextTable().text("size").number("height").number("width").text("file");
    List<MaskStatistics.ImageSize> sizes =
        folder.parts().keySet().stream()
            .map(folder::statistics)
            .flatMap(statistics -> statistics.sizes().stream())
            .sorted((one, other) -> Long.compare(one.area(), other.area()))
            .toList();
    MaskStatistics.ImageSize smallest = sizes.get(0);
    MaskStatistics.ImageSize largest = sizes.get(sizes.size() - 1);
    return table
        .row("smallest", smallest.height(), smallest.width(), smallest.file())
        .row("largest", largest.height(), largest.width(), largest.file());
  }

  private List<String> unreadable() {
    return folder.broken().stream().map(UnreadableFile::reason).toList();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
  }
}
