package dev.trifocal.zoo;

/**
 * Where a network is described.
 *
 * @param title with its authors
 * @param link an https address
 * @param year of first appearance
 */
public record Paper(String title, String link, int year) {}
