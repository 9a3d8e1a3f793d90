package dev.trifocal.apps.report.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;

/** Colours and fonts of the PNG files, those of the page's light theme. */
final class PlotStyle {
  static final Color TEXT = new Color(0x1b2330);
  static final Color QUIET = new Color(0x5b6675);
  static final Color LINE = new Color(0xe0e4ea);
  static final Color TRAIN = new Color(0x2563eb);
  static final Color VALIDATION = new Color(0xd9480f);
  static final Color GOOD = new Color(0x12805c);
  static final Color BAD = new Color(0xc42b2b);

  private PlotStyle() {}

  static Font plain(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  static Font bold(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  static BasicStroke dashed() {
    return new BasicStroke(
        1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0);
  }

  /** Enables antialiasing and interpolation. */
  static void smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  /** Truncates a text to a width, with an ellipsis. */
  static String cut(Graphics2D graphics, String words, int width) {
    if (graphics.getFontMetrics().stringWidth(words) <= width) {
      return words;
    }
    int length = words.length();
    while (length > 0
        && graphics.getFontMetrics().stringWidth(words.substring(0, length) + "…") > width) {
      length--;
    }
    return words.substring(0, length) + "…";
  }
}
