package dev.trifocal.trainer.custom;

/** A class that must not run: it is no metric. */
public final class NotAMetric {
  /** Set as soon as the class is initialised. */
  public static final String SPRUNG = "dev.trifocal.trap";

  static {
    System.setProperty(SPRUNG, "yes");
  }

  private NotAMetric() {}
}
