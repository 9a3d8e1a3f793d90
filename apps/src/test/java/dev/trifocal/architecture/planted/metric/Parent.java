package dev.trifocal.architecture.planted.metric;

/** Is extended. */
public class Parent {}
