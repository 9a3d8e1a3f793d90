package dev.trifocal.data;

/** One data set in its three parts, which share no sample. */
public record Splits(Dataset train, Dataset validation, Dataset test) {}
