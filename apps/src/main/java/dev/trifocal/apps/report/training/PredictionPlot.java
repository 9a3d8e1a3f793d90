package dev.trifocal.apps.report.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A grid of images with their predictions; wrong ones come first, in red. */
record PredictionPlot(Predictions predictions) {
  private static final int COLUMNS = 6;
  private static final int MOST = 24;
  private static final int SIDE = 124;
  private static final int WORDS = 42;
  private static final int GAP = 14;

  BufferedImage image() {
    List<PredictedImage> images = images();
    int rows = Math.max(1, -Math.floorDiv(-images.size(), COLUMNS));
    int width = GAP + COLUMNS * (SIDE + GAP);
    int height = GAP + rows * (SIDE + WORDS + GAP);
    return PlotFiles.drawn(
        width,
        height,
        graphics -> {
          PlotStyle.smooth(graphics);
          graphics.setColor(Color.WHITE);
          graphics.fillRect(0, 0, width, height);
          for (int i = 0; i < images.size(); i++) {
            int x = GAP + i % COLUMNS * (SIDE + GAP);
            int y = GAP + i / COLUMNS * (SIDE + WORDS + GAP);
            draw(graphics, images.get(i), x, y);
          }
        });
  }

  /** Selects the images, half of them wrong if there are enough of both kinds. */
  private List<PredictedImage> images() {
    int right = predictions.right().size();
    int wrong = predictions.wrong().size();
    List<PredictedImage> images =
        new ArrayList<>(
            predictions.wrong().subList(0, Math.min(wrong, Math.max(MOST / 2, MOST - right))));
    images.addAll(predictions.right().subList(0, Math.min(right, MOST - images.size())));
    return images;
  }

  private void draw(Graphics2D graphics, PredictedImage picture, int x, int y) {
    BufferedImage image = Thumbnail.image(picture.image());
    double scale = (double) SIDE / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale > 1
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int left = x + (SIDE - width) / 2;
    int top = y + (SIDE - height) / 2;
    graphics.drawImage(image, left, top, width, height, null);
    Color colour = picture.isRight() ? PlotStyle.GOOD : PlotStyle.BAD;
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(picture.isRight() ? 1 : 3));
    graphics.drawRect(left, top, width - 1, height - 1);
    words(graphics, picture, x, y + SIDE + 17);
  }

  private void words(Graphics2D graphics, PredictedImage image, int x, int y) {
    String share = ReportText.percent(image.confidence());
    graphics.setFont(PlotStyle.bold(12));
    int room = SIDE - graphics.getFontMetrics().stringWidth(" " + share);
    graphics.drawString(PlotStyle.cut(graphics, name(image.predicted()), room) + " " + share, x, y);
    graphics.setFont(PlotStyle.plain(12));
    graphics.setColor(PlotStyle.QUIET);
    String is = image.isRight() ? "correct" : "actual: " + name(image.label());
    graphics.drawString(PlotStyle.cut(graphics, is, SIDE), x, y + 17);
  }

  private String name(int id) {
    return ReportText.name(predictions.classes(), id);
  }
}
