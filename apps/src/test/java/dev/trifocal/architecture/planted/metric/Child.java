package dev.trifocal.architecture.planted.metric;

/** Extends. */
public final class Child extends Parent {}
