package dev.trifocal.apps.report.training;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import dev.trifocal.datasets.segmentation.ClassColours;
import dev.trifocal.datasets.segmentation.MaskOverlay;
import dev.trifocal.image.Image;
import j2html.tags.DomContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report's gallery of the images whose pixels were predicted worst. */
record PixelGallery(PixelPredictions predictions) {
  private static final double STRONG = 0.8;
  private static final int RIGHT = 0;
  private static final int WRONG = 1;
  private static final int IGNORED = 2;

  /** The colours of right, wrong and ignored pixels, 0xRRGGBB. */
  private static final List<Integer> ERRORS = List.of(0x202020, 0xE03131, 0xE0E0C0);

  DomContent worst() {
    return section(
        h2("Worst images"),
        p(
            "Images with the lowest mean IoU: the image, its actual and predicted classes, and in red the pixels of wrong classes."),
        div(each(predictions.worst(), this::shown)).withClass("gallery"));
  }

  private DomContent shown(SegmentationResult image) {
    MaskOverlay overlay = new MaskOverlay(ClassColours.of(predictions.classes().size()), STRONG);
    Map<String, Image> details = new LinkedHashMap<>();
    details.put("actual", overlay.of(image.image(), image.actual()));
    details.put("predicted", overlay.of(image.image(), image.predicted()));
    details.put("errors", new MaskOverlay(ERRORS, STRONG).of(image.image(), errors(image)));
    return ImageFigure.of(
        image.name(),
        image.image(),
        details,
        List.of(ImageFigure.line("true", "mean IoU", image.meanIou())));
  }

  private Image errors(SegmentationResult image) {
    byte[] actual = image.actual().toBytes();
    byte[] predicted = image.predicted().toBytes();
    byte[] result = new byte[actual.length];
    for (int pixel = 0; pixel < result.length; pixel++) {
      int id = actual[pixel] & 0xFF;
      boolean ignored =
          predictions.ignoreIndex().isPresent() && predictions.ignoreIndex().getAsLong() == id;
      result[pixel] =
          (byte) (ignored ? IGNORED : actual[pixel] == predicted[pixel] ? RIGHT : WRONG);
    }
    return Image.of(image.actual().height(), image.actual().width(), 1, result);
  }
}
