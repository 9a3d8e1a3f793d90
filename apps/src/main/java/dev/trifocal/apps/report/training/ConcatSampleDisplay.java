package dev.trifocal.apps.report.training;

import dev.trifocal.data.ConcatDataset;
import dev.trifocal.image.Image;

/** Samples of several data sets, each as its own shows it. */
record ConcatSampleDisplay(ConcatDataset data) implements SampleDisplay {
  @Override
  public String name(int index) {
    ConcatDataset.Place place = data.place(index);
    return SampleDisplay.of(place.part()).name(place.index());
  }

  @Override
  public Image image(int index) {
    ConcatDataset.Place place = data.place(index);
    return SampleDisplay.of(place.part()).image(place.index());
  }
}
