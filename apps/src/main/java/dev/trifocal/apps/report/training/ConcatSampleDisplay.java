package dev.trifocal.apps.report.training;

import dev.trifocal.data.ConcatDataset;
import dev.trifocal.image.Image;

/** Displays the samples of concatenated data sets. */
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
